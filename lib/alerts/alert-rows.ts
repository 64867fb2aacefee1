import type { Alert } from "./alert";
import type { Channel } from "./channel";
import type { DueDelivery } from "./due-deliveries";

/** An alert with its history; times are ISO texts. */
export interface AlertRow {
  readonly id: number;
  readonly alert: Alert;
  readonly openedAt: string;
  readonly openedIn: number; // assessment
  readonly closedAt: string | null;
  readonly closedIn: number | null;
  readonly acknowledged: string | null;
  readonly quietUntil: string | null; // snoozed until then
  readonly quietBy: string | null;
  readonly quietReason: string | null;
}

/** A channel without its secret. hasSecret: one is kept. */
export interface ChannelRow {
  readonly id: string;
  readonly channel: Channel;
  readonly hasSecret: boolean;
  readonly createdAt: string;
  readonly createdBy: string;
}

export const DELIVERY_STATES = ["queued", "sending", "sent", "failed", "unconfirmed"] as const;

/** Something to be sent, or that was. */
export interface DeliveryRow {
  readonly id: number;
  readonly channelId: string;
  readonly kind: DueDelivery["kind"] | "test";
  readonly alerts: readonly number[];
  readonly state: (typeof DELIVERY_STATES)[number];
  readonly attempts: number;
  readonly error: string | null;
  readonly createdAt: string;
  readonly endedAt: string | null;
}
