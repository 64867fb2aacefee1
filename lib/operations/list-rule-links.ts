import { LINK_STATES, type LinkState, type RuleLinkRow } from "@/lib/detection/rules/rule-link";
import { listRuleLinks as listStoredLinks, listRules } from "@/lib/detection/rules/store";
import type { StoredRule } from "@/lib/detection/rules/stored-rule";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { findRuleByWord } from "./rules/find-rule-by-word";

/** A link with what people need of its rule; its author and licence stay beside it. */
export interface RuleLinkView extends RuleLinkRow {
  readonly rule: Pick<StoredRule, "id" | "sigmaId" | "title" | "source" | "kind" | "level" | "status" | "author" | "license" | "product" | "category" | "service" | "refusal" | "placeholders">;
}

export interface RuleLinkQuery {
  readonly state?: string;
  readonly analytics?: readonly string[];
  readonly rule?: string; // id, Sigma id or title
  readonly source?: string;
  readonly level?: string;
}

/** Links between rules and analytics that a query finds, by analytic and title. @throws SightlineError INVALID for an unknown state, NOT_FOUND for an unknown rule */
export async function listRuleLinks(ctx: OperationContext, query: RuleLinkQuery = {}): Promise<RuleLinkView[]> {
  authorize(ctx, "rule.read", "none");
  const state = LINK_STATES.find((one) => one === query.state);
  if (query.state !== undefined && state === undefined) throw new SightlineError("INVALID", `"${query.state}" is not a state of a link.`, { field: "state", remedy: `Known are ${LINK_STATES.join(", ")}.` });
  const links = await listStoredLinks(ctx.db, {
    ...(state === undefined ? {} : { state }),
    ...(query.analytics === undefined ? {} : { analytics: query.analytics.map((id) => id.trim().toUpperCase()) }),
    ...(query.rule === undefined ? {} : { ruleIds: [(await findRuleByWord(ctx.db, query.rule)).id] }),
  });
  const ids = new Set(links.map(({ ruleId }) => ruleId));
  const rules = new Map((await listRules(ctx.db, ids.size < 500 ? { ids: [...ids] } : {})).map((rule) => [rule.id, rule]));
  return links
    .flatMap((link) => {
      const rule = rules.get(link.ruleId);
      const asked = rule !== undefined && (query.source === undefined || rule.source === query.source) && (query.level === undefined || rule.level === query.level);
      return asked ? [{ ...link, rule }] : [];
    })
    .sort((a, b) => (a.analytic === b.analytic ? compare(a.rule.title, b.rule.title) : compare(a.analytic, b.analytic)));
}

export type { LinkState };

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
