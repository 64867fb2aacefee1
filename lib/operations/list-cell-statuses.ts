import { readAnalyticIds, readAssessmentSegments, readCells, readNotApplicable, type AssessmentSegmentRow } from "@/lib/assessment/store";
import type { CellRow } from "@/lib/assessment/stored-cells";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { findAssessment } from "./find-assessment";

export interface CellStatuses {
  readonly assessment: number;
  readonly analytics: readonly string[]; // every assessed analytic; without a cell in a segment it is not applicable there
  readonly segments: readonly AssessmentSegmentRow[];
  readonly cells: readonly Omit<CellRow, "detailId" | "lines">[];
  readonly notApplicable: ReadonlyMap<number, ReadonlyMap<string, string>>; // segment position -> analytic -> why
}

/** Status, score, reach and flags of every applicable cell, without their reasons: what tables and matrices draw. */
export async function listCellStatuses(ctx: OperationContext, id: number | null): Promise<CellStatuses> {
  authorize(ctx, "assessment.read", "none");
  const assessment = await findAssessment(ctx, id);
  const segments = (await readAssessmentSegments(ctx.db, assessment.id)).filter((segment) => ctx.segments === "all" || ctx.segments.includes(segment.id));
  const analytics = await readAnalyticIds(ctx.db, assessment.id);
  const cells = await readCells(ctx.db, assessment.id, { segments: segments.map((segment) => segment.position) });
  return { assessment: assessment.id, analytics, segments, cells: cells.map(({ detailId: _, lines: __, ...cell }) => cell), notApplicable: await readNotApplicable(ctx.db, assessment.id, analytics) };
}
