"use server";
import { z } from "zod";
import { actionResult, type ActionResult } from "@/app/_adapters/action-result";
import { addExclusion, type ExclusionRequest } from "@/lib/operations/add-exclusion";
import { previewPolicy, type PolicyEffect } from "@/lib/operations/preview-policy";
import { setPolicy } from "@/lib/operations/set-policy";
import { withdrawExclusion } from "@/lib/operations/withdraw-exclusion";

const settingsSchema = z.array(z.string().max(100)).max(20);
const text = z.string().max(5_000);
const exclusionSchema = z.object({ analytic: text, segment: text, reason: text, owner: text, expires: text });

/** What a changed policy would do to today's numbers; nothing is stored. */
export async function previewPolicyAction(settings: readonly string[]): Promise<ActionResult<PolicyEffect>> {
  return actionResult((ctx) => previewPolicy(ctx, settingsSchema.parse(settings)));
}

/** Writes the next version of the policy; gives its number. */
export async function setPolicyAction(settings: readonly string[], reason: string): Promise<ActionResult<number>> {
  return actionResult(async (ctx) => (await setPolicy(ctx, { settings: settingsSchema.parse(settings), reason: text.parse(reason) })).version);
}

/** Takes a cell out of the denominator for a time; gives the analytic. */
export async function addExclusionAction(request: ExclusionRequest): Promise<ActionResult<string>> {
  return actionResult(async (ctx) => (await addExclusion(ctx, exclusionSchema.parse(request))).analytic);
}

/** Ends an exclusion before its last day; gives its id. */
export async function withdrawExclusionAction(id: string, reason: string): Promise<ActionResult<string>> {
  return actionResult(async (ctx) => {
    await withdrawExclusion(ctx, { id: text.parse(id), reason: text.parse(reason) });
    return id;
  });
}
