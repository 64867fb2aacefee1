import { listHostsSeen } from "@/lib/events/store";
import { compareRoster, type RosterReport } from "@/lib/inventory/compare-roster";
import { listRoster } from "@/lib/inventory/store";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { findSegmentOrRefuse } from "./inventory/refuse-segment";

/**
 * The roster of a segment (id or name) against the hosts that its production and exercise samples name, of any age: who was
 * never seen, and who was seen without standing in the roster. null: the segment has no roster.
 */
export async function getRosterReport(ctx: OperationContext, segment: string): Promise<RosterReport | null> {
  authorize(ctx, "segment.read", "none");
  const { id } = await findSegmentOrRefuse(ctx.db, segment, { live: false });
  authorize(ctx, "segment.read", [id]);
  const roster = await listRoster(ctx.db, id);
  return roster.length === 0 ? null : compareRoster(roster, await listHostsSeen(ctx.db, id));
}
