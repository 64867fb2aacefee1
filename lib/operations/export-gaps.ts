import { listAssessmentRows } from "@/lib/assessment/store";
import { csvLine } from "@/lib/evidence/write-csv";
import type { GapJson } from "@/lib/gaps/gap-json";
import { ticketText } from "@/lib/gaps/ticket-text";
import { listSegments } from "@/lib/inventory/store";
import { assessmentLabel } from "@/lib/reports/shell-view";
import { MITRE_NOTICE } from "@/lib/shared/mitre-notice";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { readGapPrices } from "./gaps/read-gap-prices";
import { listGaps, type GapQuery } from "./list-gaps";
import { loadPinnedAnalytics } from "./load-pinned-analytics";

export interface GapExportQuery extends GapQuery {
  readonly ids?: readonly string[] | undefined; // labels; absent: all that the rest of the query leaves
}

const MOST_ASSESSMENTS = 5_000; // a gap that was done before them says no policy

const COLUMNS = ["gap", "segment", "what", "kind", "family", "component", "cause", "why", "cells", "points", "alone", "alone_points", "cost", "currency", "points_per_10000", "state", "closed_by", "owner", "due", "accepted_until", "reason", "opened", "changed", "assessment", "analytics", "policy_version"];

/** The backlog as CSV that a spreadsheet opens safely: a line per gap, points in percentage points. policy_version: of the assessment that the numbers are of. */
export async function exportGapsCsv(ctx: OperationContext, query: GapExportQuery): Promise<string> {
  authorize(ctx, "gap.read", "none");
  const { currency } = await readGapPrices(ctx);
  const policies = new Map((await listAssessmentRows(ctx.db, MOST_ASSESSMENTS)).map(({ id, policyVersion }) => [id, policyVersion]));
  const points = (millionths: number): number => millionths / 10_000;
  const lines = (await chosen(ctx, query)).map((gap) =>
    csvLine([
      gap.id, gap.segment, gap.what, gap.kind, gap.family, gap.component?.id ?? "", gap.code, gap.why, gap.cells, points(gap.points), gap.alone, points(gap.alonePoints), gap.cost, gap.cost === null ? "" : currency, gap.gain === null ? null : points(gap.gain),
      gap.lapsed ? "open (acceptance ended)" : gap.state, gap.closing, gap.owner, gap.due, gap.expires, gap.reason, gap.openedAt, gap.changedAt, assessmentLabel(gap.assessment), gap.analytics.join(" "), policies.get(gap.assessment) ?? null,
    ]),
  );
  return `${csvLine(COLUMNS)}${lines.join("")}`;
}

/** A ticket text per gap, as Markdown. */
export async function exportGapTickets(ctx: OperationContext, query: GapExportQuery): Promise<{ readonly id: string; readonly text: string }[]> {
  authorize(ctx, "gap.read", "none");
  const { currency } = await readGapPrices(ctx);
  const gaps = await chosen(ctx, query);
  const [docs, segments] = await Promise.all([loadPinnedAnalytics(ctx, null, [...new Set(gaps.flatMap(({ analytics }) => analytics))]), listSegments(ctx.db, { retired: true })]);
  const owners = new Map(segments.map(({ id, owner }) => [id, owner]));
  return gaps.map((gap) => {
    const analytics = gap.analytics.map((id) => {
      const technique = docs.get(id)?.techniques[0];
      return { id, technique: technique === undefined ? (docs.get(id)?.name ?? "") : `${technique.id} ${technique.name}` };
    });
    return { id: gap.id, text: ticketText({ gap, analytics, currency, segmentOwner: owners.get(gap.segmentId) ?? "", assessment: assessmentLabel(gap.assessment), notice: MITRE_NOTICE }) };
  });
}

async function chosen(ctx: OperationContext, { ids, ...query }: GapExportQuery): Promise<GapJson[]> {
  const gaps = await listGaps(ctx, query);
  if (ids === undefined) return gaps;
  const wanted = new Set(ids);
  return gaps.filter(({ id }) => wanted.has(id));
}
