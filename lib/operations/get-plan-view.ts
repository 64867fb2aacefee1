import { findAssessmentRow } from "@/lib/assessment/store";
import { unpricedLicences } from "@/lib/gaps/costs";
import { listScenarios, readCosts, readFrontier } from "@/lib/gaps/plan/store";
import type { PlanView } from "@/lib/reports/plan-view";
import { familyById } from "@/lib/telemetry/family-of";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { findAssessment } from "./find-assessment";
import { findTracingJob } from "./plan/find-tracing-job";
import { frontierKey } from "./plan/read-plan-ground";

/**
 * What the plan page shows: the frontier of an assessment as it was traced, the costs in force, and saved scenarios; null when nothing was
 * assessed. It reads kept documents alone and computes nothing.
 *
 * @throws SightlineError NOT_FOUND for an unknown assessment
 */
export async function getPlanView(ctx: OperationContext, assessment: number | null): Promise<PlanView | null> {
  authorize(ctx, "plan.read", "all");
  if (assessment === null && (await findAssessmentRow(ctx.db, null)) === null) return null;
  const row = await findAssessment(ctx, assessment);
  const costs = await readCosts(ctx.db);
  const frontier = await readFrontier(ctx.db, frontierKey(row, costs));
  const scenarios = await listScenarios(ctx.db);
  const families = [...new Set([...(frontier?.doc.actions ?? []), ...(frontier?.doc.dependences ?? [])].map(({ family }) => family))];
  const running = await findTracingJob(ctx);
  return { assessment: row.id, at: row.at, frontier, titles: Object.fromEntries(families.map((family) => [family, familyById(family)?.title ?? family])), costs: { version: costs.version, rates: costs.settings.rates, rows: costs.settings.rows, unpriced: unpricedLicences(costs.settings) }, scenarios, running };
}
