import { readAssessmentSegments, readGaps, type AssessmentRow, type AssessmentSegmentRow } from "@/lib/assessment/store";
import { gapSchema, type Gap } from "@/lib/gaps/rank-gaps";
import { z } from "zod";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { findAssessment } from "./find-assessment";

export interface AssessmentView {
  readonly assessment: AssessmentRow;
  readonly segments: readonly AssessmentSegmentRow[]; // by name; those the actor may see
  readonly gaps: readonly Gap[]; // largest first; of those segments
}

/** One assessment with its segments and largest gaps; the newest when id is null. @throws SightlineError NOT_FOUND */
export async function getAssessment(ctx: OperationContext, id: number | null): Promise<AssessmentView> {
  authorize(ctx, "assessment.read", "none");
  const assessment = await findAssessment(ctx, id);
  const maySee = (segmentId: string): boolean => ctx.segments === "all" || ctx.segments.includes(segmentId);
  const segments = (await readAssessmentSegments(ctx.db, assessment.id)).filter((segment) => maySee(segment.id));
  const gaps = z.array(gapSchema).parse(await readGaps(ctx.db, assessment.id)).filter((gap) => maySee(gap.segmentId));
  return { assessment, segments, gaps };
}
