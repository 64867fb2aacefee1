import { findAssessmentRow, readAssessmentSegments } from "@/lib/assessment/store";
import type { StoredSegment } from "@/lib/assessment/stored-result";
import type { SegmentSummary } from "@/lib/inventory/types";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { listSegments } from "./list-segments";

/** A segment with its numbers in an assessment; assessed null: it was not part of it. */
export interface SegmentListRow {
  readonly segment: SegmentSummary;
  readonly assessed: StoredSegment | null;
}

/** Segments, retired ones last, with their numbers in an assessment (null: the newest, if any). @throws SightlineError NOT_FOUND */
export async function getSegmentsView(ctx: OperationContext, assessment: number | null): Promise<readonly SegmentListRow[]> {
  authorize(ctx, "segment.read", "none");
  const [segments, row] = await Promise.all([listSegments(ctx, { retired: true }), findAssessmentRow(ctx.db, assessment)]);
  if (row === null && assessment !== null) throw new SightlineError("NOT_FOUND", `There is no assessment ${assessment}.`);
  const assessed = new Map(row === null ? [] : (await readAssessmentSegments(ctx.db, row.id)).map(({ id, doc }) => [id, doc]));
  return segments.map((segment) => ({ segment, assessed: assessed.get(segment.id) ?? null })).sort((a, b) => Number(a.segment.retiredAt !== null) - Number(b.segment.retiredAt !== null));
}
