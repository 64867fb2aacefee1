import { listSegments as readSegments } from "@/lib/inventory/store";
import type { SegmentSummary } from "@/lib/inventory/types";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";

/** The segments that the actor may see, by name; retired ones when asked for. */
export async function listSegments(ctx: OperationContext, input: { readonly retired?: boolean } = {}): Promise<SegmentSummary[]> {
  authorize(ctx, "segment.read", "none");
  const segments = await readSegments(ctx.db, input);
  const { segments: granted } = ctx;
  return granted === "all" ? segments : segments.filter(({ id }) => granted.includes(id));
}
