import { findAssessmentRow } from "@/lib/assessment/store";
import { withTransaction } from "@/lib/db/with-transaction";
import { hasFrontier, lockFrontiers, readCosts } from "@/lib/gaps/plan/store";
import { enqueueJob } from "@/lib/jobs/enqueue-job";
import { hasJob, hasUnfinishedJob } from "@/lib/jobs/store";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { PLAN_FRONTIER } from "./plan/find-tracing-job";
import { frontierKey } from "./plan/read-plan-ground";

const QUIET_MS = 30_000; // after the last assessment or change of costs: who changes several wants one frontier
const MOST_CELLS = 300_000; // of larger fleets tracing takes minutes and gigabytes: somebody asks for it

/**
 * Lets the job process trace the efficient plans of the newest assessment at the costs in force, where nobody has: once for each
 * pair of the two, also when it was cancelled or failed, and only while nothing else waits or runs. A person may always ask again.
 *
 * @returns the job's id; null: nothing is due
 */
export async function startDueFrontier(ctx: OperationContext): Promise<string | null> {
  authorize(ctx, "plan.write", "all");
  const row = await findAssessmentRow(ctx.db, null);
  if (row === null || row.report.fleet.applicable > MOST_CELLS) return null;
  const costs = await readCosts(ctx.db);
  const changed = Math.max(Date.parse(row.ranAt), costs.at?.getTime() ?? 0);
  const key = frontierKey(row, costs);
  if (ctx.clock().getTime() - changed < QUIET_MS || (await hasFrontier(ctx.db, key))) return null;
  return withTransaction(ctx.db, async (tx) => {
    await lockFrontiers(tx);
    if ((await hasJob(tx, PLAN_FRONTIER, { name: "key", value: key })) || (await hasUnfinishedJob(tx))) return null;
    return enqueueJob(tx, { kind: PLAN_FRONTIER, title: `Trace the efficient plans of assessment ${row.id}`, input: { assessment: row.id, key }, actor: ctx.actor.name, now: ctx.clock() });
  });
}
