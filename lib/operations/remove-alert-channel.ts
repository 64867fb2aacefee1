import { deleteChannel, listChannels } from "@/lib/alerts/store";
import { emitAudit } from "@/lib/audit/emit-audit";
import { withTransaction } from "@/lib/db/with-transaction";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";

/** Takes a channel away, with the list of what it sent. @returns its name @throws SightlineError NOT_FOUND */
export async function removeAlertChannel(ctx: OperationContext, id: string): Promise<string> {
  authorize(ctx, "alert.channels", "all");
  return withTransaction(ctx.db, async (tx) => {
    const found = (await listChannels(tx)).find((one) => one.id === id || one.channel.name === id);
    if (found === undefined) throw new SightlineError("NOT_FOUND", `There is no channel "${id}".`, { field: "channel", remedy: "See sightline alerts channels." });
    await deleteChannel(tx, found.id);
    await emitAudit(tx, ctx, { action: "alert.channel.remove", target: `alert-channel/${found.id}`, detail: { name: found.channel.name } });
    return found.channel.name;
  });
}
