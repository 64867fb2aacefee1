import type { ParsedRecord } from "@/lib/events/types";
import { correlate } from "./correlate/correlate";
import type { CorrelationResult, RuleMatch } from "./correlate/match-types";
import { ProcessTree } from "./correlate/process-tree";
import { asksForTree } from "./correlate/take-match";
import type { RuleSet } from "./sigma/link-rules";
import { startMatching } from "./start-matching";

/** What rules found in a sample. */
export interface DetectionResult extends CorrelationResult {
  readonly matches: readonly { readonly rule: number; readonly event: number }[]; // by event, then rule; without those of rules that only feed correlations
  readonly unrouted: readonly number[]; // rules whose logsource no known kind of record serves
}

/**
 * Rules and correlations over the records of a sample, one after another, in the thread that asks; records are not kept.
 * Rules of strangers belong into threads with limits: lib/operations/detection/evaluate-in-workers.ts.
 */
export function startDetection(set: RuleSet, options: { readonly ignoreLogsource: boolean }) {
  const tree = asksForTree(set.correlations) ? new ProcessTree() : null;
  const matches: { rule: number; event: number }[] = [];
  const material: RuleMatch[] = [];
  const matching = startMatching(set, options, {
    match: (rule, event) => void matches.push({ rule, event }),
    material: (match) => void material.push(match),
    fact: (fact) => tree?.observe(fact),
  });
  return {
    /** @param host as the import chose it; without it the record's own */
    record: (record: ParsedRecord, host = record.host ?? ""): void => matching.record(record, host),
    finish: (): DetectionResult => ({ ...correlate(set.correlations, material, { tree }), matches, unrouted: matching.unrouted }),
  };
}
