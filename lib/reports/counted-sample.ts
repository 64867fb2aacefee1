/** A sample that an assessment counted, as it is now. */
export interface CountedSample {
  readonly dataset: string; // id
  readonly segment: string; // name, as pinned
  readonly fileName: string | null; // null: it was replaced or deleted since, only its id is known
  readonly records: number | null;
  readonly removed: { readonly at: string; readonly by: string } | null;
}
