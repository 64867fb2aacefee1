import { gradeContextOf } from "@/lib/assessment/quality/grade-context";
import { getDatasetView } from "@/lib/events/store";
import { dettectDimensions, type DimensionScore } from "@/lib/events/probes/dettect-dimensions";
import { gradeSources, type SourceQuality } from "@/lib/events/probes/grade-sources";
import { listProbes } from "@/lib/events/probes/store";
import { findSegment, listClaims, listRoster } from "@/lib/inventory/store";
import { SightlineError } from "@/lib/shared/errors";
import { familyById } from "@/lib/telemetry/family-of";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";

/** The probes of one source with its name, and DeTT&CT's dimensions where they can be computed. */
export interface SourceReport extends SourceQuality {
  readonly title: string;
  readonly dimensions: readonly DimensionScore[]; // empty for all sources together
}

/**
 * What the quality probes say of one dataset, or of all datasets of a segment whose origin may prove something, added up.
 *
 * @throws SightlineError NOT_FOUND for what does not exist
 */
export async function getQuality(ctx: OperationContext, of: { readonly datasetId: string } | { readonly segmentId: string }): Promise<SourceReport[]> {
  authorize(ctx, "events.read", "none");
  const segmentId = "segmentId" in of ? of.segmentId : (await getDatasetView(ctx.db, of.datasetId))?.segmentId;
  const segment = segmentId === undefined ? null : await findSegment(ctx.db, segmentId);
  if (segment === null) throw new SightlineError("NOT_FOUND", "datasetId" in of ? "There is no such dataset." : "There is no such segment.");
  authorize(ctx, "events.read", [segment.id]);
  const [roster, claims, rows] = await Promise.all([
    listRoster(ctx.db, segment.id),
    listClaims(ctx.db, [segment.id]),
    listProbes(ctx.db, "datasetId" in of ? of : { segmentIds: [segment.id] }),
  ]);
  const scored = { ...segment, platforms: [...segment.platforms], roster: roster.length === 0 ? null : roster.map(({ key, platform }) => ({ host: key, platform })) };
  return gradeSources(rows, gradeContextOf(scored, claims)).map((source) => ({
    ...source,
    title: source.family === null ? "All sources together" : (familyById(source.family)?.title ?? source.family),
    dimensions: source.family === null ? [] : dettectDimensions(source.probes),
  }));
}
