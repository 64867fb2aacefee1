import { dueDeliveries } from "@/lib/alerts/due-deliveries";
import { claimDelivery, endDelivery, insertDelivery, listAlertRows, lockAlerts, markUnconfirmed, readChannelSecret, readDeliveryGround } from "@/lib/alerts/store";
import { writeMessage } from "@/lib/alerts/write-message";
import { withTransaction } from "@/lib/db/with-transaction";
import { sendMail } from "./alerts/send-mail";
import { sendWebhook } from "./alerts/send-webhook";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";

const LOOK_BACK_MS = 14 * 86_400_000; // what was mended longer ago is no news
const LEASE_MS = 120_000; // a sender that has not ended by then is dead
const RETRY_MS = [60_000, 5 * 60_000, 30 * 60_000, 2 * 3_600_000]; // then it failed

/** How many messages left, and how many could not. */
export interface Delivered {
  readonly sent: number;
  readonly failed: number;
}

/**
 * One round of sending: writes what is due into the outbox, then sends it, one message after the other. A message is claimed
 * before it leaves and never sent again by itself when its end is not known; one that was refused is tried again, later each time.
 */
export async function deliverAlerts(ctx: OperationContext): Promise<Delivered> {
  authorize(ctx, "alert.send", "all");
  const now = ctx.clock();
  await withTransaction(ctx.db, async (tx) => {
    await lockAlerts(tx);
    await markUnconfirmed(tx, new Date(now.getTime() - LEASE_MS), now);
    const { channels, alerts } = await readDeliveryGround(tx, new Date(now.getTime() - LOOK_BACK_MS));
    for (const state of channels) {
      for (const { key, kind, alerts: ids } of dueDeliveries(state, alerts, now.getTime())) {
        const told = await listAlertRows(tx, { ids });
        const message = writeMessage(kind, told.map(({ id, alert, closedAt }) => ({ id, alert, closedAt: closedAt === null ? null : Date.parse(closedAt) })), state.channel.baseUrl, now.getTime());
        await insertDelivery(tx, { key, channelId: state.id, kind, alerts: ids, message, at: now });
      }
    }
  });
  let sent = 0;
  let failed = 0;
  for (;;) {
    const claimed = await withTransaction(ctx.db, (tx) => claimDelivery(tx, ctx.clock()));
    if (claimed === null) return { sent, failed };
    const error = await attempt(ctx, claimed);
    const at = ctx.clock();
    const wait = RETRY_MS[claimed.attempts - 1];
    const end = error === null ? { state: "sent" as const, error, at } : wait === undefined ? { state: "failed" as const, error, at } : { state: "queued" as const, error, at, nextAt: new Date(at.getTime() + wait) };
    await withTransaction(ctx.db, (tx) => endDelivery(tx, claimed.id, end));
    if (error === null) sent += 1;
    else failed += 1;
  }
}

/** @returns what went wrong, in words; null when it was taken */
async function attempt(ctx: OperationContext, { id, channelId, message }: NonNullable<Awaited<ReturnType<typeof claimDelivery>>>): Promise<string | null> {
  const found = await readChannelSecret(ctx.db, channelId);
  if (found === null) return "The channel is gone.";
  try {
    if (found.channel.kind === "webhook") await sendWebhook(found.channel, found.secret, message.body, { delivery: id, at: ctx.clock() });
    else await sendMail(found.channel, found.secret, message, id);
    return null;
  } catch (error) {
    return (error instanceof Error ? error.message : String(error)).slice(0, 500);
  }
}
