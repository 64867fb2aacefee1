import { emitAudit } from "@/lib/audit/emit-audit";
import { withTransaction } from "@/lib/db/with-transaction";
import type { SegmentForm } from "@/lib/inventory/check-segment";
import { lockInventory, updateSegment } from "@/lib/inventory/store";
import type { Segment } from "@/lib/inventory/types";
import { canonicalJson } from "@/lib/shared/canonical-json";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { followTimeZone } from "./inventory/follow-time-zone";
import { describeSegment } from "./inventory/describe-segment";
import { draftOrRefuse, findSegmentOrRefuse, refuseOrphanedHosts, refuseTakenName } from "./inventory/refuse-segment";

/**
 * Replaces what people wrote about a segment (by id). Saving the same again changes nothing and leaves no entry. With another
 * time zone, samples whose times name none are read again.
 *
 * @throws SightlineError INVALID, NOT_FOUND; CONFLICT for a taken name, a retired segment, or a platform that roster hosts still have.
 */
export async function editSegment(ctx: OperationContext, id: string, form: SegmentForm): Promise<Segment> {
  authorize(ctx, "segment.write", [id]);
  const draft = draftOrRefuse(form);
  return withTransaction(ctx.db, async (tx) => {
    await lockInventory(tx);
    const before = await findSegmentOrRefuse(tx, id, { live: true });
    if (canonicalJson(describeSegment(before)) === canonicalJson(describeSegment(draft))) return before;
    await refuseTakenName(tx, draft.name, id);
    await refuseOrphanedHosts(tx, id, draft);
    const segment = await updateSegment(tx, id, draft, ctx.clock());
    const readAgain = await followTimeZone(tx, ctx, before, segment);
    await emitAudit(tx, ctx, { action: "segment.edit", target: id, detail: { before: describeSegment(before), after: describeSegment(segment), ...(readAgain > 0 ? { readAgain } : {}) } });
    return segment;
  });
}
