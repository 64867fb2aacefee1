import type { AlertRow } from "@/lib/alerts/alert-rows";
import { listAlertRows } from "@/lib/alerts/store";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";

const CLOSED_DAYS_MS = 30 * 86_400_000;

/** Alerts that are open, newest first, and with `closed` those mended in the last 30 days; of the segments that the actor may see. */
export async function listAlerts(ctx: OperationContext, query: { readonly closed?: boolean } = {}): Promise<AlertRow[]> {
  authorize(ctx, "alert.read", "none");
  return listAlertRows(ctx.db, { segmentIds: ctx.segments === "all" ? undefined : ctx.segments, closedSince: query.closed === true ? new Date(ctx.clock().getTime() - CLOSED_DAYS_MS) : null });
}
