import type { AlertRow } from "@/lib/alerts/alert-rows";
import { listAlertRows, readAlertAnalytics } from "@/lib/alerts/store";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";

/** One alert, open or mended, with every analytic of its cells. @throws SightlineError NOT_FOUND */
export async function getAlert(ctx: OperationContext, id: number): Promise<AlertRow> {
  authorize(ctx, "alert.read", "none");
  const [[row], analytics] = await Promise.all([listAlertRows(ctx.db, { ids: [id] }), readAlertAnalytics(ctx.db, id)]);
  if (row === undefined || analytics === null) throw new SightlineError("NOT_FOUND", `There is no alert ${id}.`, { field: "alert", remedy: "See sightline alerts list." });
  authorize(ctx, "alert.read", [row.alert.segmentId]);
  return { ...row, alert: { ...row.alert, analytics } };
}
