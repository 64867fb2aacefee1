import type { ParsedRecord } from "@/lib/events/types";
import { rulesFeedingOnly } from "./correlate/correlate";
import type { RuleMatch } from "./correlate/match-types";
import { readTreeFact, type TreeFact } from "./correlate/sight-process";
import { asksForTree, fieldsByRule, takeMatch } from "./correlate/take-match";
import { viewRecord } from "./evaluate/rule-view";
import { buildRuleEngine, type RuleEngine } from "./index/rule-engine";
import { routeRules, type Router } from "./route/route-rules";
import { watchFields, type FieldLook } from "./route/watch-fields";
import type { RuleSet } from "./sigma/link-rules";

/** Where the findings of single records go; every one is plain data, so that threads can send it. */
export interface MatchSink {
  match(rule: number, event: number): void; // not of rules that only feed correlations
  material(match: RuleMatch): void; // of rules that correlations refer to
  fact(fact: TreeFact): void; // who started whom, where a correlation asks for it
}

export interface MatchOptions {
  readonly ignoreLogsource: boolean;
  readonly stopped?: ReadonlySet<number>; // positions of rules that are not asked (any more)
}

interface Prepared {
  readonly engine: RuleEngine;
  readonly router: Router;
}

const prepared = new WeakMap<RuleSet, Map<boolean, Prepared>>(); // goes with the set

/** The engine of a whole set is built once, however many samples it is asked about: it answers one record at a time, and keeps nothing of it. */
function prepareRules(set: RuleSet, rules: RuleSet["rules"], ignoreLogsource: boolean): Prepared {
  const own = prepared.get(set) ?? new Map<boolean, Prepared>();
  const known = rules.length === set.rules.length ? own.get(ignoreLogsource) : undefined;
  if (known !== undefined) return known;
  const engine = buildRuleEngine(rules);
  const made = { engine, router: routeRules(rules, engine, ignoreLogsource) };
  if (rules.length === set.rules.length) prepared.set(set, own.set(ignoreLogsource, made));
  return made;
}

/** Single rules over the records of a sample, one after another: what needs no look at other records. */
export function startMatching(set: RuleSet, { ignoreLogsource, stopped = new Set() }: MatchOptions, sink: MatchSink) {
  const kept = set.rules.flatMap((rule, position) => (stopped.has(position) ? [] : [{ rule, position }]));
  const rules = kept.map(({ rule }) => rule);
  const { engine, router } = prepareRules(set, rules, ignoreLogsource);
  const hidden = rulesFeedingOnly(set.correlations);
  const asked = fieldsByRule(set.correlations);
  const tree = asksForTree(set.correlations);
  const watching = watchFields(rules, router);
  const positionOf = (index: number): number => kept[index]?.position ?? -1;
  return {
    unrouted: router.unrouted.map(positionOf), // rules whose logsource no known kind of record serves
    /** Looks at which fields that rules ask for the record answers; shown to every rule, it says nothing of any. */
    watch: (record: ParsedRecord): void => {
      if (!ignoreLogsource) watching.record(record, viewRecord(record));
    },
    takeLooks: (): FieldLook[] => watching.take().map((look) => ({ ...look, gaps: look.gaps.map((gap) => ({ ...gap, rules: gap.rules.map(positionOf) })) })),
    /** @param host as the import chooses it, "" when unknown */
    record: (record: ParsedRecord, host: string): void => {
      const view = viewRecord(record);
      const fact = tree ? readTreeFact(record, host) : null;
      if (fact !== null) sink.fact(fact);
      for (const index of engine.match(router.groupOf(record, view), view)) {
        const rule = positionOf(index);
        if (!hidden.has(rule)) sink.match(rule, record.number);
        const fields = asked.get(rule);
        if (fields !== undefined) sink.material(takeMatch(rule, record, view, host, fields));
      }
    },
  };
}
