import type { Comparison } from "@/lib/assessment/compare/comparison";
import { lacksOf } from "@/lib/reports/cell-reason";
import { listCauses, movedBy, withReason, type CauseRow, type ChangeCauses } from "@/lib/reports/change-causes";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import { choosePair } from "./compare/choose-pair";
import { cellsOfBoth, findKeptComparison, MOST_CELLS_AT_ONCE, readComparison } from "./compare/read-comparison";
import { readCellsOf } from "./compare/read-cell-reasons";
import type { OperationContext } from "./context";

const EXPLAINED = 5; // rows that a page shows
const LOOKED_AT = 200; // of a row's cells

/**
 * What moved the numbers since the assessment before, by cause and size. null: there is no assessment before, this version
 * cannot read one of the two, or computing it takes longer than a page waits.
 *
 * @throws SightlineError NOT_FOUND for an unknown assessment
 */
export async function getChangeCauses(ctx: OperationContext, query: { readonly assessment: number | null; readonly segment: string | null }): Promise<ChangeCauses | null> {
  authorize(ctx, "assessment.read", query.segment === null ? "all" : [query.segment]);
  const pair = await choosePair(ctx, { a: null, b: query.assessment });
  if (pair === null || pair.a === null) return null;
  const { a, b } = pair;
  try {
    const kept = await findKeptComparison(ctx, a, b);
    if (kept === null && (await cellsOfBoth(ctx, a, b)) > MOST_CELLS_AT_ONCE) return null;
    const comparison = kept ?? (await readComparison(ctx, a, b));
    const causes = listCauses(comparison, { a: a.id, b: b.id }, query.segment, (id) => ctx.segments === "all" || ctx.segments.includes(id));
    return { ...causes, rows: await Promise.all(causes.rows.map((row, rank) => (rank < EXPLAINED && row.cells !== 0 ? explain(ctx, comparison, row, { a: a.id, b: b.id }) : row))) };
  } catch (error) {
    if (error instanceof SightlineError && error.code === "UNSUPPORTED") return null;
    throw error;
  }
}

/** What was lost is explained by what its cells lack now, what was gained by what they lacked before. */
async function explain(ctx: OperationContext, comparison: Comparison, row: CauseRow, { a, b }: { readonly a: number; readonly b: number }): Promise<CauseRow> {
  const wanted = movedBy(comparison, row).slice(0, LOOKED_AT).map((analytic) => ({ analytic, segmentId: row.segmentId }));
  const cells = await readCellsOf(ctx, row.cells > 0 ? a : b, wanted);
  return withReason(row, wanted.map(({ analytic, segmentId }) => lacksOf(cells.get(`${analytic} ${segmentId}`) ?? null)));
}
