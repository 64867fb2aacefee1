/** The events that a run is asked about. text: pasted, never stored. */
export type BenchEvents =
  | { readonly from: "text"; readonly text: string; readonly format: string | null; readonly host: string | null }
  | { readonly from: "dataset"; readonly dataset: string }
  | { readonly from: "pack"; readonly analytic: string; readonly test: number }; // position of a test of the pack in force

/** A file that stands for itself on the bench: of a dataset, or a sample of a pack's test. */
export interface BenchFile {
  readonly name: string;
  readonly format: string;
  readonly bytes: number;
  readonly says: string;
  readonly href: string | null;
}

/** What the bench begins with, as its address says. */
export interface BenchView {
  readonly rule: { readonly id: string | null; readonly title: string; readonly from: string; readonly text: string } | null;
  readonly events: { readonly asked: BenchEvents; readonly title: string; readonly files: readonly BenchFile[]; readonly note: string | null } | null; // null: nothing was picked
  readonly values: readonly { readonly name: string; readonly values: readonly string[] }[]; // of placeholders
  readonly segments: readonly { readonly id: string; readonly name: string }[];
  readonly formats: readonly { readonly id: string; readonly label: string }[];
  readonly most: { readonly rule: number; readonly events: number }; // characters of pasted text that a run takes
}

/** One entry of a list to pick from. address: what it sets in the bench's address. */
export interface BenchChoice {
  readonly title: string;
  readonly note: string;
  readonly address: Readonly<Record<string, string>>;
}
export interface BenchChoices {
  readonly choices: readonly BenchChoice[];
  readonly total: number;
}

/** Characters of pasted text that are taken; larger samples are imported, or go to the command line. */
export const MOST_RULE_CHARACTERS = 1_000_000;
export const MOST_EVENT_CHARACTERS = 2_000_000;
/** Bytes of a file of events that a run reads. */
export const MOST_FILE_BYTES = 32_000_000;
