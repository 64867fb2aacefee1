import { z } from "zod";
import { CHECK_STATES } from "./check-types";

/** A segment as a run looked at it. population: hosts per ATT&CK platform. */
export const checkedSegmentSchema = z.object({
  id: z.string(),
  name: z.string(),
  assets: z.number().int(),
  population: z.record(z.string(), z.number().int()),
  records: z.number().int(), // counted
  examples: z.number().int(), // looked at
  unlooked: z.number().int(), // records of kinds and shapes of which no example could be read
});
export type CheckedSegment = z.infer<typeof checkedSegmentSchema>;

export const checkCountsSchema = z.partialRecord(z.enum(CHECK_STATES), z.number().int());
export type CheckCounts = z.infer<typeof checkCountsSchema>;

/** What was found about a rule in a segment, beside its state; what its words are made of. */
export const checkDetailSchema = z.object({
  kinds: z.array(z.string()),
  lacking: z.array(z.object({ field: z.string(), state: z.enum(["field-empty", "field-unmapped"]) })),
  records: z.number().int(),
  newest: z.string().nullable(), // ISO 8601
  examples: z.number().int(),
  wanted: z.array(z.string()),
  stage: z.string().nullable(),
  unset: z.array(z.string()), // refused: placeholders without a value in the segment
  exceeded: z.string().optional(), // refused: what deciding it took, in words
});
export type CheckDetail = z.infer<typeof checkDetailSchema>;

/** One rule in one segment. A pair that a run looked at and kept no row of is no-source. */
export interface StoredCheck {
  readonly ruleId: string;
  readonly segmentId: string;
  readonly state: (typeof CHECK_STATES)[number];
  readonly field: string | null;
  readonly hosts: number;
  readonly hostsOf: number;
  readonly detail: CheckDetail;
}

export interface CheckRun {
  readonly id: string;
  readonly at: string; // T: ISO 8601
  readonly freshFrom: string; // records before this are stale
  readonly actor: string;
  readonly inputDigest: string;
  readonly segments: readonly CheckedSegment[];
  readonly counts: CheckCounts;
}

export const NOTHING_FOUND: CheckDetail = { kinds: [], lacking: [], records: 0, newest: null, examples: 0, wanted: [], stage: null, unset: [] };
