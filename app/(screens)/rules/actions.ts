"use server";
import { actionResult, type ActionResult } from "@/app/_adapters/action-result";
import { addRuleLink } from "@/lib/operations/add-rule-link";
import { decideRuleLinks } from "@/lib/operations/decide-rule-links";
import { importFieldMapping, type FieldMappingImport } from "@/lib/operations/import-field-mapping";
import { removeRuleSource } from "@/lib/operations/remove-rule-source";
import { withdrawFieldMapping } from "@/lib/operations/withdraw-field-mapping";
import { readLinkDecision, readLinkToAdd, readMappingFile, readMappingWithdrawal } from "./read-rule-requests";

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

/** Takes over the renames of a processing pipeline; gives what was written and what was refused. */
export async function loadMappingAction(request: { fileName: string; text: string; reason: string }): Promise<ActionResult<FieldMappingImport>> {
  return actionResult((ctx) => importFieldMapping(ctx, readMappingFile(request)));
}

/** Ends the renames of a logsource; gives the version that says so. */
export async function withdrawMappingAction(request: { scope: string; reason: string }): Promise<ActionResult<number>> {
  return actionResult((ctx) => withdrawFieldMapping(ctx, readMappingWithdrawal(request)));
}
