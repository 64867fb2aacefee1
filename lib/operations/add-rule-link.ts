import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { decideRuleLinks } from "./decide-rule-links";
import { findRuleByWord } from "./rules/find-rule-by-word";

export interface AddedLink {
  readonly analytic: string;
  readonly rule: { readonly id: string; readonly title: string; readonly source: string };
}

/** Links a rule to an analytic by hand, accepted at once. rule: its id, Sigma id or whole title. @throws SightlineError as decideRuleLinks, and for a rule that is not found */
export async function addRuleLink(ctx: OperationContext, request: { readonly rule: string; readonly analytic: string; readonly reason: string }): Promise<AddedLink> {
  authorize(ctx, "rule.link", "none");
  const { id, title, source } = await findRuleByWord(ctx.db, request.rule);
  const analytic = request.analytic.trim().toUpperCase();
  await decideRuleLinks(ctx, { state: "accepted", links: [{ ruleId: id, analytic }], reason: request.reason });
  return { analytic, rule: { id, title, source } };
}
