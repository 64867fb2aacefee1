"use server";
import { z } from "zod";
import { actionResult, type ActionResult } from "@/app/_adapters/action-result";
import type { DeliveryRow } from "@/lib/alerts/alert-rows";
import { quietAlerts, type QuietRequest } from "@/lib/operations/quiet-alerts";
import { removeAlertChannel } from "@/lib/operations/remove-alert-channel";
import { resendDelivery } from "@/lib/operations/resend-delivery";
import { setAlertChannel, type ChannelRequest } from "@/lib/operations/set-alert-channel";
import { testAlertChannel } from "@/lib/operations/test-alert-channel";

const quietSchema = z.object({ ids: z.array(z.number().int()), how: z.enum(["acknowledge", "snooze", "wake"]), reason: z.string().optional(), until: z.string().optional() });

/** Acknowledges, snoozes or wakes alerts; gives how many. */
export async function quietAlertsAction(request: QuietRequest): Promise<ActionResult<number>> {
  return actionResult((ctx) => {
    const { ids, how, reason, until } = quietSchema.parse(request);
    return quietAlerts(ctx, { ids, how, ...(reason === undefined ? {} : { reason }), ...(until === undefined ? {} : { until }) });
  });
}

/** Makes or changes a channel; its fields are checked by the operation. Gives its name. */
export async function setAlertChannelAction({ id, channel, secret }: ChannelRequest): Promise<ActionResult<string>> {
  return actionResult(async (ctx) => (await setAlertChannel(ctx, { id: z.string().nullable().parse(id), channel, ...(secret === undefined ? {} : { secret: z.string().parse(secret) }) })).channel.name);
}

/** Takes a channel away; gives its name. */
export async function removeAlertChannelAction(id: string): Promise<ActionResult<string>> {
  return actionResult((ctx) => removeAlertChannel(ctx, z.string().parse(id)));
}

/** Sends a message without an alert through a channel. */
export async function testAlertChannelAction(id: string): Promise<ActionResult<DeliveryRow>> {
  return actionResult((ctx) => testAlertChannel(ctx, z.string().parse(id)));
}

/** Queues a message again whose end is failed or unknown. */
export async function resendDeliveryAction(id: number): Promise<ActionResult<number>> {
  return actionResult(async (ctx) => {
    await resendDelivery(ctx, z.number().int().parse(id));
    return id;
  });
}
