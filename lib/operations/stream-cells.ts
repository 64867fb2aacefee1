import { toCellJson, toNotApplicableJson, type CellJson } from "@/lib/assessment/cell-json";
import { readAnalyticIds, readAssessmentSegments, readCellDocuments, readCells, readNotApplicable } from "@/lib/assessment/store";
import type { RequirementResult } from "@/lib/assessment/scoring-result";
import type { Status } from "@/lib/assessment/status";
import type { DetailHead } from "@/lib/assessment/stored-result";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { findAssessment } from "./find-assessment";

export interface CellFilter {
  readonly assessment: number | null; // null: the newest
  readonly segment?: string; // name, outer blanks and case ignored, or id
  readonly analytic?: string;
  readonly status?: readonly Status[]; // only these
  readonly after?: string; // only analytics behind this one in the order of the assessment
}

const ANALYTICS_PER_READ = 100;

/**
 * Every cell of an assessment, not-applicable ones included, by analytic, then segment name (UTF-16 code units), read in
 * portions, so that memory does not grow with the fleet.
 *
 * @throws SightlineError NOT_FOUND for an unknown assessment, segment or analytic, before the first cell
 */
export async function* streamCells(ctx: OperationContext, filter: CellFilter): AsyncGenerator<CellJson> {
  authorize(ctx, "assessment.read", "none");
  const { id } = await findAssessment(ctx, filter.assessment);
  const segments = (await readAssessmentSegments(ctx.db, id)).filter((segment) => (ctx.segments === "all" || ctx.segments.includes(segment.id)) && names(filter.segment, segment));
  if (segments.length === 0 && filter.segment !== undefined) throw new SightlineError("NOT_FOUND", `The assessment has no segment "${filter.segment}".`, { field: "segment" });
  const all = await readAnalyticIds(ctx.db, id);
  const wanted = filter.analytic?.trim().toUpperCase();
  const analytics = wanted === undefined ? all : all.filter((analytic) => analytic === wanted);
  if (analytics.length === 0 && wanted !== undefined) throw new SightlineError("NOT_FOUND", `The assessment has no analytic "${filter.analytic}".`, { field: "analytic" });
  const status = filter.status === undefined ? null : new Set(filter.status);
  const begin = filter.after === undefined ? 0 : analytics.indexOf(filter.after.trim().toUpperCase()) + 1;
  if (filter.after !== undefined && begin === 0) throw new SightlineError("NOT_FOUND", `The assessment has no analytic "${filter.after}" to go on from.`, { field: "after" });
  const reasons = await readNotApplicable(ctx.db, id, all);
  const documents = { heads: new Map<number, DetailHead>(), lines: new Map<number, RequirementResult>() };
  const positions = segments.map((segment) => segment.position);
  for (let from = begin; from < analytics.length; from += ANALYTICS_PER_READ) {
    const part = analytics.slice(from, from + ANALYTICS_PER_READ);
    const cells = await readCells(ctx.db, id, { analytics: part, segments: positions });
    const { heads, lines } = await readCellDocuments(ctx.db, cells, documents);
    const found = new Map(cells.map((cell) => [`${cell.analytic}\n${cell.segment}`, cell]));
    for (const analytic of part) {
      for (const segment of segments) {
        const cell = found.get(`${analytic}\n${segment.position}`);
        const head = cell && heads.get(cell.detailId);
        if (status !== null && !status.has(cell?.status ?? "not-applicable")) continue;
        if (!cell || !head) {
          yield toNotApplicableJson(analytic, segment.name, reasons.get(segment.position)?.get(analytic) ?? "");
          continue;
        }
        yield toCellJson({ ...cell, segment: segment.name, head, requirements: cell.lines.map((line) => lines.get(line)).filter((line) => line !== undefined) });
      }
    }
    // Lines are shared within neighbours; keeping all of a large fleet would cost more than reading them again.
    if (documents.lines.size > 50_000) documents.lines.clear();
  }
}

function names(wanted: string | undefined, segment: { readonly id: string; readonly name: string }): boolean {
  return wanted === undefined || segment.id === wanted || segment.name.trim().toLowerCase() === wanted.trim().toLowerCase();
}
