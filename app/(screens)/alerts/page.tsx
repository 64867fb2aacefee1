import type { Metadata } from "next";
import { pageData } from "@/app/_adapters/page-data";
import { AlertsPage } from "@/components/alerts/alerts-page";
import { getAlertsView } from "@/lib/operations/get-alerts-view";
import { readChoice, type SearchParams } from "../read-choice";
import { quietAlertsAction, removeAlertChannelAction, resendDeliveryAction, setAlertChannelAction, testAlertChannelAction } from "./actions";

export const metadata: Metadata = { title: "Alerts" };

export default async function AlertsScreen({ searchParams }: { searchParams: SearchParams }) {
  const [{ segment }, { kind, alert }] = await Promise.all([readChoice(searchParams), searchParams]);
  const choice = { segment, kinds: typeof kind === "string" ? kind.split(",").filter((one) => one !== "") : [] };
  const view = await pageData((ctx) => getAlertsView(ctx, { ...choice, unfold: typeof alert === "string" ? Number(alert) : null }));
  return <AlertsPage view={view} choice={choice} actions={{ quiet: quietAlertsAction, setChannel: setAlertChannelAction, removeChannel: removeAlertChannelAction, testChannel: testAlertChannelAction, resend: resendDeliveryAction }} />;
}
