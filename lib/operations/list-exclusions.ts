import { listExclusionRows, type ExclusionRow } from "@/lib/assessment/decisions/store";
import { endOfDay } from "@/lib/assessment/instants";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";

/** Every exclusion the actor may see, newest first; expired and withdrawn ones are kept and say so. */
export async function listExclusions(ctx: OperationContext): Promise<(ExclusionRow & { readonly expired: boolean })[]> {
  authorize(ctx, "exclusion.read", "none");
  const now = ctx.clock().getTime();
  const rows = await listExclusionRows(ctx.db);
  return rows.filter((row) => ctx.segments === "all" || ctx.segments.includes(row.segmentId)).map((row) => ({ ...row, expired: now > endOfDay(row.expires) }));
}
