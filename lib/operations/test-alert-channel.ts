import type { DeliveryRow } from "@/lib/alerts/alert-rows";
import { insertDelivery, listChannels, listDeliveries } from "@/lib/alerts/store";
import { writeMessage } from "@/lib/alerts/write-message";
import { emitAudit } from "@/lib/audit/emit-audit";
import { withTransaction } from "@/lib/db/with-transaction";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { deliverAlerts } from "./deliver-alerts";

/** Sends a message without an alert through a channel, now. @param word id or name @throws SightlineError NOT_FOUND */
export async function testAlertChannel(ctx: OperationContext, word: string): Promise<DeliveryRow> {
  authorize(ctx, "alert.channels", "all");
  const found = (await listChannels(ctx.db)).find((one) => one.id === word || one.channel.name === word);
  if (found === undefined) throw new SightlineError("NOT_FOUND", `There is no channel "${word}".`, { field: "channel", remedy: "See sightline alerts channels." });
  const now = ctx.clock();
  const id = await withTransaction(ctx.db, async (tx) => {
    const made = await insertDelivery(tx, { key: `${found.id} test ${now.toISOString()}`, channelId: found.id, kind: "test", alerts: [], message: writeMessage("test", [], found.channel.baseUrl, now.getTime()), at: now });
    await emitAudit(tx, ctx, { action: "alert.channel.test", target: `alert-channel/${found.id}`, detail: { name: found.channel.name } });
    return made;
  });
  await deliverAlerts(ctx);
  const sent = (await listDeliveries(ctx.db, 100)).find((row) => row.id === id);
  if (sent === undefined) throw new SightlineError("NOT_FOUND", "The channel was removed while it was tested.");
  return sent;
}
