import { z } from "zod";
import type { SiemPlan } from "@/lib/detection/siem/plan-siem-import";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import type { KeptUpload } from "./keep-upload";
import { planLists, readLists, readSystem, type ReadList } from "./siem/read-lists";

const change = z.object({ name: z.string(), id: z.string(), change: z.enum(["new", "changed", "removed"]), enabled: z.boolean().nullable(), matchedBy: z.string() });

/** What an import of SIEM lists does, or did: the JSON of `siem import`. */
export const siemImportSchema = z.object({
  system: z.string(),
  digest: z.string(),
  importId: z.string().nullable(), // null: nothing was written
  files: z.array(z.object({ file: z.string(), format: z.string(), kind: z.enum(["rules", "alerts"]), rules: z.number().int(), alerts: z.number().int(), warnings: z.array(z.string()), refused: z.array(z.object({ line: z.number().int(), name: z.string(), field: z.string(), message: z.string(), remedy: z.string() })) })),
  rules: z.object({ new: z.number().int(), changed: z.number().int(), same: z.number().int(), removed: z.number().int(), matched: z.number().int(), listed: z.number().int() }),
  alerts: z.object({ read: z.number().int(), new: z.number().int().nullable() }), // new: null before it is applied
  changes: z.array(change), // the first thousand
  repeated: z.array(z.string()),
  unlisted: z.array(z.string()),
});
export type SiemImport = z.infer<typeof siemImportSchema>;

export interface SiemRequest {
  readonly system: string;
  readonly uploads: readonly Pick<KeptUpload, "digest" | "fileName">[];
}

const MOST_CHANGES = 1000;

/** What importing lists of a SIEM would change. Nothing is written. @throws SightlineError for a file that is no list, or a system without a name */
export async function previewSiem(ctx: OperationContext, { system: given, uploads }: SiemRequest): Promise<SiemImport> {
  authorize(ctx, "siem.import", "none");
  const system = await readSystem(ctx.db, given);
  const lists = await readLists(ctx, uploads);
  const { plan, digest } = await planLists(ctx.db, system, lists);
  return describePlan(system, lists, plan, digest);
}

/** A plan as people see it. */
export function describePlan(system: string, lists: readonly ReadList[], plan: SiemPlan, digest: string): SiemImport {
  const count = (wanted: string): number => plan.rules.filter((one) => one.change === wanted).length;
  const removed = plan.removed.map(({ name, externalId, enabled, matchedBy }) => ({ name, id: externalId, change: "removed" as const, enabled, matchedBy }));
  const written = plan.rules.flatMap(({ change: what, draft: { name, externalId, enabled, matchedBy } }) => (what === "same" ? [] : [{ name, id: externalId, change: what, enabled, matchedBy }]));
  return {
    system,
    digest,
    importId: null,
    files: lists.map(({ file, format, kind, rules, alerts, warnings, refused }) => ({ file, format, kind, rules: rules.length, alerts: alerts.length, warnings: [...warnings], refused: [...refused] })),
    rules: { new: count("new"), changed: count("changed"), same: count("same"), removed: plan.removed.length, matched: plan.rules.filter(({ draft }) => draft.ruleId !== null).length, listed: plan.rules.length },
    alerts: { read: plan.alerts.length, new: null },
    changes: [...removed, ...written].slice(0, MOST_CHANGES),
    repeated: [...plan.repeated],
    unlisted: plan.unlisted.slice(0, MOST_CHANGES),
  };
}
