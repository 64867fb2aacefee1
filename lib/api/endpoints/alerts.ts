import { z } from "zod";
import { alertSchema } from "@/lib/alerts/alert";
import { getAlert } from "@/lib/operations/get-alert";
import { listAlerts } from "@/lib/operations/list-alerts";
import { quietAlerts } from "@/lib/operations/quiet-alerts";
import { jsonEndpoint, TAKES_NOTHING, type Endpoint } from "../endpoint";

const TAG = "What changed";

const rowSchema = z.object({
  id: z.int(),
  alert: alertSchema,
  openedAt: z.iso.datetime(),
  openedIn: z.int().describe("assessment"),
  closedAt: z.iso.datetime().nullable(),
  closedIn: z.int().nullable(),
  acknowledged: z.iso.datetime().nullable(),
  quietUntil: z.iso.datetime().nullable(),
  quietBy: z.string().nullable(),
  quietReason: z.string().nullable(),
});

/** What people who answer for a segment are told. */
export const ALERT_ENDPOINTS: readonly Endpoint[] = [
  jsonEndpoint({
    ...TAKES_NOTHING,
    id: "listAlerts",
    method: "GET",
    path: "/alerts",
    tag: TAG,
    summary: "Alerts that are open, newest first",
    says: "`cells` counts them; `analytics` holds the first twenty. `GET /alerts/{alert}` names every one.",
    query: z.strictObject({ closed: z.boolean().describe("those mended in the last 30 days too").optional() }),
    response: z.object({ items: z.array(rowSchema) }),
    run: async (ctx, { query }) => ({ items: await listAlerts(ctx, query) }),
  }),
  jsonEndpoint({
    ...TAKES_NOTHING,
    id: "getAlert",
    method: "GET",
    path: "/alerts/{alert}",
    tag: TAG,
    summary: "One alert, with every analytic of its cells",
    parameters: z.strictObject({ alert: z.int().min(1).max(2_147_483_647).describe("number of an alert") }),
    response: rowSchema,
    run: (ctx, { path }) => getAlert(ctx, path.alert),
  }),
  jsonEndpoint({
    ...TAKES_NOTHING,
    id: "quietAlerts",
    method: "POST",
    path: "/alerts/quiet",
    tag: TAG,
    summary: "Acknowledge or snooze alerts, or take that back",
    says: "Mends nothing: an alert stands until an assessment finds it gone.",
    body: z.strictObject({ ids: z.array(z.int()).min(1), how: z.enum(["acknowledge", "snooze", "wake"]), reason: z.string().optional(), until: z.string().describe("snooze: ISO date").optional() }),
    response: z.object({ changed: z.int() }),
    run: async (ctx, { body: { ids, how, reason, until } }) => ({ changed: await quietAlerts(ctx, { ids, how, ...(reason === undefined ? {} : { reason }), ...(until === undefined ? {} : { until }) }) }),
  }),
];
