import { findAssessmentRow, readSegmentIn } from "@/lib/assessment/store";
import type { StoredSegment } from "@/lib/assessment/stored-result";
import type { DatasetView } from "@/lib/events/dataset-types";
import type { Gap } from "@/lib/gaps/rank-gaps";
import { readRankedGaps } from "@/lib/gaps/ranked/store";
import { listMeasurements } from "@/lib/inventory/measurements/store";
import { listRoster } from "@/lib/inventory/store";
import type { Claim, RosterHost, Segment } from "@/lib/inventory/types";
import type { TargetChange } from "@/lib/inventory/target-changes";
import { standAgainstTarget, type TargetStand } from "@/lib/reports/target-stand";
import { compareCodeUnits } from "@/lib/shared/canonical-json";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { findAssessment } from "./find-assessment";
import { getSegment } from "./get-segment";
import { listDatasets } from "./list-datasets";
import { listTargetChanges } from "./list-target-changes";

/** The newest version of a query's measurement of one record kind. Times in ms. */
export interface SegmentMeasurement {
  readonly id: string;
  readonly kind: string;
  readonly version: number;
  readonly hosts: number; // with records
  readonly records: number;
  readonly newest: number | null;
  readonly asOf: number;
  readonly complete: boolean;
  readonly withRecords: boolean;
  readonly system: string;
  readonly query: string;
  readonly queryDigest: string;
}

export interface SegmentView {
  readonly segment: Segment;
  readonly claims: readonly Claim[];
  readonly measurements: readonly SegmentMeasurement[];
  readonly datasets: readonly DatasetView[];
  readonly roster: readonly RosterHost[];
  readonly assessed: StoredSegment | null; // null: not part of the chosen assessment, or nothing assessed
  readonly gaps: readonly Gap[];
  readonly target: TargetStand | null; // the one that holds now, against that assessment
  readonly targetChanges: readonly TargetChange[]; // newest first
}

/** One segment: what it is, what is claimed and sampled there, its roster, and how it stands in an assessment. @throws SightlineError NOT_FOUND */
export async function getSegmentView(ctx: OperationContext, input: { readonly id: string; readonly assessment: number | null }): Promise<SegmentView> {
  authorize(ctx, "segment.read", "none");
  const { segment, claims } = await getSegment(ctx, input.id);
  const row = input.assessment === null ? await findAssessmentRow(ctx.db, null) : await findAssessment(ctx, input.assessment);
  const [roster, datasets, targetChanges, assessed, gaps] = await Promise.all([
    listRoster(ctx.db, segment.id),
    listDatasets(ctx, { segmentId: segment.id }),
    listTargetChanges(ctx, segment.id),
    row === null ? null : readSegmentIn(ctx.db, [row.id], segment.id).then((found) => found.get(row.id)?.doc ?? null),
    row === null ? [] : readRankedGaps(ctx.db, row.id, { segmentIds: [segment.id] }),
  ]);
  return {
    segment,
    claims,
    measurements: await measurementsOf(ctx, segment.id, new Set(datasets.map(({ id: dataset }) => dataset))),
    datasets,
    roster,
    assessed,
    gaps,
    target: segment.target && standAgainstTarget(segment.target, assessed?.headline.observed ?? null, ctx.clock().toISOString().slice(0, 10)),
    targetChanges,
  };
}

async function measurementsOf(ctx: OperationContext, segmentId: string, datasets: ReadonlySet<string>): Promise<SegmentMeasurement[]> {
  const newest = new Map((await listMeasurements(ctx.db, [segmentId])).map((measurement) => [measurement.scope, measurement])); // in the order of versions
  return [...newest.values()]
    .map(({ id, kind, version, hosts, asOf, complete, rawDatasets, system, query, queryDigest }) => {
      const seen = hosts.filter(({ count }) => count > 0);
      return {
        id,
        kind,
        version,
        hosts: seen.length,
        records: seen.reduce((sum, { count }) => sum + count, 0),
        newest: seen.reduce<number | null>((last, host) => (host.last !== null && (last === null || host.last > last) ? host.last : last), null),
        asOf,
        complete,
        withRecords: rawDatasets.some((dataset) => datasets.has(dataset)),
        system,
        query,
        queryDigest,
      };
    })
    .sort((a, b) => compareCodeUnits(a.kind, b.kind) || b.asOf - a.asOf);
}
