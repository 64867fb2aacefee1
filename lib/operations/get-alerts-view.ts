import type { AlertRow, ChannelRow, DeliveryRow } from "@/lib/alerts/alert-rows";
import { chosenAlerts, isQuiet, type AlertChoice } from "@/lib/alerts/chosen-alerts";
import { countConcernedCells, listChannels, listDeliveries, readAlertAnalytics } from "@/lib/alerts/store";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { listAlerts } from "./list-alerts";

/** What the alerts page shows. Alerts carry the first of their analytics. */
export interface AlertsView {
  readonly everything: readonly AlertRow[]; // open ones, of any kind and segment
  readonly loud: readonly AlertRow[]; // of those chosen what asks for attention: what does not wait, then the newest
  readonly silenced: readonly AlertRow[]; // of those chosen the acknowledged and snoozed ones
  readonly mended: readonly AlertRow[]; // of those chosen, in the last 30 days
  readonly concerned: number; // cells that the loud ones concern
  readonly unfolded: { readonly alert: number; readonly analytics: readonly string[] } | null; // the alert whose analytics are all shown
  readonly channels: readonly ChannelRow[];
  readonly deliveries: readonly DeliveryRow[];
}

/** Alerts, where they are sent, and what was sent. @param unfold an alert whose analytics are all wanted; one that is not there is passed over */
export async function getAlertsView(ctx: OperationContext, { unfold = null, ...choice }: AlertChoice & { readonly unfold?: number | null } = { kinds: [], segment: null }): Promise<AlertsView> {
  authorize(ctx, "alert.read", "none");
  const now = ctx.clock().toISOString();
  const [alerts, channels, deliveries] = await Promise.all([listAlerts(ctx, { closed: true }), listChannels(ctx.db), listDeliveries(ctx.db, 50)]);
  const chosen = chosenAlerts(choice, alerts);
  const open = chosen.filter(({ closedAt }) => closedAt === null);
  const loud = open.filter((row) => !isQuiet(row, now)).sort((a, b) => Number(b.alert.immediate) - Number(a.alert.immediate));
  const wanted = chosen.find(({ id }) => id === unfold)?.id ?? null;
  const [concerned, analytics] = await Promise.all([countConcernedCells(ctx.db, loud.map(({ id }) => id)), wanted === null ? null : readAlertAnalytics(ctx.db, wanted)]);
  return {
    everything: alerts.filter(({ closedAt }) => closedAt === null),
    loud,
    silenced: open.filter((row) => isQuiet(row, now)),
    mended: chosen.filter(({ closedAt }) => closedAt !== null),
    concerned,
    unfolded: wanted === null || analytics === null ? null : { alert: wanted, analytics },
    channels,
    deliveries,
  };
}
