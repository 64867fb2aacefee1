import type { TextPattern } from "./text-pattern";

/**
 * A Sigma rule after parsing: what it asks for, with nothing left to interpret. The full scan (evaluate/) and the index
 * read the same tree, so that they can be held equal.
 */

export type Comparison = "lt" | "lte" | "gt" | "gte";
export const TIME_PARTS = ["minute", "hour", "day", "week", "month", "year"] as const;
export type TimePart = (typeof TIME_PARTS)[number];

/** What one value of a rule asks of one value of an event. */
export type Matcher =
  | { readonly kind: "text"; readonly pattern: TextPattern; readonly cased: boolean }
  | { readonly kind: "regex"; readonly source: string; readonly flags: { readonly i: boolean; readonly m: boolean; readonly s: boolean } }
  | { readonly kind: "number"; readonly value: number } // equal to a number or to the text of one
  | { readonly kind: "boolean"; readonly value: boolean }
  | { readonly kind: "null" } // field absent or null
  | { readonly kind: "compare"; readonly op: Comparison; readonly value: number }
  | { readonly kind: "cidr"; readonly range: string }
  | { readonly kind: "fieldref"; readonly field: string; readonly part: "whole" | "start" | "end" | "inside"; readonly cased: boolean }
  | { readonly kind: "exists"; readonly wanted: boolean }
  | { readonly kind: "time"; readonly part: TimePart; readonly op: "eq" | Comparison; readonly value: number };

/** One line of a detection: a field (null: anywhere in the event) and what its values must be. */
export interface DetectionItem {
  readonly path: string; // where it stands in the rule, e.g. detection.selection[1].Image|endswith
  readonly field: string | null;
  readonly quantifier: "any" | "all"; // any: one matcher is enough; all: every matcher, each by any value of the field
  readonly negated: boolean; // neq: the field is there and no matcher matches
  readonly matchers: readonly Matcher[];
  readonly wanted: string; // as written, shortened, for explanations
}

export type Detection =
  | { readonly kind: "item"; readonly item: DetectionItem }
  | { readonly kind: "and" | "or"; readonly path: string; readonly parts: readonly Detection[] };

/** A condition with identifiers and patterns resolved to detections by name. */
export type Condition =
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "not"; readonly part: Condition }
  | { readonly kind: "and" | "or"; readonly parts: readonly Condition[] }
  | { readonly kind: "of"; readonly quantifier: "any" | "all"; readonly pattern: string; readonly names: readonly string[] };

export interface SigmaLogsource {
  readonly product: string | null;
  readonly category: string | null;
  readonly service: string | null;
}

/** What people read of a rule; kept as written. The licence (DRL 1.1) asks that author and notice stay beside the rule. */
export interface RuleMeta {
  readonly id: string | null;
  readonly name: string | null; // how correlations refer to it
  readonly title: string;
  readonly status: string | null;
  readonly level: string | null;
  readonly description: string | null;
  readonly author: string | null;
  readonly date: string | null;
  readonly modified: string | null;
  readonly license: string | null;
  readonly references: readonly string[];
  readonly tags: readonly string[];
  readonly falsePositives: readonly string[];
}

export interface SigmaRule {
  readonly kind: "rule";
  readonly meta: RuleMeta;
  readonly document: number; // 0-based, within its file
  readonly logsource: SigmaLogsource;
  readonly detections: ReadonlyMap<string, Detection>;
  readonly condition: Condition;
  readonly fields: readonly string[]; // every field the rule asks for, sorted
  readonly warnings: readonly string[];
}

export const CORRELATION_TYPES = ["event_count", "value_count", "temporal", "temporal_ordered", "value_sum", "value_avg", "value_percentile"] as const;
export type CorrelationType = (typeof CORRELATION_TYPES)[number];
export type ThresholdOp = "gt" | "gte" | "lt" | "lte" | "eq" | "neq";

/** A correlation of Sigma 2.1: rules referred to by id or name, not resolved yet. */
export interface SigmaCorrelation {
  readonly kind: "correlation";
  readonly meta: RuleMeta;
  readonly document: number;
  readonly type: CorrelationType;
  readonly rules: readonly string[];
  readonly timespanMs: number;
  readonly groupBy: readonly string[];
  readonly aliases: ReadonlyMap<string, ReadonlyMap<string, string>>; // alias -> rule reference -> field
  readonly thresholds: readonly { readonly op: ThresholdOp; readonly value: number }[]; // all must hold
  readonly fields: readonly string[]; // condition.field: a tuple for value_*
  readonly percentile: number | null; // value_percentile
  readonly generate: boolean; // the single rules' own matches are reported too
}

/** A filter of Sigma 2.1: its condition is added to the rules it names ("any": every rule of its logsource). */
export interface SigmaFilter {
  readonly kind: "filter";
  readonly meta: RuleMeta;
  readonly document: number;
  readonly logsource: SigmaLogsource;
  readonly rules: readonly string[] | "any";
  readonly detections: ReadonlyMap<string, Detection>;
  readonly condition: Condition;
  readonly fields: readonly string[];
  readonly warnings: readonly string[];
}

/** A rule file as it came; `file` is what refusals and lists call it. */
export interface RuleText {
  /** Why the file is no text at all; it is listed as refused. */
  readonly refused?: { readonly message: string; readonly remedy: string };
  readonly file: string;
  readonly text: string;
}

export type SigmaDocument = SigmaRule | SigmaCorrelation | SigmaFilter;

/** Values for placeholders: name -> the values that take its place. */
export type PlaceholderValues = ReadonlyMap<string, readonly string[]>;

/** Why a document is not evaluated. It is listed wherever its file is; it never just does not match. */
export interface RuleRefusal {
  readonly file: string;
  readonly document: number;
  readonly title: string | null;
  readonly id: string | null;
  readonly name: string | null;
  readonly line: number | null; // 1-based
  readonly column: number | null;
  readonly message: string;
  readonly remedy: string;
}
