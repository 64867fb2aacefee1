import { z } from "zod";
import { JOIN_KEYS } from "@/lib/events/joins/join-index";
import { MISS_KINDS } from "../explain/find-nearest-miss";

/*
 * A pack: everything that Sightline knows about one analytic, beyond what ATT&CK publishes. pack.yaml holds what this schema
 * says; rules/ holds Sigma files, samples/ records as their source writes them. docs/packs.md explains each part to authors.
 */
export const PACK_SCHEMA = "sightline.pack/1";

/** Sentences for people, in our own words. */
const sentence = z.string().trim().min(8).max(2_000);
const handle = z.string().regex(/^[a-z][a-z0-9-]{1,63}$/, "Small letters, digits and hyphens.");
const fieldId = z.string().regex(/^[a-z][a-z0-9_]*$/, "A canonical field id, such as proc_uid.");
const kindPattern = z.string().regex(/^[a-z0-9-]+:.+$/, "A record kind (macos-esf:exec), or family:* for all of a family.");
const citation = z.strictObject({ name: z.string().min(1), channel: z.string() });
const fileIn = (folder: string) => z.string().regex(new RegExp(`^${folder}/[A-Za-z0-9][A-Za-z0-9._-]*$`), `A file directly in ${folder}/.`);

/** What must be observable: one data component, the records that show it, and which of their fields the detection needs. */
export const packRequirementSchema = z.strictObject({
  id: handle,
  component: z.string().regex(/^DC\d{4}$/),
  critical: z.boolean(),
  because: sentence, // why the detection needs it
  cites: z.array(citation), // ATT&CK's references that it stands for; empty: the pack's own
  asCited: z.array(kindPattern),
  equivalents: z.array(kindPattern),
  fields: z.strictObject({ required: z.array(fieldId).default([]), anyOf: z.array(z.array(fieldId).nonempty()).default([]) }).default({ required: [], anyOf: [] }), // beside the component's own
});

/** A published reference that no requirement stands for, and why: what a platform cannot write is said, never dropped. */
export const leftReferenceSchema = z.strictObject({ component: z.string().regex(/^DC\d{4}$/), name: z.string().min(1), channel: z.string(), because: sentence, instead: handle.nullable() });

/** Two requirements whose records must belong together; ordered: `to` not before `from`. */
export const packJoinSchema = z.strictObject({
  id: handle,
  from: handle,
  to: handle,
  by: z.enum(JOIN_KEYS),
  ordered: z.boolean(),
  windowSeconds: z.number().int().positive().max(31 * 86_400),
  because: sentence,
});

/** Where a number or duration stands in a rule or correlation: the document's name, and the keys that lead to it. */
const settingPlace = z.strictObject({ in: handle, path: z.array(z.union([z.string(), z.number().int().nonnegative()])).nonempty() });
const elementBase = { name: z.string().regex(/^[A-Za-z][A-Za-z0-9_.-]*$/), attack: z.string().min(1).nullable(), about: sentence, unit: z.string().min(1).max(80) }; // attack: ATT&CK's name of the mutable element; null: our own

/** What a team adapts. list: a placeholder %name% in the rules; the others stand at `sets` as plain numbers or Sigma timespans. */
export const packElementSchema = z.discriminatedUnion("kind", [
  z.strictObject({ ...elementBase, kind: z.literal("list"), default: z.array(z.string().min(1)).nonempty(), bounds: z.strictObject({ most: z.number().int().positive().max(10_000) }) }),
  z.strictObject({ ...elementBase, kind: z.literal("duration"), unit: z.enum(["seconds", "minutes", "hours", "days"]), default: z.number().int().positive(), bounds: z.strictObject({ least: z.number().int().positive(), most: z.number().int().positive() }), sets: z.array(settingPlace).nonempty() }),
  z.strictObject({ ...elementBase, kind: z.literal("number"), default: z.number().nonnegative(), bounds: z.strictObject({ least: z.number().nonnegative(), most: z.number().nonnegative() }), sets: z.array(settingPlace).nonempty() }),
]);

