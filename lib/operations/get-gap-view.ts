import { findAssessmentRow, readAssessmentSegments, readCells } from "@/lib/assessment/store";
import { toGapJson } from "@/lib/gaps/gap-json";
import { gapLabel } from "@/lib/gaps/gap-key";
import { listGapEvents, listGapRows } from "@/lib/gaps/store";
import { ticketText } from "@/lib/gaps/ticket-text";
import { findSegment } from "@/lib/inventory/store";
import type { GapCell, GapView } from "@/lib/reports/gap-view";
import { assessmentLabel } from "@/lib/reports/shell-view";
import { MITRE_NOTICE } from "@/lib/shared/mitre-notice";
import { familyById } from "@/lib/telemetry/family-of";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { findGaps } from "./gaps/find-gaps";
import { readGapPrices } from "./gaps/read-gap-prices";
import { loadPinnedAnalytics } from "./load-pinned-analytics";

/**
 * One gap with its cells, what else these lack, its history and its ticket text.
 *
 * @param name its number or key
 * @throws SightlineError NOT_FOUND
 */
export async function getGapView(ctx: OperationContext, name: string): Promise<GapView> {
  authorize(ctx, "gap.read", "none");
  const [row] = await findGaps(ctx, [name]);
  if (row === undefined) throw new Error("findGaps names every gap or throws");
  const assessment = await findAssessmentRow(ctx.db, row.assessmentId);
  const [{ currency, priceOf }, events, siblings, segment, docs, segments] = await Promise.all([
    readGapPrices(ctx),
    listGapEvents(ctx.db, row.id),
    listGapRows(ctx.db, { segmentIds: [row.segmentId], analytics: true }),
    findSegment(ctx.db, row.segmentId),
    loadPinnedAnalytics(ctx, assessment?.releases ?? null, row.analytics),
    assessment === null ? [] : readAssessmentSegments(ctx.db, assessment.id),
  ]);
  const position = segments.find(({ id }) => id === row.segmentId)?.position;
  const cells = assessment === null || position === undefined ? [] : await readCells(ctx.db, assessment.id, { analytics: row.analytics, segments: [position] });
  const statuses = new Map(cells.map((cell) => [cell.analytic, cell.status]));
  const others = siblings.filter(({ id, cells: open }) => id !== row.id && open > 0).map(({ id, what, analytics }) => ({ id: gapLabel(id), what, holds: new Set(analytics) }));
  const nameOf = (analytic: string): string => {
    const doc = docs.get(analytic);
    const technique = doc?.techniques[0];
    return technique === undefined ? (doc?.name ?? "") : `${technique.id} ${technique.name}`;
  };
  const today = ctx.clock().toISOString().slice(0, 10);
  const gap = toGapJson(row, priceOf(row), today);
  const held = row.analytics.map((analytic): GapCell => ({ analytic, technique: nameOf(analytic), status: statuses.get(analytic) ?? "not-applicable", also: others.filter(({ holds }) => holds.has(analytic)).map(({ id, what }) => ({ id, what })) }));
  const label = assessmentLabel(row.assessmentId);
  return {
    gap,
    sourceTitle: familyById(row.family)?.title ?? "",
    assessment: { id: row.assessmentId, label, at: assessment === null ? Date.parse(row.changedAt) : Date.parse(assessment.at) },
    currency,
    segmentOwner: segment?.owner ?? "",
    overdue: gap.state !== "done" && gap.due !== null && gap.due < today,
    cells: held,
    events: [...events].reverse(),
    ticket: ticketText({ gap, analytics: held.map(({ analytic, technique }) => ({ id: analytic, technique })), currency, segmentOwner: segment?.owner ?? "", assessment: label, notice: MITRE_NOTICE }),
  };
}
