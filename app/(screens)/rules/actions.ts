"use server";
import { actionResult, type ActionResult } from "@/app/_adapters/action-result";
import { addRuleLink } from "@/lib/operations/add-rule-link";
import { decideRuleLinks } from "@/lib/operations/decide-rule-links";
import { removeRuleSource } from "@/lib/operations/remove-rule-source";
import { readLinkDecision, readLinkToAdd } from "./read-link-requests";

/** Accepts or rejects links; gives how many. */
export async function decideLinksAction(request: { state: "accepted" | "rejected"; links: readonly { ruleId: string; analytic: string }[]; reason: string }): Promise<ActionResult<number>> {
  return actionResult((ctx) => decideRuleLinks(ctx, readLinkDecision(request)));
}

/** Links a rule to an analytic by hand. */
export async function addLinkAction(request: { rule: string; analytic: string; reason: string }): Promise<ActionResult<number>> {
  return actionResult(async (ctx) => {
    await addRuleLink(ctx, readLinkToAdd(request));
    return 1;
  });
}

/** Takes the rules of a source out of every later evaluation; gives how many. */
export async function removeSourceAction(name: string): Promise<ActionResult<number>> {
  return actionResult((ctx) => removeRuleSource(ctx, String(name)));
}
