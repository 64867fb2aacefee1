import type { PinnedInputs } from "@/lib/assessment/pinned-inputs";

/** An assessment as it is kept: its input and its result, canonical JSON. owner: whose they are, for a refusal. */
export interface KeptSide {
  readonly owner: string;
  readonly input: Uint8Array;
  readonly result: Uint8Array;
}

/** Two assessments that were run, or two sets of inputs that nobody assessed: those are scored first, and nothing of them is kept. */
export type CompareRequest = { readonly type: "kept"; readonly a: KeptSide; readonly b: KeptSide } | { readonly type: "pinned"; readonly a: PinnedInputs; readonly b: PinnedInputs };

/** done: a Comparison as JSON. */
export type FromCompareWorker =
  | { readonly type: "progress"; readonly done: number; readonly of: number }
  | { readonly type: "done"; readonly document: Uint8Array }
  | { readonly type: "refused"; readonly code: "UNSUPPORTED"; readonly message: string; readonly remedy: string }
  | { readonly type: "failed"; readonly message: string };
