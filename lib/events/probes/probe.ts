import type { z } from "zod";
import type { Json } from "@/lib/shared/canonical-json";
import type { RecordView } from "./record-view";

export const PROBE_IDS = [
  "field-fill", "clock-skew", "order", "sequence-gaps", "missing-parent", "process-identity", "truncated-command", "network-without-process", "opaque-user",
  "duplicates", "sampling", "latency", "window", "host-coverage", "timestamp-quality", "chain-joinability", "redaction",
] as const;
export type ProbeId = (typeof PROBE_IDS)[number];

/** indicative: fewer than 30 records speak; it leans one way and proves nothing. not-computable: the records lack what the formula needs. */
export type Grade = "pass" | "warn" | "fail" | "indicative" | "not-computable";
export type Level = "pass" | "warn" | "fail";

/** A limit of a probe: its words hold the number; `why` says where the number comes from. */
export interface Threshold {
  readonly level: "warn" | "fail";
  readonly text: string;
  readonly why: string;
}

/** Where a record stands in its file. */
export interface RecordPlace {
  readonly number: number;
  readonly offset: number;
  readonly length: number;
}

/** Records of one kind that fill the same fields: what probes of filled fields count, once per group in place of once per record. */
export interface FilledGroup {
  readonly kind: string;
  readonly shape: readonly string[];
  readonly count: number;
  readonly places: readonly RecordPlace[]; // the first ones
}

/** A probe at work on one source of one file. Its memory is bounded whatever the file. */
export interface ProbeFold<T> {
  record?(view: RecordView): void;
  group?(group: FilledGroup): void;
  finish(): { readonly summary: T; readonly examples: readonly RecordPlace[] };
}

/** What grading knows beside the records. Facts that nobody stated are null and leave what rests on them uncomputed. */
export interface GradeContext {
  readonly family: string | null; // null: all sources together
  readonly hosts: number | null; // of the segment
  readonly roster: readonly string[] | null; // folded names
  readonly claimedKinds: readonly string[];
  readonly retentionDays: number | null; // as the inventory states it
  readonly lookBackDays: number; // how far back an analytic must be able to look
  readonly windowMs: number | null; // the time window that an analytic correlates over
}

/** A number with its unit: millionths of a share, milliseconds, or a plain count. Integers only. */
export interface Figure {
  readonly label: string;
  readonly value: number;
  readonly unit: "millionths" | "ms" | "count";
  readonly n?: number; // of how many
}

export interface Graded {
  readonly grade: Grade;
  readonly leans?: Level; // indicative: what it would be with enough records
  readonly value: number | null;
  readonly unit: Figure["unit"];
  readonly n: number;
  readonly estimated: boolean; // a cap was met: shares come from a sample of keys
  readonly says: string; // one sentence; for not-computable it begins "Not computable because"
  readonly figures: readonly Figure[];
}

/** A quality probe: what it computes and where it draws the line. Summaries add up: merge is associative and commutative. */
export interface Probe {
  readonly id: ProbeId;
  readonly label: string;
  readonly formula: string; // in words
  readonly needs: string; // fields and native facts
  readonly thresholds: readonly Threshold[];
  /** segment: it speaks of several sources together as well. */
  readonly scope: "source" | "segment";
  open(): ProbeFold<Json>;
  /** @throws ZodError for what is no summary of this probe */
  merge(a: Json, b: Json): Json;
  /** @throws ZodError for what is no summary of this probe */
  grade(summary: Json, context: GradeContext): Graded;
}

interface Definition<T extends Json> extends Omit<Probe, "open" | "merge" | "grade"> {
  readonly summary: z.ZodType<T>;
  readonly open: () => ProbeFold<T>;
  readonly merge: (a: T, b: T) => T;
  readonly grade: (summary: T, context: GradeContext) => Graded;
}

/** Makes a probe whose summaries are read through their schema, as the database gives them back. */
export function defineProbe<T extends Json>({ summary, merge, grade, ...rest }: Definition<T>): Probe {
  return { ...rest, merge: (a, b) => merge(summary.parse(a), summary.parse(b)), grade: (found, context) => grade(summary.parse(found), context) };
}

/** Fewer records than this only indicate. */
export const ENOUGH_RECORDS = 30;

interface Finding {
  readonly level: Level;
  readonly value: number;
  readonly unit: Figure["unit"];
  readonly n: number;
  readonly says: string;
  readonly estimated?: boolean;
  readonly figures?: readonly Figure[];
}

/** A grade from what was found: under 30 records it is indicative, whichever way it leans. */
export function graded({ level, value, unit, n, says, estimated = false, figures = [] }: Finding): Graded {
  const few = n < ENOUGH_RECORDS;
  return { grade: few ? "indicative" : level, ...(few ? { leans: level } : {}), value, unit, n, estimated, says, figures };
}

/** @param because the end of "Not computable because ..." */
export function notComputable(because: string, n = 0, figures: readonly Figure[] = []): Graded {
  return { grade: "not-computable", value: null, unit: "count", n, estimated: false, says: `Not computable because ${because}.`, figures };
}

/** x of n in millionths, rounded down; 0 of 0 is 0. */
export function shareOf(x: number, n: number): number {
  return n === 0 ? 0 : Math.floor((x / n) * 1_000_000);
}

/** The level of a share that should be small. */
export function levelAbove(share: number, warn: number, fail: number | null): Level {
  return fail !== null && share > fail ? "fail" : share > warn ? "warn" : "pass";
}

/** The level of a share that should be large. */
export function levelBelow(share: number, warn: number, fail: number): Level {
  return share < fail ? "fail" : share < warn ? "warn" : "pass";
}

export const MOST_EXAMPLES = 5;

/** Up to five records that show what a probe counts, the first met. */
export class ExampleList {
  readonly places: RecordPlace[] = [];

  add({ number, offset, length }: RecordPlace): void {
    if (this.places.length < MOST_EXAMPLES) this.places.push({ number, offset, length });
  }

  addGroup(group: FilledGroup): void {
    for (const place of group.places) this.add(place);
  }
}
