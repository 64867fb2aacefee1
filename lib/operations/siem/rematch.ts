import { listRules } from "@/lib/detection/rules/store";
import { matchRules } from "@/lib/detection/siem/match-rules";
import { followMatches, listSiemRules, setMatches } from "@/lib/detection/siem/store";
import type { Tx } from "@/lib/db/client";

/**
 * Looks again which of our rules the listed ones are, where that is open or the rule is gone, and lets alerts follow. After rules were
 * imported, and after lists were; what somebody decided by hand stays.
 */
export async function rematchSiem(tx: Tx): Promise<void> {
  const listed = await listSiemRules(tx);
  const rules = listed.length === 0 ? [] : await listRules(tx, {});
  const there = new Set(rules.map(({ id }) => id));
  const open = listed.filter(({ ruleId, matchedBy }) => matchedBy !== "hand" && (ruleId === null || !there.has(ruleId)));
  const matcher = matchRules(rules);
  // The words of a description are not stored: a rule that was matched by them stays matched as long as it is there.
  const found = open.map((row) => ({ id: row.id, before: row.ruleId, ...matcher.byRule({ ...row, about: "" }) })).filter(({ before, ruleId }) => before !== ruleId);
  await setMatches(tx, found);
  await followMatches(tx);
}
