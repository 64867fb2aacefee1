import { listScenarios, type ScenarioRow } from "@/lib/gaps/plan/store";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";

/** Saved scenarios, newest first. */
export async function listPlanScenarios(ctx: OperationContext): Promise<ScenarioRow[]> {
  authorize(ctx, "plan.read", "all");
  return listScenarios(ctx.db);
}
