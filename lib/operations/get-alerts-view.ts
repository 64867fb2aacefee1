import type { AlertRow, ChannelRow, DeliveryRow } from "@/lib/alerts/alert-rows";
import { listChannels, listDeliveries } from "@/lib/alerts/store";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { listAlerts } from "./list-alerts";

/** What the alerts page shows. channels and deliveries: null for who may not set them. */
export interface AlertsView {
  readonly now: string;
  readonly alerts: readonly AlertRow[]; // open ones, and those mended in the last 30 days
  readonly channels: readonly ChannelRow[];
  readonly deliveries: readonly DeliveryRow[];
}

/** Alerts, where they are sent, and what was sent. */
export async function getAlertsView(ctx: OperationContext): Promise<AlertsView> {
  authorize(ctx, "alert.read", "none");
  const [alerts, channels, deliveries] = await Promise.all([listAlerts(ctx, { closed: true }), listChannels(ctx.db), listDeliveries(ctx.db, 50)]);
  return { now: ctx.clock().toISOString(), alerts, channels, deliveries };
}
