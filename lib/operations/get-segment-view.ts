import { findAssessmentRow } from "@/lib/assessment/store";
import type { StoredSegment } from "@/lib/assessment/stored-result";
import type { DatasetView } from "@/lib/events/dataset-types";
import type { Gap } from "@/lib/gaps/rank-gaps";
import { listRoster } from "@/lib/inventory/store";
import type { Claim, RosterHost, Segment } from "@/lib/inventory/types";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { getAssessment } from "./get-assessment";
import { getSegment } from "./get-segment";
import { listDatasets } from "./list-datasets";

export interface SegmentView {
  readonly segment: Segment;
  readonly claims: readonly Claim[];
  readonly datasets: readonly DatasetView[];
  readonly roster: readonly RosterHost[];
  readonly assessed: StoredSegment | null; // null: not part of the chosen assessment, or nothing assessed
  readonly gaps: readonly Gap[];
}

/** One segment: what it is, what is claimed and sampled there, its roster, and how it stands in an assessment. @throws SightlineError NOT_FOUND */
export async function getSegmentView(ctx: OperationContext, input: { readonly id: string; readonly assessment: number | null }): Promise<SegmentView> {
  authorize(ctx, "segment.read", "none");
  const { segment, claims } = await getSegment(ctx, input.id);
  const row = input.assessment === null ? await findAssessmentRow(ctx.db, null) : null;
  const [roster, datasets, assessment] = await Promise.all([
    listRoster(ctx.db, segment.id),
    listDatasets(ctx, { segmentId: segment.id }),
    row === null && input.assessment === null ? null : getAssessment(ctx, input.assessment),
  ]);
  return {
    segment,
    claims,
    datasets,
    roster,
    assessed: assessment?.segments.find(({ id }) => id === segment.id)?.doc ?? null,
    gaps: assessment?.gaps.filter((gap) => gap.segmentId === segment.id) ?? [],
  };
}
