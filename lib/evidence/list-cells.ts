import { toCellJson, toNotApplicableJson, type CellJson } from "@/lib/assessment/cell-json";
import type { ScoringInput } from "@/lib/assessment/scoring-input";
import type { CellResult, ScoringResult } from "@/lib/assessment/scoring-result";
import { compareCodeUnits } from "@/lib/shared/canonical-json";

/** An applicable cell and its places in input and result, or one that does not apply, with the reason. */
export type PlacedCell =
  | { readonly analytic: number; readonly segment: number; readonly cell: CellResult }
  | { readonly analytic: number; readonly segment: number; readonly cell: null; readonly reason: string };

/** Every cell, not-applicable ones included, by analytic id, then segment name (UTF-16 code units). */
export function* placeCells(input: ScoringInput, result: ScoringResult): Generator<PlacedCell> {
  const analytics = input.analytics.map(({ id }, position) => ({ id, position })).sort((a, b) => compareCodeUnits(a.id, b.id));
  const segments = input.segments.map(({ name }, position) => ({ name, position })).sort((a, b) => compareCodeUnits(a.name, b.name));
  const width = input.segments.length;
  const cells = new Map(result.cells.map((cell) => [cell.analytic * width + cell.segment, cell]));
  const reasons = new Map<number, string>();
  result.segments.forEach(({ notApplicable }, segment) => {
    for (const { text, analytics: positions } of notApplicable) for (const analytic of positions) reasons.set(analytic * width + segment, text);
  });
  for (const { position: analytic } of analytics) {
    for (const { position: segment } of segments) {
      const cell = cells.get(analytic * width + segment);
      yield cell ? { analytic, segment, cell } : { analytic, segment, cell: null, reason: reasons.get(analytic * width + segment) ?? "" };
    }
  }
}

/** The same in the published shape of `cells --json`. */
export function* listCells(input: ScoringInput, result: ScoringResult): Generator<CellJson> {
  for (const placed of placeCells(input, result)) {
    const analytic = input.analytics[placed.analytic]?.id ?? "";
    const segment = input.segments[placed.segment]?.name ?? "";
    if (placed.cell === null) {
      yield toNotApplicableJson(analytic, segment, placed.reason);
      continue;
    }
    const { status, score, reach, flags, hosts, matchedIn = null, detail } = placed.cell;
    const doc = result.details[detail];
    if (!doc) throw new Error(`the result has no detail ${detail}`);
    const requirements = doc.requirements.map((line) => result.requirements[line]).filter((line) => line !== undefined);
    yield toCellJson({ analytic, segment, status, score, reach, flags, hosts, matchedIn, head: doc, requirements });
  }
}
