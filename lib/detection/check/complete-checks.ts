import { rulePopulation } from "./rule-population";
import { NOTHING_FOUND, type CheckRun, type StoredCheck } from "./stored-check";
import type { SigmaLogsource } from "../sigma/rule-types";

/** What a run says about a rule: it must have been there, as it is now, when the run looked. */
export interface CheckedRule extends SigmaLogsource {
  readonly id: string;
  readonly changedAt: string; // ISO 8601
}

/**
 * Every pair of the rules and of the segments that a run looked at: pairs without a row are no-source. Rules that came or changed after the
 * run have no answer in it.
 */
export function completeChecks<R extends CheckedRule>(run: CheckRun, rules: readonly R[], rows: readonly StoredCheck[], segmentIds: "all" | readonly string[] = "all"): { readonly rule: R; readonly check: StoredCheck }[] {
  const byPair = new Map(rows.map((row) => [`${row.ruleId} ${row.segmentId}`, row]));
  const segments = run.segments.filter(({ id }) => segmentIds === "all" || segmentIds.includes(id));
  return rules
    .filter((rule) => isCovered(run, rule))
    .flatMap((rule) =>
      segments.map((segment) => ({
        rule,
        check: byPair.get(`${rule.id} ${segment.id}`) ?? { ruleId: rule.id, segmentId: segment.id, state: "no-source", field: null, hosts: 0, hostsOf: rulePopulation(rule, segment), detail: NOTHING_FOUND },
      })),
    );
}

/** Whether a run judged this rule as it stands now. */
export function isCovered(run: Pick<CheckRun, "at">, rule: Pick<CheckedRule, "changedAt">): boolean {
  return rule.changedAt <= run.at;
}
