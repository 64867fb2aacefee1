import type { AlertRow } from "./alert-rows";

/** What the address narrows the alerts to. kinds empty: every kind; segment null: every segment. */
export interface AlertChoice {
  readonly kinds: readonly string[];
  readonly segment: string | null;
}

/** The alerts that are asked for, in their order. */
export function chosenAlerts({ kinds, segment }: AlertChoice, alerts: readonly AlertRow[]): AlertRow[] {
  return alerts.filter(({ alert }) => (kinds.length === 0 || kinds.includes(alert.kind)) && (segment === null || alert.segmentId === segment));
}

/** Whether somebody acknowledged an alert, or snoozed it beyond `now` (ISO). */
export function isQuiet({ acknowledged, quietUntil }: Pick<AlertRow, "acknowledged" | "quietUntil">, now: string): boolean {
  return acknowledged !== null || (quietUntil !== null && quietUntil > now);
}
