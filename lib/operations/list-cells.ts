import type { CellJson } from "@/lib/assessment/cell-json";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { findAssessment } from "./find-assessment";
import { streamCells, type CellFilter } from "./stream-cells";

/** after: the `next` of the page before. limit: the page ends with the analytic that reaches this many cells. */
export interface CellPageRequest extends CellFilter {
  readonly after?: string;
  readonly limit: number;
}

/** next: null on the last page. */
export interface CellPage {
  readonly assessment: number;
  readonly items: readonly CellJson[];
  readonly next: string | null;
}

/**
 * Cells of an assessment page by page, whole analytics to a page.
 *
 * @throws SightlineError NOT_FOUND for an unknown assessment, segment or analytic
 */
export async function listCells(ctx: OperationContext, { after, limit, ...filter }: CellPageRequest): Promise<CellPage> {
  authorize(ctx, "assessment.read", "none");
  const { id } = await findAssessment(ctx, filter.assessment);
  const items: CellJson[] = [];
  for await (const cell of streamCells(ctx, { ...filter, assessment: id, ...(after === undefined ? {} : { after }) })) {
    const last = items.at(-1);
    if (last !== undefined && items.length >= limit && cell.analytic !== last.analytic) return { assessment: id, items, next: last.analytic };
    items.push(cell);
  }
  return { assessment: id, items, next: null };
}
