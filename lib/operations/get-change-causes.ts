import { listCauses, type ChangeCauses } from "@/lib/reports/change-causes";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import { choosePair } from "./compare/choose-pair";
import { cellsOfBoth, findKeptComparison, MOST_CELLS_AT_ONCE, readComparison } from "./compare/read-comparison";
import type { OperationContext } from "./context";

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
    return listCauses(kept ?? (await readComparison(ctx, a, b)), { a: a.id, b: b.id }, query.segment, (id) => ctx.segments === "all" || ctx.segments.includes(id));
  } catch (error) {
    if (error instanceof SightlineError && error.code === "UNSUPPORTED") return null;
    throw error;
  }
}
