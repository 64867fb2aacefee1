import { z } from "zod";
import { CLAIM_BASES, LOSS_KINDS } from "@/lib/inventory/types";

/** What the verbs segments, inventory and evidence print with --json. */
const count = z.number().int().nonnegative();
const digest = z.string().regex(/^[0-9a-f]{64}$/);
const refused = z.object({
  count, // rows
  rows: z.array(z.object({ line: count.nullable(), row: count, field: z.string(), message: z.string(), remedy: z.string() })),
});
const platforms = z.array(z.object({ name: z.string(), hosts: count.nullable() }));

export const segmentsImportJson = z.object({
  file: z.string(),
  rows: count,
  understood: count,
  created: z.array(z.string()),
  changed: z.array(z.string()),
  unchanged: z.array(z.string()),
  refused,
  unknownColumns: z.array(z.string()),
});

export const segmentsListJson = z.array(
  z.object({
    id: z.string(),
    name: z.string(),
    platforms,
    assets: count, // 0 = not known yet
    criticality: z.number().int().min(1).max(5),
    owner: z.string(),
    tags: z.array(z.string()),
    timeZone: z.string().nullable(),
    target: z.object({ value: count, date: z.string().nullable(), owner: z.string() }).nullable(), // value in millionths
    demo: z.boolean(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    retiredAt: z.iso.datetime().nullable(),
    rosterHosts: count.nullable(), // null: no roster
    claims: count,
  }),
);

export const hostsImportJson = z.object({ file: z.string(), segment: z.string(), rows: count, hosts: count, added: count, changed: count, unchanged: count, removed: count, refused, unknownColumns: z.array(z.string()) });

const rosterHost = z.object({ host: z.string(), key: z.string(), platform: z.string() });
export const rosterReportJson = z
  .object({
    roster: z.array(rosterHost.extend({ lastSeen: z.iso.datetime().nullable() })),
    neverSeen: z.array(rosterHost),
    foreign: z.array(z.object({ host: z.string(), lastSeen: z.iso.datetime().nullable() })),
  })
  .nullable(); // null: the segment has no roster

const score = z.number().int().min(0).max(5).nullable(); // null = unknown
const claim = z.object({
  change: z.enum(["new", "changed", "unchanged", "removed", "missing"]),
  segment: z.string(),
  line: count.nullable(),
  source: z.string(),
  product: z.string(),
  logSource: z.string(),
  channel: z.string(),
  component: z.string(),
  hostsReporting: count.nullable(),
  latencyP95S: count.nullable(),
  retentionDays: count.nullable(),
  basis: z.enum(CLAIM_BASES),
  asOf: z.iso.date().nullable(),
  note: z.string(),
  condition: z.string(),
  quality: z.object({ deviceCompleteness: score, dataFieldCompleteness: score, timeliness: score, consistency: score, retention: score }).nullable(),
});

export const inventoryImportJson = z.object({
  dryRun: z.boolean(),
  files: z.array(
    z.discriminatedUnion("outcome", [
      z.object({ file: z.string(), outcome: z.literal("refused"), reason: z.string() }),
      z.object({
        file: z.string(),
        outcome: z.enum(["preview", "imported", "unchanged"]),
        format: z.string(),
        digest,
        rows: count,
        understood: count,
        refused,
        changes: z.object({ added: count, changed: count, unchanged: count, removed: count, missing: count, segmentsCreated: count }),
        segments: z.array(z.object({ name: z.string(), platforms, complete: z.array(z.string()) })),
        claims: z.array(claim),
        statements: z.array(z.object({ change: z.enum(["new", "changed", "unchanged", "removed"]), technique: z.string(), aspect: z.enum(["visibility", "detection"]), score: z.number().int(), scoredOn: z.iso.date().nullable(), appliesTo: z.string(), note: z.string() })),
        losses: z.array(z.object({ kind: z.enum(LOSS_KINDS), what: z.string(), text: z.string(), count })),
        measurements: z.array(z.object({ change: z.enum(["new", "version", "unchanged"]), segment: z.string(), kind: z.string(), version: count, hosts: count, records: count, newest: z.iso.datetime().nullable(), asOf: z.iso.datetime(), complete: z.boolean(), fields: z.array(z.string()), queryDigest: z.string() })),
        raw: z.array(z.object({ file: z.string(), outcome: z.enum(["imported", "unchanged", "refused"]), reason: z.string().nullable(), format: z.string().nullable(), records: count })),
      }),
    ]),
  ),
});
export const inventoryFormatsJson = z.array(
  z.object({
    id: z.string(),
    label: z.string(),
    extensions: z.array(z.string()),
    segment: z.enum(["asked", "optional", "in the file"]),
    proves: z.string(),
    not: z.string(),
    obtain: z.array(z.object({ product: z.string(), text: z.string() })),
  }),
);
export type InventoryFormatsJson = z.infer<typeof inventoryFormatsJson>;

export type InventoryImportJson = z.infer<typeof inventoryImportJson>;

export const evidenceExportJson = z.object({ file: z.string(), bytes: count, assessment: count, at: z.iso.datetime(), inputDigest: digest, resultDigest: digest });

export const evidenceVerifyJson = z.object({
  file: z.string(),
  ok: z.boolean(),
  entries: count,
  findings: z.array(z.object({ path: z.string(), state: z.enum(["differs", "missing", "extra", "unreadable"]), text: z.string() })),
  tagManifest: digest.nullable(),
  recomputed: z.enum(["identical", "differs"]).nullable(), // null: not asked for
});
