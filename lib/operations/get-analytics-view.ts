import { findAssessmentRow, readAnalyticIds, readAssessmentSegments, readCellDocuments, readCells } from "@/lib/assessment/store";
import { buildAnalyticsView } from "@/lib/reports/build-analytics-view";
import type { AnalyticsView } from "@/lib/reports/analytics-view";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { loadPinnedAnalytics } from "./load-pinned-analytics";

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
  const [all, ids] = await Promise.all([readAssessmentSegments(ctx.db, row.id), readAnalyticIds(ctx.db, row.id)]);
  const segments = all.filter((segment) => ctx.segments === "all" || ctx.segments.includes(segment.id));
  const columns = new Map(segments.map((segment, column) => [segment.position, column]));
  const cells = await readCells(ctx.db, row.id, { segments: [...columns.keys()] });
  const { lines } = await readCellDocuments(ctx.db, cells);
  return buildAnalyticsView({
    segments: segments.map(({ id, name, doc }) => ({ id, name, criticality: doc.criticality })),
    analytics: ids.map((id) => ({ id, doc: docs.get(id) ?? null })),
    cells: cells.map(({ analytic, segment, status, flags, reach, hosts, lines: own }) => ({
      analytic,
      segment: columns.get(segment) ?? 0,
      status,
      flags,
      reach,
      hosts,
      requirements: own.flatMap((id) => lines.get(id) ?? []),
    })),
  });
}
