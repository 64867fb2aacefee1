import { readEntriesAbout } from "@/lib/audit/read-audit-log";
import { readTargetChanges, TARGET_ACTIONS, type TargetChange } from "@/lib/inventory/target-changes";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";

/** How the target of a segment (by id) came to be what it is, newest first: what the audit log says of it. */
export async function listTargetChanges(ctx: OperationContext, segmentId: string): Promise<TargetChange[]> {
  authorize(ctx, "segment.read", [segmentId]);
  return readTargetChanges(await readEntriesAbout(ctx.db, segmentId, TARGET_ACTIONS)).reverse();
}
