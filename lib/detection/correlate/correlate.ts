import type { LinkedCorrelation } from "../sigma/link-rules";
import { collectItems, type Material } from "./collect-items";
import { groupItems, specOf } from "./group-items";
import { compareMoments, type CorrelationResult, type Fired, type Firing, type RuleMatch } from "./match-types";
import type { ProcessTree } from "./process-tree";
import { runGroup } from "./run-group";

export interface CorrelateOptions {
  /** Who started whom in the sample; without it, records have no sightline.process, .parent and .lineage. */
  readonly tree?: ProcessTree | null;
  /** Told before each correlation is run: whoever watches the time knows which one it is. */
  readonly onCorrelation?: (index: number) => void;
}

/**
 * Correlations of Sigma 2.1 over the matches of their rules in a sample, by event time: records that came late are looked at
 * where they belong. docs/sigma.md ("Correlations") states every choice the specification leaves open.
 *
 * @param correlations of a RuleSet: each behind those it refers to
 * @param matches in any order, with the values that fieldsByRule names (take-match.ts)
 * @returns firings in the order of their completion, and what took no part
 */
export function correlate(correlations: readonly LinkedCorrelation[], matches: readonly RuleMatch[], options: CorrelateOptions = {}): CorrelationResult {
  const { material, firings, groups, keyless } = runCorrelations(correlations, matches, options.tree ?? null, options.onCorrelation);
  const inner = new Set(correlations.filter(({ generate }) => !generate).flatMap(({ references }) => references.flatMap(({ kind, index }) => (kind === "correlation" ? [index] : []))));
  const fired = correlations.flatMap(({ meta }, index) =>
    (firings[index] ?? []).map((firing, i): { order: Firing; shown: Fired } => ({
      order: firing,
      shown: { correlation: index, title: meta.title, events: eventsOf(firing), at: firing.at.number, atMs: firing.at.ms, group: groups[index]?.[i] ?? {}, inner: inner.has(index) },
    })),
  );
  fired.sort((a, b) => compareMoments(a.order.at, b.order.at) || a.shown.correlation - b.shown.correlation || compareText(JSON.stringify(a.shown.group), JSON.stringify(b.shown.group)));
  const asked = new Set(correlations.flatMap(({ references }) => references.flatMap(({ kind, index }) => (kind === "rule" ? [index] : []))));
  const untimed = new Set([...material.matches].flatMap(([rule, own]) => (asked.has(rule) ? own.filter(({ ms }) => ms === null).map(({ event }) => event) : []))).size;
  return { fired: fired.map(({ shown }) => shown), untimed, keyless };
}

/** Rules whose own matches are not shown, because they only feed correlations (none of which says `generate: true`). */
export function rulesFeedingOnly(correlations: readonly LinkedCorrelation[]): ReadonlySet<number> {
  const ofRules = (wanted: boolean): number[] => correlations.filter(({ generate }) => generate === wanted).flatMap(({ references }) => references.flatMap(({ kind, index }) => (kind === "rule" ? [index] : [])));
  const generated = new Set(ofRules(true));
  return new Set(ofRules(false).filter((rule) => !generated.has(rule)));
}

/** All correlations, inner ones first, with what an explanation needs beside the firings. */
export function runCorrelations(correlations: readonly LinkedCorrelation[], matches: readonly RuleMatch[], tree: ProcessTree | null, onCorrelation?: (index: number) => void) {
  const firings: Firing[][] = [];
  const groups: Readonly<Record<string, string>>[][] = [];
  const keyless: { correlation: number; records: number }[] = [];
  const material: Material = { correlations, matches: byRule(matches), firings, tree };
  for (const [index, correlation] of correlations.entries()) {
    onCorrelation?.(index);
    const spec = specOf(correlation);
    const grouped = groupItems(spec, correlation.groupBy, collectItems(correlation, material));
    const own = grouped.groups.flatMap((group) => runGroup(spec, group.items).map((firing) => ({ firing, shown: group.shown })));
    firings.push(own.map(({ firing }) => firing));
    groups.push(own.map(({ shown }) => shown));
    const records = new Set(grouped.keyless.flatMap(({ events }) => events)).size;
    if (records > 0) keyless.push({ correlation: index, records });
  }
  return { material, firings, groups, keyless };
}

function byRule(matches: readonly RuleMatch[]): ReadonlyMap<number, readonly RuleMatch[]> {
  const found = new Map<number, RuleMatch[]>();
  for (const match of matches) {
    const own = found.get(match.rule);
    if (own === undefined) found.set(match.rule, [match]);
    else own.push(match);
  }
  return found;
}

function eventsOf({ items }: Firing): number[] {
  return [...new Set([...items].sort((a, b) => compareMoments(a.first, b.first)).flatMap(({ events }) => events))];
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
