"use server";
import { actionResult, type ActionResult } from "@/app/_adapters/action-result";
import { startAssessment } from "@/lib/operations/prepare-assessment";

/** Queues an assessment at a time (empty: now). @returns the job's id */
export async function runAssessmentAction(at: string): Promise<ActionResult<string>> {
  return actionResult((ctx) => startAssessment(ctx, at.trim() === "" ? {} : { at: at.trim() }));
}
