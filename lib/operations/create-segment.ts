import { emitAudit } from "@/lib/audit/emit-audit";
import { withTransaction } from "@/lib/db/with-transaction";
import type { SegmentForm } from "@/lib/inventory/check-segment";
import { insertSegment, lockInventory } from "@/lib/inventory/store";
import type { Segment } from "@/lib/inventory/types";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { describeSegment } from "./inventory/describe-segment";
import { draftOrRefuse, refuseTakenName } from "./inventory/refuse-segment";

/** Creates a segment; demo marks one of the demonstration fleet. @throws SightlineError INVALID with every problem of the form; CONFLICT when the name is taken. */
export async function createSegment(ctx: OperationContext, form: SegmentForm, options: { readonly demo?: boolean } = {}): Promise<Segment> {
  authorize(ctx, "segment.write", "all");
  const draft = draftOrRefuse(form);
  return withTransaction(ctx.db, async (tx) => {
    await lockInventory(tx);
    await refuseTakenName(tx, draft.name, null);
    const segment = await insertSegment(tx, draft, { at: ctx.clock(), demo: options.demo ?? false });
    await emitAudit(tx, ctx, { action: "segment.create", target: segment.id, detail: describeSegment(segment) });
    return segment;
  });
}
