import type { ParsedRecord } from "@/lib/events/types";
import { correlate, rulesFeedingOnly } from "./correlate/correlate";
import type { CorrelationResult, RuleMatch } from "./correlate/match-types";
import { ProcessTree } from "./correlate/process-tree";
import { readTreeFact } from "./correlate/sight-process";
import { asksForTree, fieldsByRule, takeMatch } from "./correlate/take-match";
import { viewRecord } from "./evaluate/rule-view";
import { buildRuleEngine } from "./index/rule-engine";
import { routeRules } from "./route/route-rules";
import type { RuleSet } from "./sigma/link-rules";

/** What rules found in a sample. */
export interface DetectionResult extends CorrelationResult {
  readonly matches: readonly { readonly rule: number; readonly event: number }[]; // by event, then rule; without those of rules that only feed correlations
  readonly unrouted: readonly number[]; // rules whose logsource no known kind of record serves
}

/** Rules and correlations over the records of a sample, one after another; records are not kept. */
export function startDetection(set: RuleSet, options: { readonly ignoreLogsource: boolean }) {
  const engine = buildRuleEngine(set.rules);
  const router = routeRules(set.rules, engine, options.ignoreLogsource);
  const hidden = rulesFeedingOnly(set.correlations);
  const asked = fieldsByRule(set.correlations);
  const tree = asksForTree(set.correlations) ? new ProcessTree() : null;
  const matches: { rule: number; event: number }[] = [];
  const material: RuleMatch[] = [];
  return {
    record: (record: ParsedRecord): void => {
      const view = viewRecord(record);
      const host = record.host ?? "";
      const fact = tree === null ? null : readTreeFact(record, host);
      if (fact !== null) tree?.observe(fact);
      for (const rule of engine.match(router.groupOf(record, view), view)) {
        if (!hidden.has(rule)) matches.push({ rule, event: record.number });
        const fields = asked.get(rule);
        if (fields !== undefined) material.push(takeMatch(rule, record, view, host, fields));
      }
    },
    finish: (): DetectionResult => ({ ...correlate(set.correlations, material, { tree }), matches, unrouted: router.unrouted }),
  };
}
