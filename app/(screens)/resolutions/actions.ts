"use server";
import { actionResult, type ActionResult } from "@/app/_adapters/action-result";
import type { OverrideFields } from "@/components/resolutions/override-dialog";
import { listCandidateKinds } from "@/lib/operations/list-candidate-kinds";
import { setResolutionOverride } from "@/lib/operations/set-resolution-override";
import { withdrawResolutionOverride } from "@/lib/operations/withdraw-resolution-override";
import type { CandidateKind } from "@/lib/reports/resolution-view";
import { readOverrideFields, readWithdrawal } from "./read-override-fields";

/** Writes an override; gives its version. */
export async function setOverrideAction(fields: OverrideFields): Promise<ActionResult<number>> {
  return actionResult(async (ctx) => (await setResolutionOverride(ctx, readOverrideFields(fields))).version);
}

/** Ends an override; gives the version that says so. */
export async function withdrawOverrideAction(request: { reference: string; platform: string | null; analytic: string | null; reason: string }): Promise<ActionResult<number>> {
  return actionResult(async (ctx) => (await withdrawResolutionOverride(ctx, readWithdrawal(request))).version);
}

/** The record kinds that the dialog offers. */
export async function candidateKindsAction(component: string, platforms: readonly string[]): Promise<ActionResult<readonly CandidateKind[]>> {
  return actionResult((ctx) => listCandidateKinds(ctx, { component: String(component), platforms: [...platforms].map(String) }));
}
