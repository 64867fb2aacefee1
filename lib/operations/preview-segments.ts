import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { planSegments, type SegmentsPlan } from "./inventory/plan-segments";
import { readSource, type InventorySource } from "./inventory/read-source";

/** What importing a segments CSV would do; nothing is written. */
export async function previewSegments(ctx: OperationContext, source: InventorySource): Promise<SegmentsPlan> {
  authorize(ctx, "segment.write", "none");
  return planSegments(ctx.db, await readSource(ctx, source));
}
