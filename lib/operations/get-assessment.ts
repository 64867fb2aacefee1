import { readAssessmentSegments, type AssessmentRow, type AssessmentSegmentRow } from "@/lib/assessment/store";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { findAssessment } from "./find-assessment";

export interface AssessmentView {
  readonly assessment: AssessmentRow;
  readonly segments: readonly AssessmentSegmentRow[]; // by name; those the actor may see
}

/** One assessment with its segments; the newest when id is null. @throws SightlineError NOT_FOUND */
export async function getAssessment(ctx: OperationContext, id: number | null): Promise<AssessmentView> {
  authorize(ctx, "assessment.read", "none");
  const assessment = await findAssessment(ctx, id);
  const segments = (await readAssessmentSegments(ctx.db, assessment.id)).filter((segment) => ctx.segments === "all" || ctx.segments.includes(segment.id));
  return { assessment, segments };
}
