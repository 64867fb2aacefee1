import type { CorrelationResult, RuleMatch } from "@/lib/detection/correlate/match-types";
import type { TreeFact } from "@/lib/detection/correlate/sight-process";
import type { SampleExplanation } from "@/lib/detection/explain/start-explanation";
import type { FieldLook } from "@/lib/detection/route/watch-fields";
import type { FieldRenames } from "@/lib/detection/rules/mappings/field-mapping";
import type { RuleText } from "@/lib/detection/sigma/rule-types";
import type { HostOptions } from "@/lib/events/choose-host";
import type { ReadLimits } from "@/lib/events/types";
import type { ErrorPlace } from "@/lib/shared/errors";
import type { LoadedRules } from "./load-rules";

/** The rules of one evaluation, and what is left out of it because it went beyond a limit. */
export interface MatchRequest {
  readonly rules: readonly RuleText[];
  readonly placeholders: readonly (readonly [name: string, values: readonly string[]])[];
  readonly renames?: readonly FieldRenames[];
  readonly ignoreLogsource: boolean;
  readonly stoppedFiles: readonly number[];
  readonly stoppedRules: readonly number[];
  readonly stoppedCorrelations: readonly number[];
  /** match: all rules at once, fast. inspect: one by one, to find what is too slow. explain: which item failed where. */
  readonly purpose: "match" | "inspect" | "explain";
}

/** How the bytes of one file are read, and which of its records this thread looks at: all, or every so many of them in turn. */
export interface MatchContent extends HostOptions {
  readonly format: string;
  readonly limits: ReadLimits;
  readonly share: { readonly of: number; readonly mine: number };
}

/** Each is answered by exactly one message, in order. */
export type ToMatchThread =
  | { readonly type: "begin"; readonly request: MatchRequest; readonly mark: SharedArrayBuffer }
  | { readonly type: "content"; readonly content: MatchContent }
  /** A part of a unit: bytes that one reader reads, from where records stand alone to where the next may begin. watch: see which fields its records answer. */
  | { readonly type: "block"; readonly bytes: Uint8Array; readonly ends: boolean; readonly watch: boolean }
  | { readonly type: "skip"; readonly bytes: Uint8Array } // read, not matched
  | { readonly type: "inspect"; readonly bytes: Uint8Array; readonly ends: boolean; readonly from: number } // every rule on its own, from this position on
  | { readonly type: "material"; readonly matches: readonly RuleMatch[]; readonly facts: readonly TreeFact[] }
  | { readonly type: "correlate" }
  | { readonly type: "explain" }
  | { readonly type: "forget" }; // the rules: the thread rests

export interface BlockFindings {
  readonly type: "block";
  readonly last: number; // number of the last record met in this unit so far, refused ones included
  readonly refused: number; // of this block
  readonly bound: boolean; // the unit, now at its end, held records of several formats or a header: others may need it
  readonly matches: Uint32Array<ArrayBuffer>; // rule, record; rule, record...; records numbered within their unit
  readonly material: readonly RuleMatch[];
  readonly facts: readonly TreeFact[];
  readonly looks: readonly FieldLook[]; // of a block that was watched
}

export type FromMatchThread =
  | ({ readonly type: "begun" } & LoadedRules)
  | { readonly type: "done" }
  | BlockFindings
  | { readonly type: "inspected"; readonly costs: readonly { readonly rule: number; readonly ms: number }[] } // the slowest
  | { readonly type: "correlated"; readonly result: CorrelationResult; readonly dragged: readonly number[]; readonly unfollowed: number }
  | { readonly type: "explained"; readonly explanation: SampleExplanation }
  | { readonly type: "failed"; readonly expected: boolean; readonly message: string; readonly place: ErrorPlace };

/** What the thread is at, for whoever has to end it: mark[0] is the phase, mark[1] the position of the file, rule or correlation. */
export const PHASES = { idle: 0, loading: 1, compiling: 2, reading: 3, testing: 4, correlating: 5 } as const;
export type Phase = keyof typeof PHASES;
