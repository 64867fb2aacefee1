import { rulePopulation } from "@/lib/detection/check/rule-population";
import { NOTHING_FOUND, type CheckedSegment, type StoredCheck } from "@/lib/detection/check/stored-check";
import type { StoredRule } from "@/lib/detection/rules/stored-rule";
import type { SentVerdict } from "@/lib/workers/check-messages";

/**
 * The rows of one segment: verdicts under the ids of their rules, what is refused everywhere, and rules whose placeholders have no value here.
 *
 * @param verdictOf what was found of a rule
 * @param unset placeholders of a rule without a value in this segment
 */
export function rowsOfSegment(rules: readonly StoredRule[], verdictOf: (rule: StoredRule) => SentVerdict | undefined, segment: CheckedSegment, unset: (rule: StoredRule) => readonly string[]): StoredCheck[] {
  return rules.map((rule): StoredCheck => {
    const about = { ruleId: rule.id, segmentId: segment.id, hostsOf: rulePopulation(rule, segment) };
    const verdict = verdictOf(rule);
    if (rule.refusal !== null || verdict === undefined) return { ...about, state: "refused", field: null, hosts: 0, detail: NOTHING_FOUND };
    const open = unset(rule);
    if (open.length > 0) return { ...about, state: "refused", field: null, hosts: 0, detail: { ...NOTHING_FOUND, unset: [...open] } };
    const { state, lacking, kinds, hosts, records, newest, examples, wanted, stage } = verdict;
    return {
      ...about,
      state,
      field: lacking[0]?.field ?? null,
      hosts: Math.min(hosts, about.hostsOf),
      detail: { kinds: [...kinds], lacking: [...lacking], records, newest: newest === null ? null : new Date(newest).toISOString(), examples, wanted: [...wanted], stage, unset: [] },
    };
  });
}

/** The same rows, with those of rules that took more than a rule may as refused. Of earlier segments too: the same rule has one answer. */
export function refuseExceeded(rows: readonly StoredCheck[], exceeded: ReadonlyMap<string, string>): StoredCheck[] {
  return rows.map((row) => {
    const why = exceeded.get(row.ruleId);
    return why === undefined ? row : { ...row, state: "refused", field: null, hosts: 0, detail: { ...NOTHING_FOUND, exceeded: why } };
  });
}
