import { hasLaterAssessment } from "@/lib/assessment/store";
import type { ScoringInput } from "@/lib/assessment/scoring-input";
import type { ScoringResult } from "@/lib/assessment/scoring-result";
import { emitAudit } from "@/lib/audit/emit-audit";
import type { Tx } from "@/lib/db/client";
import type { GapNote } from "@/lib/gaps/gap-state";
import type { FoundGap } from "@/lib/gaps/group-gaps";
import { reconcileGaps } from "@/lib/gaps/reconcile-gaps";
import { listKnownGaps, lockGaps, writeGapSteps } from "@/lib/gaps/store";
import { openTrace } from "@/lib/gaps/trace-cells";
import { assessmentLabel } from "@/lib/reports/shell-view";
import type { OperationContext } from "../context";

/** The assessment that is being stored. found: groupGaps of its input and result, worked out before the transaction. */
export interface NewAssessment {
  readonly id: number;
  readonly runLater: boolean;
  readonly input: ScoringInput;
  readonly result: ScoringResult;
  readonly found: readonly FoundGap[];
}

/**
 * Brings the backlog up to date within the transaction that makes an assessment visible: gaps open, close by proof, reopen. Only
 * the newest picture of the fleet counts: one told later of the past, or one older than another that is there, changes nothing.
 */
export async function reconcileBacklog(tx: Tx, ctx: OperationContext, { id, runLater, input, result, found }: NewAssessment): Promise<void> {
  const time = new Date(input.at);
  await lockGaps(tx);
  if (runLater || (await hasLaterAssessment(tx, { id, at: time, domains: input.domains }))) return;
  const known = await listKnownGaps(tx, input.domains);
  const steps = reconcileGaps(known, found, { label: assessmentLabel(id), today: time.toISOString().slice(0, 10), domains: input.domains, trace: openTrace(input, result) });
  await writeGapSteps(tx, steps, { assessmentId: id, at: ctx.clock(), time, actor: ctx.actor.name });
  const count = (kind: GapNote["kind"]): number => steps.filter(({ notes }) => notes.some((note) => note.kind === kind)).length;
  const detail = { assessment: id, gaps: found.length, opened: count("opened"), closed: count("closed"), reopened: count("reopened") };
  if (detail.opened + detail.closed + detail.reopened > 0) await emitAudit(tx, ctx, { action: "gap.reconcile", target: `assessment/${id}`, detail });
}
