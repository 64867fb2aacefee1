import { correlationReferences, serveAnalytics } from "@/lib/detection/rules/serve-analytics";
import { listRuleLinks, listRules, listRuleTexts } from "@/lib/detection/rules/store";
import type { Db } from "@/lib/db/client";

/** The analytics that every rule serves, stages of correlations included. */
export async function readServedAnalytics(db: Db): Promise<ReadonlyMap<string, readonly string[]>> {
  const linked = new Map<string, string[]>();
  for (const { ruleId, analytic } of await listRuleLinks(db, { state: "accepted" })) linked.set(ruleId, [...(linked.get(ruleId) ?? []), analytic]);
  const correlations = await listRules(db, { kinds: ["correlation"] });
  if (correlations.length === 0) return linked;
  const texts = new Map((await listRuleTexts(db, { ruleIds: correlations.map(({ id }) => id) })).map(({ sourceId, path, text }) => [`${sourceId} ${path}`, text]));
  const referring = correlations.map((one) => ({ ...one, refersTo: correlationReferences(texts.get(`${one.sourceId} ${one.path}`) ?? "", one.position) }));
  const words = [...new Set(referring.flatMap(({ refersTo }) => refersTo))];
  return serveAnalytics([...correlations, ...(await listRules(db, { sourceIds: [...new Set(correlations.map(({ sourceId }) => sourceId))], calledAny: words }))], referring, linked);
}
