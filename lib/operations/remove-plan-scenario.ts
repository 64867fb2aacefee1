import { emitAudit } from "@/lib/audit/emit-audit";
import { withTransaction } from "@/lib/db/with-transaction";
import { deleteScenario } from "@/lib/gaps/plan/store";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";

/** Forgets a scenario. @throws SightlineError NOT_FOUND */
export async function removePlanScenario(ctx: OperationContext, id: string): Promise<void> {
  authorize(ctx, "plan.write", "all");
  await withTransaction(ctx.db, async (tx) => {
    const name = await deleteScenario(tx, id);
    if (name === null) throw new SightlineError("NOT_FOUND", "There is no such scenario.");
    await emitAudit(tx, ctx, { action: "plan.scenario-remove", target: `plan-scenario/${id}`, detail: { name } });
  });
}
