import { listPackManifests } from "@/lib/detection/packs/store";
import { listRules, listRulesOfAnalytic } from "@/lib/detection/rules/store";
import { elementPlaceholders, rulePlaceholders } from "@/lib/detection/tuning/element-placeholders";
import type { Placeholder } from "@/lib/detection/tuning/rule-tuning";
import { SightlineError } from "@/lib/shared/errors";
import type { OperationContext } from "../context";
import { loadRuleScopes } from "../tests/load-rule-scopes";

/** What can be tuned for an analytic: the elements of its pack, and the placeholders of the imported rules that serve it. */
export async function listPlaceholders(ctx: Pick<OperationContext, "db">, analytic: string): Promise<Placeholder[]> {
  const elements = (await listPackManifests(ctx.db, [analytic])).flatMap(elementPlaceholders);
  const scopes = await loadRuleScopes(ctx, await listRulesOfAnalytic(ctx.db, analytic));
  const known = new Set(elements.map(({ name }) => name));
  const ofRules = scopes.flatMap(({ manifest, placeholders }) => (manifest === null ? placeholders : [])).filter((name) => !known.has(name));
  return [...elements, ...rulePlaceholders(ofRules)];
}

/**
 * One of them by its name, whatever its case; scope "": of any imported rule.
 *
 * @throws SightlineError NOT_FOUND naming those that there are
 */
export async function findPlaceholder(ctx: Pick<OperationContext, "db">, scope: string, name: string): Promise<Placeholder> {
  const known = scope === "" ? rulePlaceholders((await listRules(ctx.db)).flatMap(({ placeholders }) => placeholders)) : await listPlaceholders(ctx, scope);
  const wanted = name.trim().replace(/^%|%$/g, "").toLowerCase();
  const found = known.find((one) => one.name.toLowerCase() === wanted);
  if (found !== undefined) return { ...found, scope };
  const names = known.map((one) => one.name).join(", ");
  throw new SightlineError("NOT_FOUND", scope === "" ? `No imported rule asks for %${wanted}%.` : `Neither the pack of ${scope} nor a rule linked to it asks for "${name.trim()}".`, { field: "name", remedy: names === "" ? (scope === "" ? "No rule has a placeholder." : "Nothing of it can be tuned.") : `Known are ${names}.` });
}
