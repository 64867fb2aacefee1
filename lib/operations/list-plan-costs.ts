import { unpricedLicences, type CostSettings } from "@/lib/gaps/costs";
import { listCostVersions, readCosts } from "@/lib/gaps/plan/store";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";

export interface PlanCostsView extends CostSettings {
  readonly version: number; // 0: nobody stated anything
  readonly unpriced: readonly string[]; // shared licences that rows name and that nobody prices
  readonly versions: readonly { readonly version: number; readonly at: string; readonly by: string; readonly reason: string }[];
}

/** What is stated of costs, and every version that was written. */
export async function listPlanCosts(ctx: OperationContext): Promise<PlanCostsView> {
  authorize(ctx, "plan.read", "all");
  const { version, settings } = await readCosts(ctx.db);
  return { ...settings, version, unpriced: unpricedLicences(settings), versions: await listCostVersions(ctx.db) };
}
