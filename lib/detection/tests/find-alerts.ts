import { foldHost } from "@/lib/shared/host-name";
import type { AlertHit } from "./detection-test";

/** An alert that a SIEM raised for one of our rules; at in ms. */
export interface ImportedAlert {
  readonly ruleId: string;
  readonly title: string;
  readonly system: string;
  readonly host: string;
  readonly at: number;
}

/**
 * How far from the records of a sample an alert may stand and still be about them: scheduled searches look back, and date
 * their alerts by when they ran.
 */
export const ALERT_TOLERANCE_MS = 60 * 60 * 1000;

/** What part of a sample alerts are compared with: its hosts of the segment (folded) and their first and last time in ms. */
export interface AlertWindow {
  readonly hosts: readonly string[];
  readonly first: number | null;
  readonly last: number | null;
}

/** Alerts of the rules on a host of the sample, within its time and the tolerance. A sample without a usable time has none. */
export function findAlerts(alerts: readonly ImportedAlert[], rules: ReadonlySet<string>, { hosts, first, last }: AlertWindow): AlertHit[] {
  if (first === null || last === null) return [];
  const own = new Set(hosts);
  return alerts
    .filter((alert) => rules.has(alert.ruleId) && own.has(foldHost(alert.host)) && alert.at >= first - ALERT_TOLERANCE_MS && alert.at <= last + ALERT_TOLERANCE_MS)
    .map(({ ruleId, title, system, host, at }) => ({ rule: ruleId, title, system, host, at: new Date(at).toISOString() }));
}
