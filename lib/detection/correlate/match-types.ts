import type { Scalar } from "../evaluate/rule-view";

/** The process that a record is about, as far as the record says: uid where its source gives an id that no later process takes over. */
export interface ProcessSighting {
  readonly host: string; // folded
  readonly uid: string | null;
  readonly pid: string | null;
}

/** One match of a rule with what correlations may ask of its record: plain data, so that workers can send it. */
export interface RuleMatch {
  readonly rule: number; // position in the rules of the set
  readonly event: number; // record number
  readonly ms: number | null; // of the event; null: no usable time
  readonly values: ReadonlyMap<string, readonly Scalar[]>; // of the fields that are asked for; what is not there or says nothing is left out
  readonly process: ProcessSighting | null;
}

/** An instant with its place in the sample: records of one instant stand in the order in which they were read. */
export interface Moment {
  readonly ms: number;
  readonly number: number;
}

/** What a correlation works on: a match of a rule, or the firing of another correlation. */
export interface Item {
  readonly stage: number; // position among the correlation's references
  readonly first: Moment;
  readonly last: Moment;
  readonly events: readonly number[];
  /** Values of a field, none when it is not there. */
  values(field: string): readonly Scalar[];
  /** Why the value of a field is only the last link that the sample shows (lineage), else null. */
  open(field: string): string | null;
}

/** The items of one window that satisfy a correlation; the last one completed it. */
export interface Firing {
  readonly items: readonly Item[];
  readonly at: Moment;
}

/** One firing as people see it. */
export interface Fired {
  readonly correlation: number; // position in the correlations given
  readonly title: string;
  readonly events: readonly number[]; // record numbers, in the order of time
  readonly at: number; // the record that completed it
  readonly atMs: number;
  readonly group: Readonly<Record<string, string>>; // group-by field -> value, as first written
  readonly inner: boolean; // feeds another correlation without `generate`, so that Sigma shows only the outer one
}

export interface CorrelationResult {
  readonly fired: readonly Fired[]; // by the time of completion
  readonly untimed: number; // records that matched a correlated rule and have no usable time: no correlation saw them
  readonly keyless: readonly { readonly correlation: number; readonly records: number }[]; // records without a group-by field: they stand in no group
}

export function compareMoments(a: Moment, b: Moment): number {
  return a.ms - b.ms || a.number - b.number;
}
