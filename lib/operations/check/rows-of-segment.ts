import { rulePopulation } from "@/lib/detection/check/rule-population";
import type { SegmentVerdicts } from "@/lib/detection/check/check-rules";
import type { Verdict } from "@/lib/detection/check/check-types";
import { NOTHING_FOUND, type CheckedSegment, type StoredCheck } from "@/lib/detection/check/stored-check";
import type { StoredRule } from "@/lib/detection/rules/stored-rule";
import type { StoredRuleSet } from "./read-rule-set";

/**
 * The rows of one segment: verdicts under the ids of their rules, what is refused everywhere, and rules whose placeholders have no value here.
 *
 * @param unset placeholders of a rule without a value in this segment
 */
export function rowsOfSegment(stored: StoredRuleSet, verdicts: SegmentVerdicts, segment: CheckedSegment, unset: (rule: StoredRule) => readonly string[]): StoredCheck[] {
  const found = new Map<string, Verdict>();
  for (const [i, verdict] of verdicts.rules.entries()) remember(found, stored.rules[i], verdict);
  for (const [i, verdict] of verdicts.correlations.entries()) remember(found, stored.correlations[i], verdict);
  return stored.all.map((rule): StoredCheck => {
    const about = { ruleId: rule.id, segmentId: segment.id, hostsOf: rulePopulation(rule, segment) };
    const verdict = found.get(rule.id);
    if (rule.refusal !== null || verdict === undefined) return { ...about, state: "refused", field: null, hosts: 0, detail: NOTHING_FOUND };
    const open = unset(rule);
    if (open.length > 0) return { ...about, state: "refused", field: null, hosts: 0, detail: { ...NOTHING_FOUND, unset: [...open] } };
    const { state, lacking, kinds, hosts, records, newest, examples, wanted, stage } = verdict;
    return {
      ...about,
      state,
      field: lacking[0]?.field ?? null,
      hosts: Math.min(hosts.size, about.hostsOf),
      detail: { kinds: [...kinds], lacking: [...lacking], records, newest: newest === null ? null : new Date(newest).toISOString(), examples, wanted: [...wanted], stage, unset: [] },
    };
  });
}

function remember(found: Map<string, Verdict>, rule: StoredRule | null | undefined, verdict: Verdict): void {
  if (rule !== null && rule !== undefined) found.set(rule.id, verdict);
}
