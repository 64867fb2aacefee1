import { stateOn, isLapsed } from "@/lib/gaps/gap-state";
import { listGapHeads } from "@/lib/gaps/store";
import { packGaps, type GapLine, type GapsView } from "@/lib/reports/gaps-view";
import { assessmentLabel } from "@/lib/reports/shell-view";
import { familyById } from "@/lib/telemetry/family-of";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { readGapPrices } from "./gaps/read-gap-prices";

/** The backlog for the long table: every gap of the segments that the actor may see, done ones included. */
export async function getGapsView(ctx: OperationContext): Promise<GapsView> {
  authorize(ctx, "gap.read", "none");
  const today = ctx.clock().toISOString().slice(0, 10);
  const [{ currency, priceOf }, rows] = await Promise.all([readGapPrices(ctx), listGapHeads(ctx.db, ctx.segments === "all" ? undefined : ctx.segments)]);
  const lines = rows.map((row): GapLine => {
    const { id, segmentId, what, why, family, kind, code, group, cells, points, alone } = row;
    const { cost, gain } = priceOf({ ...row, expected: row });
    return { id, segment: segmentId, what, why, family: group === "joins" ? "joins of a chain" : (familyById(family)?.title ?? family), kind, code, group, cells, points, alone, cost: cost ?? -1, gain: gain ?? -1, state: stateOn(row, today), closing: row.closing ?? "", lapsed: isLapsed(row, today), owner: row.owner, due: row.due ?? "", expires: row.expires ?? "" };
  });
  const newest = rows.reduce((most, { assessmentId }) => Math.max(most, assessmentId), 0);
  const segments = [...new Map(rows.map(({ segmentId, segment }) => [segmentId, segment]))].map(([id, name]) => ({ id, name })).sort((a, b) => (a.name < b.name ? -1 : 1));
  return { assessment: newest === 0 ? null : { id: newest, label: assessmentLabel(newest) }, today, currency, segments, gaps: packGaps(lines) };
}
