import type { Metadata } from "next";
import { pageData } from "@/app/_adapters/page-data";
import { AlertsPage } from "@/components/alerts/alerts-page";
import { getAlertsView } from "@/lib/operations/get-alerts-view";
import { quietAlertsAction, removeAlertChannelAction, resendDeliveryAction, setAlertChannelAction, testAlertChannelAction } from "./actions";

export const metadata: Metadata = { title: "Alerts" };

export default async function AlertsScreen() {
  return <AlertsPage view={await pageData(getAlertsView)} actions={{ quiet: quietAlertsAction, setChannel: setAlertChannelAction, removeChannel: removeAlertChannelAction, testChannel: testAlertChannelAction, resend: resendDeliveryAction }} />;
}
