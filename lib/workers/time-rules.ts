import { compileRule } from "@/lib/detection/evaluate/compile-rule";
import { viewRecord } from "@/lib/detection/evaluate/rule-view";
import { accepts, facetsOf } from "@/lib/detection/route/facets-of";
import { sourceOf } from "@/lib/detection/route/source-of";
import type { SigmaRule } from "@/lib/detection/sigma/rule-types";
import type { ParsedRecord } from "@/lib/events/types";

/** What one rule took for the records of a block. */
export interface RuleCost {
  readonly rule: number;
  readonly ms: number;
}

export interface TimeOptions {
  readonly ignoreLogsource: boolean;
  readonly stopped: ReadonlySet<number>;
  readonly from: number; // position of the first rule to look at
  readonly onRule: (rule: number) => void; // told before each: it may not come back
}

const MOST_NAMED = 1_000;

/** Every rule compiled and asked on its own, by the full scan: which of them cost time or memory is then no guess. @returns the slowest first */
export function timeRules(rules: readonly SigmaRule[], records: readonly ParsedRecord[], { ignoreLogsource, stopped, from, onRule }: TimeOptions): RuleCost[] {
  const seen = records.map((record) => {
    const view = viewRecord(record);
    return { view, facets: ignoreLogsource ? null : facetsOf(sourceOf(record, view)) };
  });
  const costs: RuleCost[] = [];
  for (const [index, rule] of rules.entries()) {
    if (index < from || stopped.has(index)) continue;
    onRule(index);
    const began = performance.now();
    // Of a copy: what is compiled stays with its rule, and every rule is to be charged with its own memory alone.
    const matches = compileRule({ detections: structuredClone(rule.detections), condition: rule.condition });
    for (const { view, facets } of seen) if (facets === null || accepts(rule.logsource, facets)) matches(view);
    costs.push({ rule: index, ms: performance.now() - began });
  }
  return costs.sort((a, b) => b.ms - a.ms).slice(0, MOST_NAMED);
}
