import { requeueDelivery } from "@/lib/alerts/store";
import { emitAudit } from "@/lib/audit/emit-audit";
import { withTransaction } from "@/lib/db/with-transaction";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";

/** Sends a message again that failed, or of which nobody knows whether it arrived. @throws SightlineError NOT_FOUND, CONFLICT */
export async function resendDelivery(ctx: OperationContext, id: number): Promise<void> {
  authorize(ctx, "alert.channels", "all");
  await withTransaction(ctx.db, async (tx) => {
    if (!(await requeueDelivery(tx, id, ctx.clock()))) throw new SightlineError("CONFLICT", "Only a message that failed, or whose end is not known, is sent again.");
    await emitAudit(tx, ctx, { action: "alert.resend", target: `alert-delivery/${id}`, detail: {} });
  });
}
