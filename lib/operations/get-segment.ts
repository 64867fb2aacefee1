import { listClaims } from "@/lib/inventory/store";
import type { Claim, Segment } from "@/lib/inventory/types";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { findSegmentOrRefuse } from "./inventory/refuse-segment";

/** A segment, by id or name, with what is claimed to be collected there. @throws SightlineError NOT_FOUND */
export async function getSegment(ctx: OperationContext, idOrName: string): Promise<{ readonly segment: Segment; readonly claims: readonly Claim[] }> {
  authorize(ctx, "segment.read", "none");
  const segment = await findSegmentOrRefuse(ctx.db, idOrName, { live: false });
  authorize(ctx, "segment.read", [segment.id]);
  return { segment, claims: await listClaims(ctx.db, [segment.id]) };
}
