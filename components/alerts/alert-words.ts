import type { AlertKind } from "@/lib/alerts/alert";
import type { DeliveryRow } from "@/lib/alerts/alert-rows";

export const KIND_WORD: Readonly<Record<AlertKind, string>> = {
  "segment-fallen": "Segment fallen",
  "source-silent": "Source silent",
  "claims-contradicted": "Claims contradicted",
  "test-withdrawn": "Test withdrawn",
  "evidence-ageing": "Proof runs out",
  "target-missed": "Target missed",
  "exclusion-ending": "Exclusion ends",
  "acceptance-ending": "Accepted risk ends",
};

/** What has happened first, what is about to happen last. */
export const ALERT_ORDER: readonly AlertKind[] = ["segment-fallen", "source-silent", "claims-contradicted", "test-withdrawn", "evidence-ageing", "target-missed", "exclusion-ending", "acceptance-ending"];

export const DELIVERY_WORD: Readonly<Record<DeliveryRow["state"], string>> = {
  queued: "waits",
  sending: "on its way",
  sent: "taken",
  failed: "not taken",
  unconfirmed: "nobody knows whether it arrived",
};
