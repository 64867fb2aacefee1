import type { SegmentSample, Verdict } from "@/lib/detection/check/check-types";
import type { CheckedSource, RulePlace } from "@/lib/detection/check/read-checked-rules";
import type { FieldRenames } from "@/lib/detection/rules/mappings/field-mapping";

/** What the thread is at; position: the number of the file over all sources while it reads, of the rule while it weighs, else -1. */
export const CHECK_PHASES = ["waiting", "reading", "linking", "weighing"] as const;
export type CheckPhase = (typeof CHECK_PHASES)[number];

export interface CheckRequest {
  readonly sources: readonly CheckedSource[];
  readonly renames: readonly FieldRenames[];
  readonly stopped: readonly RulePlace[]; // rules that took too much before: not asked again
  readonly mark: SharedArrayBuffer; // 12 bytes: phase, position, and a count that every step raises
}

export interface ToCheckThread {
  readonly sample: SegmentSample;
}

/** A verdict without the names of its hosts, which nobody asks for and which would be most of the message. */
export type SentVerdict = Omit<Verdict, "hosts"> & { readonly hosts: number };

export type FromCheckThread =
  | { readonly type: "ready"; readonly rules: readonly RulePlace[]; readonly correlations: readonly RulePlace[] }
  | { readonly type: "verdicts"; readonly rules: readonly SentVerdict[]; readonly correlations: readonly SentVerdict[] }
  | { readonly type: "exceeded"; readonly message: string } // what the position names
  | { readonly type: "failed"; readonly message: string };
