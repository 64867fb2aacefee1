"use server";
import { actionResult, type ActionResult } from "@/app/_adapters/action-result";
import { startRuleCheck } from "@/lib/operations/prepare-rule-check";

/** Starts a run of can-it-fire; gives its job. */
export async function startCheckAction(): Promise<ActionResult<string>> {
  return actionResult((ctx) => startRuleCheck(ctx));
}