/** Records in a native format. host: of records that name none. */
export const packSampleSchema = z.strictObject({ file: fileIn("samples"), format: z.string().min(1), host: z.string().min(1).optional(), shows: sentence });

/** Why a near miss misses: what `explain` says of a correlation, or the field of a rule that came out otherwise. */
export const expectedMissSchema = z.union([
  z.strictObject({ signal: handle, reason: z.enum(MISS_KINDS), stage: handle, bySeconds: z.number().positive().optional() }),
  z.strictObject({ signal: handle, reason: z.literal("not-matched"), field: z.string().min(1) }),
]);

export const packTestSchema = z.strictObject({
  name: z.string().trim().min(8).max(160),
  kind: z.enum(["true-positive", "benign", "near-miss"]),
  samples: z.array(fileIn("samples")).nonempty(), // read together, as one sample
  values: z.record(z.string(), z.union([z.array(z.string().min(1)).nonempty(), z.number()])).default({}), // of elements, where the sample's fleet has its own
  fires: z.array(handle).default([]), // exactly these signals, and no other
  misses: z.array(expectedMissSchema).default([]),
});

const SEVERITIES = ["informational", "low", "medium", "high", "critical"] as const;
const CONFIDENCES = ["low", "moderate", "high"] as const;

export const packManifestSchema = z.strictObject({
  schema: z.literal(PACK_SCHEMA),
  id: handle,
  version: z.number().int().positive(), // rises with every change
  analytic: z.string().regex(/^AN\d{4,}$/),
  platform: z.string().min(1), // ATT&CK's name
  attack: z.strictObject({ domain: z.enum(["enterprise", "mobile", "ics"]), release: z.string().regex(/^\d+\.\d+$/) }), // that it was written against
  title: z.string().trim().min(8).max(120),
  author: z.string().min(1),
  summary: sentence,
  severity: z.enum(SEVERITIES),
  confidence: z.strictObject({ word: z.enum(CONFIDENCES), because: sentence }),
  requirements: z.array(packRequirementSchema).nonempty(),
  left: z.array(leftReferenceSchema).default([]),
  joins: z.array(packJoinSchema).default([]),
  rules: z.array(fileIn("rules")).nonempty(),
  signals: z.array(handle).nonempty(), // names of the rules and correlations that alert; the others are their parts
  elements: z.array(packElementSchema).default([]),
  leftElements: z.array(z.strictObject({ attack: z.string().min(1), because: sentence })).default([]), // ATT&CK's mutable elements that no record can answer
  falsePositives: z.array(sentence).nonempty(),
  tuning: z.array(sentence).nonempty(),
  guidance: z.strictObject({
    executivePriority: sentence,
    technicalView: sentence,
    likelyTelemetry: sentence,
    detectionDirection: sentence,
    mitigationPriorities: z.array(sentence).nonempty(),
    limits: z.array(sentence).nonempty(),
  }),
  samples: z.array(packSampleSchema).nonempty(),
  tests: z.array(packTestSchema).nonempty(),
});

export type PackManifest = z.infer<typeof packManifestSchema>;
export type PackRequirement = z.infer<typeof packRequirementSchema>;
export type PackJoin = z.infer<typeof packJoinSchema>;
export type PackElement = z.infer<typeof packElementSchema>;
export type PackSample = z.infer<typeof packSampleSchema>;
export type PackTest = z.infer<typeof packTestSchema>;
export type ExpectedMiss = z.infer<typeof expectedMissSchema>;

/** A pack that holds together: its manifest, its rules as text, its samples as bytes. */
export interface Pack {
  readonly manifest: PackManifest;
  readonly rules: readonly { readonly file: string; readonly text: string }[]; // in the manifest's order
  readonly samples: ReadonlyMap<string, Uint8Array>; // by file
}

/** What is wrong with a pack, and where. */
export interface PackRefusal {
  readonly file: string;
  readonly line: number | null; // 1-based
  readonly field: string; // "tests[3].samples[0]"; "" when the whole file is meant
  readonly message: string;
  readonly remedy: string;
}
