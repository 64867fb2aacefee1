import { emitAudit } from "@/lib/audit/emit-audit";
import { withTransaction } from "@/lib/db/with-transaction";
import { lockInventory, updateSegment } from "@/lib/inventory/store";
import { sameTarget } from "@/lib/inventory/target-changes";
import type { SegmentTarget } from "@/lib/inventory/types";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { draftOrRefuse, findSegmentOrRefuse } from "./inventory/refuse-segment";

/** value: observable share to reach, in millionths; date: ISO date it is due, or null. */
export interface TargetRequest {
  readonly segment: string; // name or id
  readonly target: SegmentTarget | null; // null: none any more
  readonly reason: string;
}

/**
 * Sets, changes or takes away the target of a segment. It moves no verdict; assessments that ran keep the one that they pinned.
 * Setting what holds already changes nothing and leaves no entry.
 *
 * @returns the target that holds now
 * @throws SightlineError INVALID without an owner, a date or a reason, or out of range; NOT_FOUND; CONFLICT for a retired segment
 */
export async function setTarget(ctx: OperationContext, { segment: named, target, reason }: TargetRequest): Promise<{ readonly id: string; readonly segment: string; readonly target: SegmentTarget | null }> {
  authorize(ctx, "segment.write", "none");
  const text = reason.trim();
  return withTransaction(ctx.db, async (tx) => {
    await lockInventory(tx);
    const before = await findSegmentOrRefuse(tx, named, { live: true });
    authorize(ctx, "segment.write", [before.id]);
    const { id, demo: _demo, createdAt: _created, updatedAt: _updated, retiredAt: _retired, ...form } = before;
    const draft = draftOrRefuse({ ...form, platforms: [...form.platforms], tags: [...form.tags], target: target && whole(target) });
    if (sameTarget(before.target, draft.target)) return { id, segment: before.name, target: before.target };
    if (text === "" || text.length > 2_000) throw new SightlineError("INVALID", text === "" ? "A change of a target needs a reason." : "The reason is longer than 2000 characters.", { field: "reason" });
    await updateSegment(tx, id, draft, ctx.clock());
    await emitAudit(tx, ctx, { action: "target.set", target: id, detail: { segment: before.name, before: before.target && { ...before.target }, after: draft.target && { ...draft.target }, reason: text } });
    return { id, segment: before.name, target: draft.target };
  });
}

/** A target that somebody answers for, by a day. */
function whole(target: SegmentTarget): SegmentTarget {
  const owner = target.owner.trim();
  if (owner === "") throw new SightlineError("INVALID", "A target needs somebody who answers for it.", { field: "owner" });
  if (target.date === null || target.date.trim() === "") throw new SightlineError("INVALID", "A target needs a day.", { field: "date", remedy: "Write it as 2027-05-31." });
  if (!(target.value >= 0 && target.value <= 1_000_000)) throw new SightlineError("INVALID", "A target is a share from 0 to 100 percent.", { field: "value" });
  return { ...target, owner };
}
