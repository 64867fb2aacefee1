import type { ImportCounts, ImportRefusal, ImportWarning } from "./stored-rule";

/** Where rules came from. */
export interface RuleSourceHead {
  readonly name: string;
  readonly kind: "imported" | "pack";
  readonly pack: string | null; // the analytic whose pack the rules came with
}

export interface RuleSourceRow extends RuleSourceHead {
  readonly id: string;
  readonly licence: string | null;
  readonly rules: number; // active documents
  readonly refused: number; // of them
  readonly lastImport: RuleImportRow | null;
}

export interface RuleImportRow {
  readonly id: string;
  readonly sourceId: string;
  readonly at: string;
  readonly actor: string;
  readonly fileName: string;
  readonly fileDigest: string;
  readonly counts: ImportCounts;
  readonly refusals: readonly ImportRefusal[];
  readonly warnings: readonly ImportWarning[];
}
