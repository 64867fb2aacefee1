import { channelSchema, faultOf, type ChannelDraft } from "@/lib/alerts/channel";
import type { ChannelRow } from "@/lib/alerts/alert-rows";
import { listChannels, writeChannel } from "@/lib/alerts/store";
import { emitAudit } from "@/lib/audit/emit-audit";
import { withTransaction } from "@/lib/db/with-transaction";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";

/** id null: a new channel. secret absent: as it was; it is never shown again. */
export interface ChannelRequest {
  readonly id: string | null;
  readonly channel: ChannelDraft;
  readonly secret?: string;
}

const LONGEST_SECRET = 1_000;

/**
 * Makes or changes a channel that alerts are sent to.
 *
 * @throws SightlineError INVALID naming the field, NOT_FOUND
 */
export async function setAlertChannel(ctx: OperationContext, { id, channel: draft, secret }: ChannelRequest): Promise<ChannelRow> {
  authorize(ctx, "alert.channels", "all");
  const parsed = channelSchema.safeParse(draft);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new SightlineError("INVALID", `${issue?.message ?? "This is no channel"}.`, { field: issue?.path.map(String).join(".") ?? "" });
  }
  const fault = faultOf(parsed.data);
  if (fault !== null) throw new SightlineError("INVALID", fault.message, { field: fault.field, remedy: fault.remedy });
  if ((secret ?? "").length > LONGEST_SECRET) throw new SightlineError("INVALID", `The secret is longer than ${LONGEST_SECRET} characters.`, { field: "secret" });
  return withTransaction(ctx.db, async (tx) => {
    const before = await listChannels(tx);
    if (id !== null && !before.some((one) => one.id === id)) throw new SightlineError("NOT_FOUND", "There is no such channel.", { field: "channel" });
    if (before.some((one) => one.id !== id && one.channel.name.toLowerCase() === parsed.data.name.toLowerCase())) throw new SightlineError("CONFLICT", `There is a channel "${parsed.data.name}" already.`, { field: "name" });
    const made = await writeChannel(tx, id, parsed.data, secret, { at: ctx.clock(), actor: ctx.actor.name });
    await emitAudit(tx, ctx, { action: "alert.channel", target: `alert-channel/${made}`, detail: { name: parsed.data.name, kind: parsed.data.kind, enabled: parsed.data.enabled, to: parsed.data.kind === "mail" ? [...parsed.data.to] : new URL(parsed.data.url).origin, secret: secret === undefined ? "unchanged" : secret === "" ? "none" : "set" } });
    const found = (await listChannels(tx)).find((one) => one.id === made);
    if (found === undefined) throw new SightlineError("NOT_FOUND", "The channel was removed while it was written.");
    return found;
  });
}
