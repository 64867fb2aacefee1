import type { CorrelationResult } from "@/lib/detection/correlate/match-types";
import type { RuleDocument } from "@/lib/detection/list-documents";
import type { FieldGap } from "@/lib/detection/route/watch-fields";
import type { FieldRenames } from "@/lib/detection/rules/mappings/field-mapping";
import type { PlaceholderValues, RuleText } from "@/lib/detection/sigma/rule-types";
import type { DetectionResult } from "@/lib/detection/start-detection";
import type { CsvMapping } from "@/lib/events/csv-mapping";

/** One file of events, unpacked. */
export interface EventContent {
  readonly name: string; // as results and errors call it
  /** Its bytes from the beginning; asked for again where a rule had to be stopped. */
  readonly open: () => AsyncIterable<Uint8Array>;
  readonly bytes: number | null; // its size where it is known: large files get several threads
  readonly format: string | null; // id of an event format; null: recognised by content
  readonly host?: string | null; // of records that name none
  readonly hostFrom?: string | null;
  readonly zone?: string; // of times that name none; UTC by default
  readonly reference?: number; // ms: no record is much later than this
  readonly mapping?: CsvMapping;
}

export interface EvaluationRequest {
  readonly rules: readonly RuleText[];
  readonly placeholders?: PlaceholderValues;
  readonly renames?: readonly FieldRenames[]; // of fields, by logsource: under which names the customer's records hold them
  readonly ignoreLogsource?: boolean;
  readonly contents: AsyncIterable<EventContent> | Iterable<EventContent>; // one after another: records are numbered over all of them
}

/** What one evaluation may take. Times are of a thread at work, so generous: a machine may be busy. */
export interface EvaluationLimits {
  readonly threads: number; // most; small inputs get one
  readonly memoryMb: number; // heap of each thread: the largest public rule sets take 150
  readonly blockMs: number; // for a block of about a megabyte of events: normal is 50
  readonly ruleMs: number; // for one rule on its own over such a block
  readonly loadMs: number; // to read one rule file, and to compile all rules
  readonly correlationMs: number; // for one correlation
  readonly totalMs: number;
  readonly mostMatches: number; // of all rules together; the rule that matches most is stopped beyond it
  readonly mostMaterial: number; // matches that correlations work on
}

export const EVALUATION_LIMITS: EvaluationLimits = {
  threads: 2,
  memoryMb: 1024,
  blockMs: 10_000,
  ruleMs: 1_000,
  loadMs: 30_000,
  correlationMs: 60_000,
  totalMs: 3_600_000,
  mostMatches: 5_000_000,
  mostMaterial: 1_000_000,
};

export interface EvaluationProgress {
  readonly file: string;
  readonly bytes: number; // of this file, looked at so far
  readonly of: number | null; // its size where it is known
}

export interface EvaluationWatch {
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: EvaluationProgress) => void;
  readonly limits?: Partial<EvaluationLimits>;
}

/** One file of events as it was read. */
export interface EvaluatedInput {
  readonly file: string;
  readonly format: string | null; // null: not recognised, nothing was read
  readonly first: number; // number of its first record
  readonly records: number; // met, refused ones included
  readonly refused: number;
  readonly error?: string;
}

export interface Evaluation extends DetectionResult, CorrelationResult {
  readonly inputs: readonly EvaluatedInput[];
  /** Every document of the rule files; those that were stopped while they ran are refused there too, with the reason. */
  readonly documents: readonly RuleDocument[];
  readonly stopped: readonly { readonly file: string; readonly title: string | null; readonly reason: string }[];
  readonly ruleAt: readonly number[]; // position of a rule of the set -> position in documents
  readonly correlationAt: readonly number[];
  /** Fields that rules (positions in the set) ask for and that no record of a kind answers, as the beginning of every file shows. */
  readonly unanswered: readonly FieldGap[];
  readonly unfollowed: number; // records whose process was left out of the tree
}
