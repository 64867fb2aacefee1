import { listAssessmentRows, type AssessmentRow } from "@/lib/assessment/store";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";

/** Complete assessments, newest first. */
export async function listAssessments(ctx: OperationContext, input: { readonly limit?: number } = {}): Promise<AssessmentRow[]> {
  authorize(ctx, "assessment.read", "none");
  return listAssessmentRows(ctx.db, Math.min(input.limit ?? 500, 5_000));
}
