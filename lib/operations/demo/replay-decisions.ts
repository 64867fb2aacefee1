import { addExclusion } from "../add-exclusion";
import type { OperationContext } from "../context";
import { listExclusions } from "../list-exclusions";
import { setTarget } from "../set-target";
import { withdrawExclusion } from "../withdraw-exclusion";
import type { DemoStep } from "./demo-content";

/**
 * Decides what the fleet's people decided at a step: cells taken out for a time, exclusions ended early, targets agreed. What
 * was decided already is left alone.
 *
 * @param dayAfterT0 the ISO date so many days after T0
 */
export async function replayDecisions(ctx: OperationContext, { exclusions, withdrawals, targets }: Pick<DemoStep, "exclusions" | "withdrawals" | "targets">, dayAfterT0: (days: number) => string): Promise<void> {
  const known = exclusions.length + withdrawals.length === 0 ? [] : await listExclusions(ctx);
  for (const { inDays, ...exclusion } of exclusions) {
    if (known.some((one) => one.analytic === exclusion.analytic && one.reason === exclusion.reason)) continue;
    await addExclusion(ctx, { ...exclusion, expires: dayAfterT0(inDays) });
  }
  for (const { analytic, segment, reason } of withdrawals) {
    const found = known.find((one) => one.analytic === analytic && one.segment === segment && one.withdrawn === null);
    if (found !== undefined) await withdrawExclusion(ctx, { id: found.id, reason });
  }
  for (const { segment, reason, inDays, value, owner } of targets) await setTarget(ctx, { segment, target: { value, date: dayAfterT0(inDays), owner }, reason });
}
