import { z } from "zod";
import { DELIVERY_STATES } from "@/lib/alerts/alert-rows";
import { channelSchema } from "@/lib/alerts/channel";
import { getAlertsView } from "@/lib/operations/get-alerts-view";
import { removeAlertChannel } from "@/lib/operations/remove-alert-channel";
import { resendDelivery } from "@/lib/operations/resend-delivery";
import { setAlertChannel } from "@/lib/operations/set-alert-channel";
import { testAlertChannel } from "@/lib/operations/test-alert-channel";
import { jsonEndpoint, TAKES_NOTHING, type Endpoint } from "../endpoint";

const TAG = "What changed";
const channelParameter = z.strictObject({ channel: z.string().max(100).describe("id of a channel") });
const rowSchema = z.object({ id: z.string(), channel: channelSchema, hasSecret: z.boolean().describe("one is kept; it is never shown again"), createdAt: z.iso.datetime(), createdBy: z.string() });
const bodySchema = z.strictObject({ channel: channelSchema, secret: z.string().describe("signs webhooks, or the mail server's password; absent: as it was").optional() });
const deliverySchema = z.object({ id: z.int(), channelId: z.string(), kind: z.enum(["immediate", "digest", "test"]), alerts: z.array(z.int()), state: z.enum(DELIVERY_STATES), attempts: z.int(), error: z.string().nullable(), createdAt: z.iso.datetime(), endedAt: z.iso.datetime().nullable() });

/** Where alerts are sent besides the product itself, and what was sent. */
export const CHANNEL_ENDPOINTS: readonly Endpoint[] = [
  jsonEndpoint({
    ...TAKES_NOTHING,
    id: "listChannels",
    method: "GET",
    path: "/alerts/channels",
    tag: TAG,
    summary: "Channels of alerts, and the last messages",
    response: z.object({ items: z.array(rowSchema), deliveries: z.array(deliverySchema) }),
    run: async (ctx) => {
      const { channels, deliveries } = await getAlertsView(ctx);
      return { items: channels, deliveries };
    },
  }),
  jsonEndpoint({
    ...TAKES_NOTHING,
    id: "addChannel",
    method: "POST",
    path: "/alerts/channels",
    tag: TAG,
    summary: "Add a webhook or a mailbox",
    says: "At most one digest a day; alerts of critical segments at once.",
    body: bodySchema,
    response: rowSchema,
    status: 201,
    run: (ctx, { body: { channel, secret } }) => setAlertChannel(ctx, { id: null, channel, ...(secret === undefined ? {} : { secret }) }),
  }),
  jsonEndpoint({
    ...TAKES_NOTHING,
    id: "setChannel",
    method: "PUT",
    path: "/alerts/channels/{channel}",
    tag: TAG,
    summary: "Change a channel",
    parameters: channelParameter,
    body: bodySchema,
    response: rowSchema,
    run: (ctx, { path, body: { channel, secret } }) => setAlertChannel(ctx, { id: path.channel, channel, ...(secret === undefined ? {} : { secret }) }),
  }),
  jsonEndpoint({ ...TAKES_NOTHING, id: "testChannel", method: "POST", path: "/alerts/channels/{channel}/test", tag: TAG, summary: "Send a message without an alert, now", parameters: channelParameter, response: deliverySchema, run: (ctx, { path }) => testAlertChannel(ctx, path.channel) }),
  jsonEndpoint({
    ...TAKES_NOTHING,
    id: "resendDelivery",
    method: "POST",
    path: "/alerts/deliveries/{delivery}/resend",
    tag: TAG,
    summary: "Send a message again that failed, or of which nobody knows whether it arrived",
    parameters: z.strictObject({ delivery: z.int().min(1).max(2_147_483_647).describe("number of a delivery of `GET /alerts/channels`") }),
    response: z.object({ queued: z.int() }),
    run: async (ctx, { path }) => {
      await resendDelivery(ctx, path.delivery);
      return { queued: path.delivery };
    },
  }),
  jsonEndpoint({ ...TAKES_NOTHING, id: "removeChannel", method: "DELETE", path: "/alerts/channels/{channel}", tag: TAG, summary: "Take a channel away", parameters: channelParameter, response: z.object({ removed: z.string().describe("its name") }), run: async (ctx, { path }) => ({ removed: await removeAlertChannel(ctx, path.channel) }) }),
];
