import { emitAudit } from "@/lib/audit/emit-audit";
import { withTransaction } from "@/lib/db/with-transaction";
import { lockInventory, setSegmentRetired } from "@/lib/inventory/store";
import type { Segment } from "@/lib/inventory/types";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { findSegmentOrRefuse } from "./inventory/refuse-segment";

/** Brings a retired segment back, with all that it had. Restoring a live one changes nothing. */
export async function restoreSegment(ctx: OperationContext, id: string): Promise<Segment> {
  authorize(ctx, "segment.write", [id]);
  return withTransaction(ctx.db, async (tx) => {
    await lockInventory(tx);
    const before = await findSegmentOrRefuse(tx, id, { live: false });
    if (before.retiredAt === null) return before;
    const segment = await setSegmentRetired(tx, before.id, false, ctx.clock());
    await emitAudit(tx, ctx, { action: "segment.restore", target: segment.id, detail: { name: segment.name } });
    return segment;
  });
}
