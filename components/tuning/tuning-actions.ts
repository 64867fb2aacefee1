import type { TuningPreview } from "@/lib/operations/preview-tuning";

type Answer<T> = { readonly ok: true; readonly data: T } | { readonly ok: false; readonly message: string; readonly place: { readonly field?: string } };

/** A change to be measured; values null: withdraw what is set. analytic null: for every rule that uses the placeholder. */
export interface TuningFields {
  readonly segment: string; // id
  readonly analytic: string | null;
  readonly name: string;
  readonly values: readonly string[] | null;
  readonly owner: string;
  readonly reason: string;
  readonly expires: string | null;
}

/** A saved change, and the job that runs the tests which rest on it; null where the segment has none. */
export interface TunedAndTested {
  readonly version: number;
  readonly tests: string | null;
}

export interface TuningActions {
  readonly preview: (fields: TuningFields) => Promise<Answer<string>>; // the id of the job that measures it
  readonly shown: (job: string) => Promise<Answer<TuningPreview>>; // what it measured
  readonly save: (job: string) => Promise<Answer<TunedAndTested>>;
}
