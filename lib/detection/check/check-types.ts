import type { RecordKindId } from "@/lib/telemetry/types";
import type { ParsedRecord } from "@/lib/events/types";

/** Whether a rule can fire in a segment, from the best to the worst. */
export const CHECK_STATES = ["can-fire", "field-empty", "field-unmapped", "key-never-seen", "no-source", "refused"] as const;
export type CheckState = (typeof CHECK_STATES)[number];

/** Records of one kind and fill shape in a segment, as they were counted. */
export interface CountedSeries {
  readonly kind: RecordKindId;
  readonly hosts: ReadonlyMap<string, { readonly records: number; readonly newest: number | null }>; // by folded name, "" = none known; newest in ms
}

/** What came from a segment: counts of all records, and the examples of them that were kept. */
export interface SegmentSample {
  readonly series: readonly CountedSeries[];
  readonly examples: readonly { readonly series: number; readonly host: string; readonly record: Pick<ParsedRecord, "kind" | "fields" | "native"> }[];
}

/** A field that stands in the way, and how: it is there and never says anything, or no record has it under any of its names. */
export interface LackingField {
  readonly field: string;
  readonly state: "field-empty" | "field-unmapped";
}

/** What was found about one rule in one segment. */
export interface Verdict {
  readonly state: CheckState;
  readonly lacking: readonly LackingField[]; // field-*: what would have to be filled besides, the worst first
  readonly kinds: readonly RecordKindId[]; // can-fire: those that fill it; else those that come closest
  readonly hosts: ReadonlySet<string>; // can-fire: with records that fill all it needs
  readonly records: number; // of these kinds and shapes
  readonly newest: number | null; // ms
  readonly examples: number; // records that were looked at for this
  readonly wanted: readonly string[]; // key-never-seen: the event asked for, as written
  readonly stage: string | null; // of a correlation: the rule that decides
}
