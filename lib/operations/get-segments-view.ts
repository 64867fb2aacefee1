import { findAssessmentRow, readAssessmentSegments } from "@/lib/assessment/store";
import type { StoredSegment } from "@/lib/assessment/stored-result";
import type { SegmentSummary } from "@/lib/inventory/types";
import { standAgainstTarget, type TargetStand } from "@/lib/reports/target-stand";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { listSegments } from "./list-segments";

/** A segment with its numbers in an assessment; assessed null: it was not part of it. */
export interface SegmentListRow {
  readonly segment: SegmentSummary;
  readonly assessed: StoredSegment | null;
  readonly target: TargetStand | null; // the one that holds now, against that assessment
}

/** Segments, retired ones last, with their numbers in an assessment (null: the newest, if any). @throws SightlineError NOT_FOUND */
export async function getSegmentsView(ctx: OperationContext, assessment: number | null): Promise<readonly SegmentListRow[]> {
  authorize(ctx, "segment.read", "none");
  const [segments, row] = await Promise.all([listSegments(ctx, { retired: true }), findAssessmentRow(ctx.db, assessment)]);
  if (row === null && assessment !== null) throw new SightlineError("NOT_FOUND", `There is no assessment ${assessment}.`);
  const assessed = new Map(row === null ? [] : (await readAssessmentSegments(ctx.db, row.id)).map(({ id, doc }) => [id, doc]));
  const today = ctx.clock().toISOString().slice(0, 10);
  const rowOf = (segment: SegmentSummary): SegmentListRow => {
    const doc = assessed.get(segment.id) ?? null;
    return { segment, assessed: doc, target: segment.target && standAgainstTarget(segment.target, doc?.headline.observed ?? null, today) };
  };
  return segments.map(rowOf).sort((a, b) => Number(a.segment.retiredAt !== null) - Number(b.segment.retiredAt !== null));
}
