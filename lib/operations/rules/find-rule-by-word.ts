import { findRule, listRules } from "@/lib/detection/rules/store";
import type { StoredRule } from "@/lib/detection/rules/stored-rule";
import type { Db } from "@/lib/db/client";
import { SightlineError } from "@/lib/shared/errors";

/**
 * The rule that a person means: by our id, by its Sigma id, or by its whole title.
 *
 * @throws SightlineError NOT_FOUND, or CONFLICT where several sources have it
 */
export async function findRuleByWord(db: Db, word: string): Promise<StoredRule> {
  const wanted = word.trim();
  const own = await findRule(db, wanted);
  if (own !== null) return own;
  const byId = await listRules(db, { sigmaIds: [wanted] });
  const found = byId.length > 0 ? byId : (await listRules(db, { text: wanted })).filter(({ title }) => title.toLowerCase() === wanted.toLowerCase());
  const [rule, second] = found;
  if (rule === undefined) throw new SightlineError("NOT_FOUND", `There is no rule "${wanted}".`, { field: "rule", remedy: "Give its id, its Sigma id or its whole title; see sightline rules list." });
  if (second !== undefined) throw new SightlineError("CONFLICT", `${found.length} rules are called "${wanted}", in ${[...new Set(found.map(({ source }) => source))].join(", ")}.`, { field: "rule", remedy: `Give the id of one: ${found.map(({ id }) => id).slice(0, 5).join(", ")}.` });
  return rule;
}
