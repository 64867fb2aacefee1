import { listDatasetsById } from "@/lib/events/store";
import { describeSourceFacts } from "@/lib/reports/telemetry-source";
import type { SourceAnalytic, SourceDataset, SourceExample, SourceFacts } from "@/lib/reports/telemetry-source-view";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { getQuality, type SourceReport } from "./get-quality";
import { listExamples } from "./list-examples";
import { loadPinnedAnalytics } from "./load-pinned-analytics";
import { readSegmentTelemetry } from "./telemetry/read-segment-evidence";

const EXAMPLES = 12;

export interface TelemetrySourceView extends Omit<SourceFacts, "analytics" | "datasets"> {
  readonly assessment: number;
  readonly analytics: readonly SourceAnalytic[];
  readonly datasets: readonly SourceDataset[];
  readonly quality: SourceReport | null; // of the samples as they are now
  readonly examples: readonly SourceExample[];
}

/**
 * One source in one segment, as an assessment pinned it (null: the newest), with names, files, probes and example records.
 *
 * @throws SightlineError NOT_FOUND for an unknown assessment or segment, and where the source does not apply
 */
export async function getTelemetrySource(ctx: OperationContext, query: { readonly assessment: number | null; readonly segment: string; readonly family: string }): Promise<TelemetrySourceView> {
  authorize(ctx, "assessment.read", [query.segment]);
  const found = await readSegmentTelemetry(ctx, query.assessment, query.segment);
  const facts = found === null ? null : describeSourceFacts(found.evidence, 0, query.family);
  if (found === null || facts === null) throw new SightlineError("NOT_FOUND", "No assessment holds this source in this segment.");
  const [docs, datasets, reports, examples] = await Promise.all([
    loadPinnedAnalytics(ctx, found.row.releases, facts.analytics.map(({ id }) => id)),
    listDatasetsById(ctx.db, facts.datasets.map(({ id }) => id)),
    readQuality(ctx, query.segment),
    listExamples(ctx, { segmentId: query.segment, kinds: facts.kinds.filter(({ records, stale }) => records + stale > 0).map(({ kind }) => kind), limit: EXAMPLES }),
  ]);
  const files = new Map(datasets.map((dataset) => [dataset.id, dataset]));
  return {
    ...facts,
    assessment: found.row.id,
    analytics: facts.analytics.map((row) => {
      const doc = docs.get(row.id);
      return { ...row, name: doc === undefined ? "" : (doc.techniques[0]?.name ?? doc.name) };
    }),
    datasets: facts.datasets.map(({ id, fresh, stale }) => {
      const file = files.get(id);
      return { id, fresh, stale, fileName: file?.fileName ?? "a file that was replaced since", format: file?.format ?? "", origin: file?.origin ?? "", gone: file === undefined || file.removed !== null };
    }),
    quality: reports.find(({ family }) => family === query.family) ?? null,
    examples: examples.map(({ dataset, number, kind, host, time, raw }) => ({ dataset, number, kind, host, time: time === null ? null : Date.parse(time), raw })),
  };
}

/** A segment may be deleted since: the assessment that holds it still stands. */
async function readQuality(ctx: OperationContext, segmentId: string): Promise<SourceReport[]> {
  try {
    return await getQuality(ctx, { segmentId });
  } catch (error) {
    if (error instanceof SightlineError && error.code === "NOT_FOUND") return [];
    throw error;
  }
}
