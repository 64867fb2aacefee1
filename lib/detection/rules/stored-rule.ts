import { z } from "zod";

/** What a document of a Sigma file is. unread: nothing of it could be understood. */
export const RULE_KINDS = ["rule", "correlation", "filter", "unread"] as const;
export type RuleKind = (typeof RULE_KINDS)[number];

/** Why a document is not evaluated; line and column are 1-based, null where the file as a whole is meant. */
export const refusalSchema = z.object({ line: z.number().int().nullable(), column: z.number().int().nullable(), message: z.string(), remedy: z.string() });
export type StoredRefusal = z.infer<typeof refusalSchema>;

/** A refused document as the import lists it. */
export const importRefusalSchema = refusalSchema.extend({ file: z.string(), document: z.number().int(), title: z.string().nullable() });
export type ImportRefusal = z.infer<typeof importRefusalSchema>;

/**
 * A remark of an import. unmapped-tag: a technique tag that no imported release knows; no-catalog: there is no release at all; no-platform: rules whose logsource
 * names no platform, so that nothing is proposed; same-id: another rule has the id too; rule: what the reader of Sigma remarked.
 */
export const importWarningSchema = z.object({
  code: z.enum(["unmapped-tag", "no-catalog", "no-platform", "rule", "same-id"]),
  message: z.string(),
  file: z.string().nullable(),
  rules: z.number().int().nullable(), // how many rules it concerns, where it is counted
});
export type ImportWarning = z.infer<typeof importWarningSchema>;

export const importCountsSchema = z.object({
  files: z.number().int(),
  documents: z.number().int(), // in the source after this import
  new: z.number().int(),
  changed: z.number().int(),
  same: z.number().int(),
  removed: z.number().int(),
  refused: z.number().int(), // of the documents
});
export type ImportCounts = z.infer<typeof importCountsSchema>;

/** What is kept of a document, before it has a place in the database. Authors, licence and references stay as written. */
export interface RuleContent {
  readonly kind: RuleKind;
  readonly sigmaId: string | null;
  readonly name: string | null; // how correlations refer to it
  readonly title: string;
  readonly status: string | null;
  readonly level: string | null;
  readonly author: string | null;
  readonly license: string | null;
  readonly description: string | null;
  readonly date: string | null;
  readonly modified: string | null;
  readonly references: readonly string[];
  readonly tags: readonly string[];
  readonly falsePositives: readonly string[];
  readonly product: string | null;
  readonly category: string | null;
  readonly service: string | null;
  readonly fields: readonly string[]; // that it asks for
  readonly placeholders: readonly string[]; // that need a value, without the percent signs
  readonly warnings: readonly string[];
  readonly refusal: StoredRefusal | null; // null: it is evaluated
  readonly digest: string; // of the document and the global parts it was merged with
}

/** A document of a source as it was read now: what a row is made of. */
export interface RuleDraft extends RuleContent {
  readonly path: string; // of its file, inside the source
  readonly position: number; // 0-based, within its file
  readonly key: string; // its own id, else "path#position"
}

/** A rule as it is stored. */
export interface StoredRule extends RuleDraft {
  readonly id: string;
  readonly sourceId: string;
  readonly source: string; // name
  readonly sourceKind: "imported" | "pack";
  readonly state: "active" | "removed";
  readonly firstSeenAt: string;
  readonly changedAt: string;
}

/** A Sigma file of a source. */
export interface RuleTextFile {
  readonly path: string;
  readonly text: string;
}
