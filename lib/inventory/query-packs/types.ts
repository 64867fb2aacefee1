/** Words of query packs. */

export const BACKENDS = ["splunk", "sentinel", "elastic", "athena", "osquery"] as const;
export type BackendId = (typeof BACKENDS)[number];

/** What the analytics of a segment want to know of a family. keys "*": any record of it. */
export interface WantedFamily {
  readonly family: string;
  readonly keys: readonly string[]; // event keys, in order
  readonly fields: readonly string[]; // canonical fields that some component requires
}

/** Where a backend keeps a family: expressions in its own language. */
export interface FamilySource {
  readonly source: string;
  readonly key: string; // gives Sightline's event key
  readonly host: string;
  readonly prepare?: readonly string[]; // Splunk: stages that make an event of what stands in several
  readonly time?: string; // where the backend has no one name for it
  readonly record?: string; // gives the native record as JSON
  readonly fields: Readonly<Record<string, readonly string[]>>; // canonical -> native, one of which must be filled
  readonly tables?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>; // osquery: event key -> canonical -> columns
  readonly keys?: readonly string[]; // event keys that this table can hold; absent: all of the family
  readonly readings?: boolean; // its key tells what changed in a list from the list itself (lib/telemetry/polled-rows.ts)
  readonly also?: readonly FurtherTable[];
}

/** A further table of a family: queried by itself, because its columns are its own and a fleet may keep either. */
export interface FurtherTable extends FamilySource {
  readonly name: string; // in the names of its files
  readonly label: string; // behind the family's title
}

/** Everything that a query is made from. hosts null: the segment has no roster, so a placeholder stands for its filter. */
export interface QueryFacts {
  readonly segment: string;
  readonly family: string;
  readonly table?: string; // which of its tables, where there are several
  readonly keys: readonly string[] | null; // null: no restriction
  readonly fields: readonly (readonly [canonical: string, native: readonly string[]])[];
  readonly from: FamilySource;
  readonly hosts: readonly string[] | null; // folded
  readonly days: number;
}

/** A query language: makes the two queries of a family. */
export interface Backend {
  readonly id: BackendId;
  readonly label: string;
  readonly extension: string;
  readonly comment: string; // begins a comment line
  readonly run: string; // how to run a query and export its result
  /** A text as a literal. @throws SightlineError INVALID for control characters, which no name holds */
  literal(text: string): string;
  measure(facts: QueryFacts): string;
  /** At most 20 raw records for each event key. */
  records(facts: QueryFacts): string;
  /** When the newest record of the family came, without its events: quick, where the backend has an index for it. */
  silence?(facts: QueryFacts): string;
}

export const RECORDS_PER_KEY = 20;

/** What stands in a query where a segment without a roster needs a filter. */
export const HOST_PLACEHOLDER = "REPLACE_WITH_THE_SEGMENTS_HOSTS";
