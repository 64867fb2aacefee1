import { buildCompareView } from "@/lib/reports/build-compare-view";
import { cellReason } from "@/lib/reports/cell-reason";
import type { ChangedCell, CompareFilter, ComparedAssessment, CompareView } from "@/lib/reports/compare-view";
import { assessmentLabel, releasesLabel } from "@/lib/reports/shell-view";
import type { AssessmentRow } from "@/lib/assessment/store";
import { authorize } from "./authorize";
import { choosePair, type PairChoice } from "./compare/choose-pair";
import { cellsOfBoth, findKeptComparison, MOST_CELLS_AT_ONCE, readComparison } from "./compare/read-comparison";
import { readCellsOf } from "./compare/read-cell-reasons";
import type { OperationContext } from "./context";
import { loadPinnedAnalytics } from "./load-pinned-analytics";

/** A page of the difference; or why there is none yet. */
export type ComparisonPage =
  | { readonly state: "ready"; readonly view: CompareView }
  | { readonly state: "large"; readonly a: ComparedAssessment; readonly b: ComparedAssessment; readonly cells: number } // a job has to compute it first
  | { readonly state: "first"; readonly assessments: number }; // there are not two to compare

/**
 * What changed between two assessments: the number divided over the groups of inputs, transitions, and the changed cells with
 * their causes. Computed when first asked for, in a thread; of large fleets by a job (startComparison).
 *
 * @throws SightlineError NOT_FOUND for an unknown assessment, UNSUPPORTED for one that this version cannot read
 */
export async function getComparisonView(ctx: OperationContext, query: PairChoice & { readonly filter: CompareFilter }): Promise<ComparisonPage> {
  authorize(ctx, "assessment.read", query.filter.segment === null ? "all" : [query.filter.segment]);
  const pair = await choosePair(ctx, query);
  if (pair === null || pair.a === null) return { state: "first", assessments: pair?.rows.length ?? 0 };
  const { a, b, rows } = pair;
  const kept = await findKeptComparison(ctx, a, b);
  const cells = kept === null ? await cellsOfBoth(ctx, a, b) : 0;
  if (kept === null && cells > MOST_CELLS_AT_ONCE) return { state: "large", a: compared(a), b: compared(b), cells };
  const comparison = kept ?? (await readComparison(ctx, a, b));
  const may = (segment: string): boolean => ctx.segments === "all" || ctx.segments.includes(segment);
  const draft = buildCompareView(comparison, { a: compared(a), b: compared(b), choices: rows.map(compared), filter: query.filter, may });
  const { heads, ...counts } = draft.cells;
  const [before, now, names] = await Promise.all([readCellsOf(ctx, a.id, heads), readCellsOf(ctx, b.id, heads), loadPinnedAnalytics(ctx, b.releases, [...new Set(heads.map(({ analytic }) => analytic))])]);
  const older = await loadPinnedAnalytics(ctx, a.releases, heads.map(({ analytic }) => analytic).filter((id) => !names.has(id)));
  return {
    state: "ready",
    view: {
      ...draft,
      cells: {
        ...counts,
        rows: heads.map((head): ChangedCell => {
          const key = `${head.analytic} ${head.segmentId}`;
          return { ...head, name: (names.get(head.analytic) ?? older.get(head.analytic))?.name ?? "", before: cellReason(before.get(key) ?? null), now: cellReason(now.get(key) ?? null) };
        }),
      },
    },
  };
}

function compared({ id, at, runLater, releases, policyVersion }: AssessmentRow): ComparedAssessment {
  return { id, label: assessmentLabel(id), at: Date.parse(at), runLater, releases: releasesLabel(releases), policy: policyVersion };
}
