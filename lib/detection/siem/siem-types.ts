/** A rule as a SIEM lists it. Times are ms since 1970; null is what the list does not say. */
export interface ListedRule {
  readonly line: number; // where it begins in its file, 1-based
  readonly externalId: string; // its id there, else its name
  readonly name: string;
  readonly enabled: boolean | null; // it runs: not disabled, and scheduled where only scheduled searches run
  readonly schedule: string;
  readonly lastRun: number | null;
  readonly lastAlert: number | null;
  readonly query: string;
  readonly tags: readonly string[]; // techniques and whatever else it is tagged with
  readonly about: string; // other words of it in which a Sigma id may stand: description, references, metadata
}

/** An alert of a rule, as a SIEM exports it. */
export interface ListedAlert {
  readonly line: number;
  readonly rule: string; // the rule's name there
  readonly host: string;
  readonly at: number; // ms
  readonly id: string | null;
}

/** A row that was not taken over, and why. */
export interface SiemRefusal {
  readonly line: number;
  readonly name: string; // of the rule, "" when unknown
  readonly field: string;
  readonly message: string;
  readonly remedy: string;
}

export interface SiemFile {
  readonly format: string; // "Splunk, saved searches (REST)"
  readonly kind: "rules" | "alerts";
  readonly rules: readonly ListedRule[];
  readonly alerts: readonly ListedAlert[];
  readonly refused: readonly SiemRefusal[];
  readonly warnings: readonly string[];
}

/** Rules of a list while they are read. */
export type RuleOrRefusal = { readonly rule: ListedRule } | { readonly refused: SiemRefusal };

/** Sorts what was read into a file of rules. */
export function rulesFile(format: string, read: readonly RuleOrRefusal[], warnings: readonly string[] = []): SiemFile {
  return { format, kind: "rules", rules: read.flatMap((one) => ("rule" in one ? [one.rule] : [])), alerts: [], refused: read.flatMap((one) => ("refused" in one ? [one.refused] : [])), warnings };
}
