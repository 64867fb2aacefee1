import { runCorrelations } from "../correlate/correlate";
import type { RuleMatch } from "../correlate/match-types";
import type { ProcessTree } from "../correlate/process-tree";
import type { RuleSet } from "../sigma/link-rules";
import { findNearestMiss, type NearestMiss } from "./find-nearest-miss";

/** A stage of a correlation: its rule as the correlation writes it, and the records that reached it. */
export interface ExplainedStage {
  readonly rule: string;
  readonly title: string;
  readonly reached: boolean;
  readonly records: readonly number[]; // the first hundred, in the order of time
  readonly count: number; // all
}

export interface CorrelationExplanation {
  readonly fired: readonly { readonly events: readonly number[]; readonly at: number; readonly group: Readonly<Record<string, string>> }[];
  readonly stages: readonly ExplainedStage[];
  readonly nearestMiss: NearestMiss | null; // null: it fired
  readonly untimed: number; // records of its stages without a usable time
  readonly keyless: number; // records of its stages without a field of group-by
  readonly unfollowed: number; // records whose process was left out because the sample holds more than are followed: their lineage ends there
}

const MOST_SHOWN = 100;

/**
 * How far a correlation came in a sample: which stages were reached by which records, and when it did not fire, what the
 * nearest miss lacked.
 *
 * @param index of the correlation in the set
 */
export function explainCorrelation(set: Pick<RuleSet, "rules" | "correlations">, index: number, matches: readonly RuleMatch[], tree: ProcessTree | null): CorrelationExplanation | null {
  const correlation = set.correlations[index];
  if (correlation === undefined) return null;
  const run = runCorrelations(set.correlations, matches, tree);
  const material = { ...run.material, titles: set.rules.map(({ meta }) => meta.title) };
  const fired = (run.firings[index] ?? []).map(({ items, at }, i) => ({ events: [...new Set(items.flatMap(({ events }) => events))].slice(0, MOST_SHOWN), at: at.number, group: run.groups[index]?.[i] ?? {} }));
  const untimed = new Set<number>();
  const stages = correlation.references.map((reference): ExplainedStage => {
    const own = reference.kind === "rule" ? (material.matches.get(reference.index) ?? []) : [];
    for (const { ms, event } of own) if (ms === null) untimed.add(event);
    const timed = own.flatMap(({ ms, event }) => (ms === null ? [] : [{ ms, number: event }])).sort((a, b) => a.ms - b.ms || a.number - b.number);
    const records = reference.kind === "rule" ? timed.map(({ number }) => number) : (run.firings[reference.index] ?? []).flatMap(({ items }) => items.flatMap(({ events }) => events));
    const title = reference.kind === "rule" ? set.rules[reference.index]?.meta.title : set.correlations[reference.index]?.meta.title;
    const distinct = [...new Set(records)];
    return { rule: reference.as, title: title ?? reference.as, reached: distinct.length > 0, records: distinct.slice(0, MOST_SHOWN), count: distinct.length };
  });
  return {
    fired,
    stages,
    nearestMiss: fired.length > 0 ? null : findNearestMiss(index, material),
    untimed: untimed.size,
    keyless: run.keyless.find((one) => one.correlation === index)?.records ?? 0,
    unfollowed: tree?.leftOut ?? 0,
  };
}
