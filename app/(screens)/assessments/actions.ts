"use server";
import { actionResult, type ActionResult } from "@/app/_adapters/action-result";
import { startAssessment } from "@/lib/operations/prepare-assessment";
import { startComparison } from "@/lib/operations/start-comparison";

/** Queues an assessment at a time (empty: now). @returns the job's id */
export async function runAssessmentAction(at: string): Promise<ActionResult<string>> {
  return actionResult((ctx) => startAssessment(ctx, at.trim() === "" ? {} : { at: at.trim() }));
}

/** Queues the computation of a difference that a page does not wait for. @returns the job's id */
export async function startComparisonAction(a: number, b: number): Promise<ActionResult<string>> {
  return actionResult((ctx) => startComparison(ctx, { a, b }));
}
