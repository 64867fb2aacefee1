import type { FieldRenames } from "../rules/mappings/field-mapping";
import type { Matcher } from "../sigma/rule-types";

export const TARGET_IDS = ["sumo", "splunk", "defender", "sentinel", "lucene", "esql", "postgresql", "athena"] as const;
export type TargetId = (typeof TARGET_IDS)[number];

/** What people may say about their own platform. Everything is optional; without it the usual tables and names are taken. */
export interface RenderOptions {
  /** One of the target's tables by id, where it has several for a logsource (query-sources.ts). */
  readonly source?: string;
  /** Table, index or search scope to ask instead of the known one, written in the target's language and taken as it stands. */
  readonly from?: string;
  /** That table holds records of the rule's logsource alone, so that the condition which tells them from others is left out. */
  readonly dedicated?: boolean;
  /** Name of a field in the rule -> column of the target. Goes before the target's own names. */
  readonly fields?: Readonly<Record<string, string>>;
  /** Imported names of fields by logsource: behind `fields`, before the target's own names. */
  readonly renames?: readonly FieldRenames[];
  /** A field without a known column keeps its name, instead of refusing the rule. */
  readonly passThrough?: boolean;
  /** Columns that hold numbers, beside those that are known to. */
  readonly numbers?: readonly string[];
  /** The column that holds the whole record as text, for keywords. */
  readonly text?: string;
  /** The column of the event's time, for correlations. */
  readonly time?: string;
}

export interface RenderedQuery {
  readonly query: string;
  /** What a reader must know: how the target's data differ from records, which table of several is asked. */
  readonly notes: readonly string[];
  /** What is asked: table, index or scope, as the target writes it. */
  readonly from: string;
  /** Id of the target's table, null where the caller gave one of his own. */
  readonly source: string | null;
}

/** Why there is no query; nothing of a rule is ever left out to get one. */
export interface RefusedQuery {
  readonly refused: string;
}

export type RenderResult = RenderedQuery | RefusedQuery;

/** Thrown while a query is built, caught by renderRule and renderCorrelation. */
export class QueryRefusal extends Error {}

/** A column of a target, ready to be written into an expression. */
export interface Column {
  readonly field: string; // as the rule names it
  readonly name: string; // as the target's table has it
  readonly ref: string; // that as the target writes it, quoted
  /** code: a text that writes a whole number, always in the same way (event.code); analysed: a text that is stored as words. */
  readonly type: "text" | "code" | "analysed" | "number" | "boolean" | "ip";
}

/** A rule's condition with its selections put in place: what every target walks. */
export type Predicate =
  | { readonly kind: "and" | "or"; readonly parts: readonly Predicate[] }
  | { readonly kind: "not"; readonly part: Predicate }
  /** One of the matchers holds for a value of the field. `native`: the field is a column of the target, not a name of the rule. */
  | { readonly kind: "field"; readonly field: string; readonly matchers: readonly Matcher[]; readonly native: boolean }
  /** The matcher holds for some text of the record. */
  | { readonly kind: "keyword"; readonly matcher: Matcher };

/** How a target writes predicates. Every text that a method returns can stand beside "and", "or" and "not" without parentheses. */
export interface Dialect {
  readonly and: string;
  readonly or: string;
  not(part: string): string;
  /** One test per matcher, or fewer where the target has lists; they are joined by or. */
  tests(column: Column, matchers: readonly Matcher[], columnOf: (field: string) => Column): readonly string[];
  keyword(text: Column, matcher: Matcher): string;
}
