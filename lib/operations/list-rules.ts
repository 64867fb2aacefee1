import { countRules, listRules as listStoredRules, listRuleLinks, type Page, type RuleFilter } from "@/lib/detection/rules/store";
import type { StoredRule } from "@/lib/detection/rules/stored-rule";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";

/** A rule with the analytics it serves and those it is proposed for. */
export interface ListedRule extends StoredRule {
  readonly analytics: readonly string[]; // accepted
  readonly proposed: readonly string[];
}

/** Rules by a filter with their links, and how many the filter finds in all. */
export async function listRules(ctx: OperationContext, filter: RuleFilter = {}, page?: Page): Promise<{ readonly rules: readonly ListedRule[]; readonly found: number }> {
  authorize(ctx, "rule.read", "none");
  const rules = await listStoredRules(ctx.db, filter, page);
  const links = await listRuleLinks(ctx.db, page === undefined ? {} : { ruleIds: rules.map(({ id }) => id) });
  const accepted = new Map<string, string[]>();
  const proposed = new Map<string, string[]>();
  for (const { ruleId, analytic, state } of links) {
    const into = state === "accepted" ? accepted : state === "proposed" ? proposed : null;
    into?.set(ruleId, [...(into.get(ruleId) ?? []), analytic]);
  }
  return {
    rules: rules.map((rule) => ({ ...rule, analytics: accepted.get(rule.id) ?? [], proposed: proposed.get(rule.id) ?? [] })),
    found: page === undefined ? rules.length : await countRules(ctx.db, filter),
  };
}
