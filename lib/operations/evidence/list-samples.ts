import { readPinnedDatasets, type AssessmentRow, type AssessmentSegmentRow } from "@/lib/assessment/store";
import { listDatasetsById } from "@/lib/events/store";
import type { CountedSample } from "@/lib/reports/counted-sample";
import { compareCodeUnits } from "@/lib/shared/canonical-json";
import { SightlineError } from "@/lib/shared/errors";
import { findInputParts } from "../assessment/find-input-parts";
import type { OperationContext } from "../context";

/**
 * The samples in the input of an assessment, by segment and file name; of the given segments only.
 *
 * @returns null when the input is not kept any more, or, where an earlier version did not note its samples, cannot be read: what was assessed is not guessed
 */
export async function listSamples(ctx: Pick<OperationContext, "db" | "files">, row: Pick<AssessmentRow, "id" | "inputDigest">, segments: readonly Pick<AssessmentSegmentRow, "id" | "name">[]): Promise<CountedSample[] | null> {
  const pinned = (await ctx.files.has(row.inputDigest)) ? ((await readPinnedDatasets(ctx.db, row.id)) ?? (await findDatasets(ctx, row.inputDigest))) : null;
  if (pinned === null) return null;
  const counted = segments.flatMap(({ id, name }) => (pinned.get(id) ?? []).map((dataset) => ({ dataset, segment: name })));
  const views = new Map((await listDatasetsById(ctx.db, counted.map(({ dataset }) => dataset))).map((view) => [view.id, view]));
  return counted
    .map(({ dataset, segment }): CountedSample => {
      const view = views.get(dataset);
      return { dataset, segment, fileName: view?.fileName ?? null, records: view?.records ?? null, removed: view?.removed ?? null };
    })
    .sort((a, b) => compareCodeUnits(a.segment, b.segment) || compareCodeUnits(a.fileName ?? "~", b.fileName ?? "~") || compareCodeUnits(a.dataset, b.dataset));
}

async function findDatasets({ files }: Pick<OperationContext, "files">, digest: string): Promise<ReadonlyMap<string, readonly string[]> | null> {
  try {
    const { fleet, segments } = await findInputParts(files, digest);
    return "aggregates" in fleet.values ? new Map([...segments].map(([id, { datasets }]) => [id, datasets])) : null;
  } catch (error) {
    if (error instanceof SightlineError) return null; // missing or damaged: verifying says so
    throw error;
  }
}
