import { listDatasetViews } from "@/lib/events/store";
import { z } from "zod";
import { findAssessmentRow, readSources, type AssessmentRow } from "@/lib/assessment/store";
import { segmentSourcesSchema } from "@/lib/reports/segment-sources";
import { buildTelemetryMap, composeTelemetryMap } from "@/lib/reports/telemetry-map";
import { sayTelemetry } from "@/lib/reports/telemetry-sentence";
import type { TelemetryMapView } from "@/lib/reports/telemetry-states";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { maySee, readTelemetry } from "./telemetry/read-evidence";

// A map is a function of an assessment, which never changes; the last one drawn is kept.
let last: { readonly key: string; readonly view: Omit<TelemetryMapView, "say"> } | null = null;

/**
 * Which source arrives from which segment, as an assessment pinned it (null: the newest); null when nothing was assessed.
 * Segments that the actor may not see are left out.
 *
 * @throws SightlineError NOT_FOUND for an unknown assessment
 */
export async function getTelemetryMap(ctx: OperationContext, assessment: number | null): Promise<TelemetryMapView | null> {
  authorize(ctx, "assessment.read", "none");
  const row = await findAssessmentRow(ctx.db, assessment);
  if (row === null) {
    if (assessment === null) return null;
    throw new SightlineError("NOT_FOUND", `There is no assessment ${assessment}.`);
  }
  const key = `${row.id} ${row.inputDigest} ${row.resultDigest}`;
  if (last?.key !== key) last = { key, view: await drawMap(ctx, row) };
  const { view } = last;
  const datasets = await listDatasetViews(ctx.db, ctx.segments);
  const later = datasets.filter(({ importedAt }) => importedAt > row.ranAt).length;
  if (ctx.segments === "all") return { ...view, later, say: sayTelemetry(view) };
  const kept = view.segments.flatMap((segment, position) => (maySee(ctx, segment.id) ? [position] : []));
  const column = new Map(kept.map((position, index) => [position, index]));
  const seen = {
    ...view,
    segments: view.segments.filter((_, position) => column.has(position)),
    cells: view.cells.flatMap((cell) => {
      const segment = column.get(cell.segment);
      return segment === undefined ? [] : [{ ...cell, segment }];
    }),
  };
  return { ...seen, later, say: sayTelemetry(seen) };
}

/** From what the assessment kept of it; where an earlier version kept nothing, from its input and result. */
async function drawMap(ctx: OperationContext, row: AssessmentRow): Promise<Omit<TelemetryMapView, "say">> {
  const kept = await readSources(ctx.db, row.id);
  const segments = z.array(segmentSourcesSchema).safeParse(kept?.segments).data;
  if (kept !== null && segments !== undefined) {
    const { freshDays, silentHours } = row.report.policy;
    return composeTelemetryMap(segments, { assessment: row.id, at: Date.parse(row.at), freshDays, silentHours, cited: kept.cited, later: 0 });
  }
  const found = await readTelemetry(ctx, row.id);
  if (found === null) throw new SightlineError("NOT_FOUND", `There is no assessment ${row.id}.`);
  return buildTelemetryMap(found.evidence, { assessment: row.id, later: 0 });
}
