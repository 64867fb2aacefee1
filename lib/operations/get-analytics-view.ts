import { countedCell } from "@/lib/assessment/cell-columns";
import { findAssessmentRow, readAssessmentSegments, readCellDocuments, readCellsAt, type AssessmentRow } from "@/lib/assessment/store";
import { buildAnalyticsView, gapOf, type ColumnCell } from "@/lib/reports/build-analytics-view";
import type { AnalyticsView } from "@/lib/reports/analytics-view";
import { SightlineError } from "@/lib/shared/errors";
import { readColumns } from "./assessment/read-columns";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { loadPinnedAnalytics } from "./load-pinned-analytics";

// A table is a function of an assessment, its catalogue and what the actor may see; the last one made is kept.
let last: { readonly key: string; readonly analytics: unknown; readonly view: AnalyticsView } | null = null;

/**
 * The analytics table of an assessment (null: the newest). Before the first assessment: the current catalogue without segments.
 *
 * @throws SightlineError NOT_FOUND for an unknown assessment
 */
export async function getAnalyticsView(ctx: OperationContext, assessment: number | null): Promise<AnalyticsView> {
  authorize(ctx, "assessment.read", "none");
  const row = await findAssessmentRow(ctx.db, assessment);
  if (row === null && assessment !== null) throw new SightlineError("NOT_FOUND", `There is no assessment ${assessment}.`);
  const docs = await loadPinnedAnalytics(ctx, row?.releases ?? null);
  if (row === null) return buildAnalyticsView({ segments: [], analytics: [...docs].map(([id, doc]) => ({ id, doc })), cells: [] });
  const key = [row.id, row.inputDigest, row.resultDigest, ctx.segments === "all" ? "all" : [...ctx.segments].sort().join(" ")].join("\n");
  if (last?.key === key && last.analytics === docs) return last.view;
  const view = await readView(ctx, row, docs);
  last = { key, analytics: docs, view };
  return view;
}

async function readView(ctx: OperationContext, row: AssessmentRow, docs: Awaited<ReturnType<typeof loadPinnedAnalytics>>): Promise<AnalyticsView> {
  const [all, { analytics, columns }] = await Promise.all([readAssessmentSegments(ctx.db, row.id), readColumns(ctx, row)]);
  const segments = all.filter((segment) => ctx.segments === "all" || ctx.segments.includes(segment.id));
  const column = new Map(segments.map((segment, index) => [segment.position, index]));
  const cells: (Omit<ColumnCell, "requirements"> & { readonly position: number })[] = [];
  const heaviest = new Map<string, { readonly segment: number; readonly gap: number }>(); // by analytic: the cell whose requirements its row shows
  for (let at = 0; at < columns.segment.length; at += 1) {
    const position = columns.segment[at] ?? 0;
    const index = column.get(position);
    const cell = index === undefined ? null : countedCell(columns, at);
    const analytic = analytics[columns.analytic[at] ?? 0];
    if (index === undefined || cell === null || analytic === undefined) continue;
    const gap = gapOf(cell, cell.weight);
    if (gap > (heaviest.get(analytic)?.gap ?? -1)) heaviest.set(analytic, { segment: position, gap });
    cells.push({ analytic, segment: index, position, status: cell.status, flags: cell.flags, reach: cell.reach, hosts: columns.hosts[at] ?? 0 });
  }
  const shown = await readCellsAt(ctx.db, row.id, [...heaviest].map(([analytic, { segment }]) => ({ analytic, segment })));
  const { lines } = await readCellDocuments(ctx.db, shown.map((cell) => ({ ...cell, detailId: null })));
  const requirements = new Map(shown.map((cell) => [`${cell.analytic}\n${cell.segment}`, cell.lines.flatMap((id) => lines.get(id) ?? [])]));
  return buildAnalyticsView({
    segments: segments.map(({ id, name, doc }) => ({ id, name, criticality: doc.criticality })),
    analytics: analytics.map((id) => ({ id, doc: docs.get(id) ?? null })),
    cells: cells.map(({ position, ...cell }) => ({ ...cell, requirements: requirements.get(`${cell.analytic}\n${position}`) ?? [] })),
  });
}
