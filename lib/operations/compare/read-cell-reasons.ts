import { toCellJson, toNotApplicableJson, type CellJson } from "@/lib/assessment/cell-json";
import { readAnalyticIds, readAssessmentSegments, readCellDocuments, readCells, readNotApplicable } from "@/lib/assessment/store";
import type { OperationContext } from "../context";

/** The cells of some analytics and segments of one assessment, by "analytic segment id"; one that the assessment lacks is not there. */
export async function readCellsOf(ctx: OperationContext, assessment: number, wanted: readonly { readonly analytic: string; readonly segmentId: string }[]): Promise<ReadonlyMap<string, CellJson>> {
  const [segments, assessed] = await Promise.all([readAssessmentSegments(ctx.db, assessment), readAnalyticIds(ctx.db, assessment)]);
  const ids = new Set(wanted.map(({ segmentId }) => segmentId));
  const places = segments.filter(({ id }) => ids.has(id));
  const analytics = [...new Set(wanted.map(({ analytic }) => analytic))];
  const cells = await readCells(ctx.db, assessment, { analytics, segments: places.map(({ position }) => position) });
  const { heads, lines } = await readCellDocuments(ctx.db, cells);
  const applicable = new Map(cells.map((cell) => [`${cell.analytic}\n${cell.segment}`, cell]));
  const reasons = await readNotApplicable(ctx.db, assessment, assessed);
  const known = new Set(assessed);
  const found = new Map<string, CellJson>();
  for (const { analytic, segmentId } of wanted) {
    const place = places.find(({ id }) => id === segmentId);
    if (place === undefined || !known.has(analytic)) continue;
    const cell = applicable.get(`${analytic}\n${place.position}`);
    const head = cell && heads.get(cell.detailId);
    const json = cell && head ? toCellJson({ ...cell, segment: place.name, head, requirements: cell.lines.flatMap((line) => lines.get(line) ?? []) }) : toNotApplicableJson(analytic, place.name, reasons.get(place.position)?.get(analytic) ?? "");
    found.set(`${analytic} ${segmentId}`, json);
  }
  return found;
}
