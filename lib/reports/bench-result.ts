import type { CorrelationExplanation } from "@/lib/detection/explain/explain-correlation";
import type { ExplainedRule } from "@/lib/detection/explain/start-explanation";
import type { RuleDocument } from "@/lib/detection/list-documents";
import { benchSentence } from "./bench-sentence";

/** Events as one run of the bench read them. */
export interface BenchInput {
  readonly name: string;
  readonly format: string | null; // null: not recognised
  readonly first: number; // number of its first record
  readonly records: number; // refused ones included
  readonly refused: number;
  readonly error: string | null;
}

/** A record that a result speaks of. */
export interface BenchRecord {
  readonly number: number; // over all inputs
  readonly input: string;
  readonly own: number; // within its input
  readonly time: string | null;
  readonly host: string;
  readonly kind: string;
  readonly raw: string; // its beginning where it is long
  readonly cut: boolean;
  readonly href: string | null; // its page, where it stands in a dataset
}

/** One document of the rule text. */
export interface BenchDocument extends Pick<RuleDocument, "kind" | "title" | "line" | "column" | "message" | "remedy" | "unrouted" | "warnings"> {
  readonly document: number; // 0-based
  readonly say: string; // the answer in a sentence
  readonly author: string | null;
  readonly license: string | null;
  readonly part: boolean; // a correlation refers to it: it is a stage
  readonly rule: (ExplainedRule & { readonly events: readonly number[] }) | null; // events: the first records that match
  readonly correlation: CorrelationExplanation | null;
}

/** What a run of the test bench found. */
export interface BenchResult {
  readonly inputs: readonly BenchInput[];
  readonly documents: readonly BenchDocument[]; // what alerts first, then the stages, then what was refused
  readonly records: readonly BenchRecord[];
  readonly unshown: number; // records spoken of beyond those
}

/** Matches of one rule that are listed. */
export const MOST_EVENTS = 100;

export interface BenchFindings {
  readonly documents: readonly RuleDocument[];
  readonly references: readonly (readonly { readonly kind: "rule" | "correlation"; readonly index: number }[])[];
  readonly rules: readonly ExplainedRule[];
  readonly correlations: readonly CorrelationExplanation[];
  readonly matches: readonly { readonly rule: number; readonly event: number }[]; // by the positions of `rules`
}

/** The documents of a run with what was found of each: outermost first, stages behind them, refused ones last. */
export function benchDocuments({ documents, references, rules, correlations, matches }: BenchFindings): BenchDocument[] {
  const parts = new Set(references.flat().map(({ kind, index }) => `${kind} ${index}`));
  const listed = new Map<number, number[]>();
  for (const { rule, event } of matches) {
    const own = listed.get(rule) ?? [];
    if (own.length < MOST_EVENTS) own.push(event);
    listed.set(rule, own);
  }
  const shown = documents.map((document): BenchDocument => {
    const { kind, title, line, column, message, remedy, unrouted, warnings, meta } = document;
    const rule = document.rule === null ? undefined : rules[document.rule];
    const events = document.rule === null ? [] : (listed.get(document.rule) ?? (rule?.verdict === "matched" && rule.event !== null ? [rule.event] : []));
    const part = (document.rule !== null && parts.has(`rule ${document.rule}`)) || (document.correlation !== null && parts.has(`correlation ${document.correlation}`));
    const found = { kind, line, column, message, remedy, rule: rule === undefined ? null : { ...rule, events }, correlation: (document.correlation === null ? undefined : correlations[document.correlation]) ?? null };
    return {
      ...found,
      title,
      unrouted,
      warnings,
      part,
      say: benchSentence(found),
      document: document.document,
      author: meta?.author ?? null,
      license: meta?.license ?? null,
    };
  });
  const rank = (one: BenchDocument): number => (one.message !== null ? 3 : one.part ? (one.correlation !== null ? 1 : 2) : 0);
  return shown.sort((a, b) => rank(a) - rank(b) || a.document - b.document);
}

/** Numbers of the records that the documents speak of, those that decide first; each once. */
export function recordsSpokenOf(documents: readonly BenchDocument[]): number[] {
  const numbers = documents.flatMap(({ rule, correlation }) => [
    ...(rule?.event === null || rule?.event === undefined ? [] : [rule.event]),
    ...(correlation?.fired.flatMap(({ events }) => events) ?? []),
    ...(correlation?.nearestMiss?.records ?? []),
  ]);
  const others = documents.flatMap(({ rule, correlation }) => [...(correlation?.stages.flatMap(({ records }) => records) ?? []), ...(rule?.events ?? [])]);
  return [...new Set([...numbers, ...others])];
}
