import { sameDomains } from "@/lib/assessment/same-domains";
import type { ScoringInput } from "@/lib/assessment/scoring-input";
import type { ScoringResult } from "@/lib/assessment/scoring-result";
import { statusRank } from "@/lib/assessment/status";
import { hasLaterAssessment, listAssessmentRows, readAssessmentSegments } from "@/lib/assessment/store";
import { findAlerts, type EarlierPicture } from "@/lib/alerts/find-alerts";
import { settleAlerts } from "@/lib/alerts/settle-alerts";
import { listOpenAlerts, lockAlerts, writeSettlement } from "@/lib/alerts/store";
import { emitAudit } from "@/lib/audit/emit-audit";
import type { Tx } from "@/lib/db/client";
import { stateOn } from "@/lib/gaps/gap-state";
import { listGapRows } from "@/lib/gaps/store";
import { listSegments } from "@/lib/inventory/store";
import type { OperationContext } from "../context";
import { listCellStatuses } from "../list-cell-statuses";

/** The assessment before, as alerts compare with it; null: there is none of these domains. Read before the transaction that stores the new one. */
export async function readEarlierPicture(ctx: OperationContext, domains: readonly string[]): Promise<EarlierPicture | null> {
  const row = (await listAssessmentRows(ctx.db)).find((one) => !one.runLater && sameDomains(one, { domains }));
  if (row === undefined) return null;
  const segments = await readAssessmentSegments(ctx.db, row.id);
  const observed = new Map<string, Set<string>>(segments.map(({ id }) => [id, new Set()]));
  const ids = new Map(segments.map(({ position, id }) => [position, id]));
  for (const { analytic, segment, status } of (await listCellStatuses(ctx, row.id)).cells) if (statusRank(status) >= statusRank("observed")) observed.get(ids.get(segment) ?? "")?.add(analytic);
  return { releases: row.releases, values: new Map(segments.map(({ id, doc }) => [id, doc.headline.observed.value])), observed };
}

/**
 * Opens, changes and closes alerts within the transaction that makes an assessment visible. Only the newest picture of the fleet
 * counts: one told later of the past, or older than another that is there, tells nobody anything.
 */
export async function raiseAlerts(tx: Tx, ctx: OperationContext, assessment: { readonly id: number; readonly runLater: boolean; readonly input: ScoringInput; readonly result: ScoringResult; readonly before: EarlierPicture | null }): Promise<void> {
  const { id, runLater, input, result, before } = assessment;
  await lockAlerts(tx);
  if (runLater || (await hasLaterAssessment(tx, { id, at: new Date(input.at), domains: input.domains }))) return;
  const today = new Date(input.at).toISOString().slice(0, 10);
  const [segments, gaps, standing] = await Promise.all([listSegments(tx, {}), listGapRows(tx, { state: "accepted", analytics: true }), listOpenAlerts(tx)]);
  const acceptances = gaps.flatMap(({ key, segmentId, what, cells, analytics, decision }) => (stateOn(decision, today) === "accepted" && decision.expires !== null ? [{ key, segmentId, what, owner: decision.owner, expires: decision.expires, cells, analytics }] : []));
  const found = findAlerts({ before, now: { input, result }, owners: new Map(segments.map(({ id: segment, owner }) => [segment, owner])), acceptances, standing });
  const settlement = settleAlerts(standing, found);
  await writeSettlement(tx, settlement, { at: ctx.clock(), assessment: id });
  const detail = { assessment: id, opened: settlement.opened.length, closed: settlement.closed.length, open: found.length };
  if (detail.opened + detail.closed > 0) await emitAudit(tx, ctx, { action: "alert.settle", target: `assessment/${id}`, detail });
}
