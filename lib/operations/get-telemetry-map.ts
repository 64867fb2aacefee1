import { listDatasetViews } from "@/lib/events/store";
import { buildTelemetryMap } from "@/lib/reports/telemetry-map";
import { sayTelemetry } from "@/lib/reports/telemetry-sentence";
import type { TelemetryMapView } from "@/lib/reports/telemetry-states";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { maySee, readTelemetry } from "./telemetry/read-evidence";

// A map is a function of two documents that never change; the last one drawn is kept.
let last: { readonly key: string; readonly view: Omit<TelemetryMapView, "say"> } | null = null;

/**
 * Which source arrives from which segment, as an assessment pinned it (null: the newest); null when nothing was assessed.
 * Segments that the actor may not see are left out.
 *
 * @throws SightlineError NOT_FOUND for an unknown assessment
 */
export async function getTelemetryMap(ctx: OperationContext, assessment: number | null): Promise<TelemetryMapView | null> {
  authorize(ctx, "assessment.read", "none");
  const found = await readTelemetry(ctx, assessment);
  if (found === null) return null;
  const { row, evidence } = found;
  const key = `${row.id} ${row.inputDigest} ${row.resultDigest}`;
  if (last?.key !== key) last = { key, view: buildTelemetryMap(evidence, { assessment: row.id, later: 0 }) };
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
