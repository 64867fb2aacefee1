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

/** Alerts of each sample. */
export interface AttributedAlerts {
  readonly positive: readonly AlertHit[];
  readonly negative: readonly AlertHit[];
}

/**
 * Alerts of the rules on a host of a sample, within its time and the tolerance. One that could be about either sample is about
 * the nearer; where both are as near, it counts against the rule. A sample without a usable time has none.
 */
export function findAlerts(alerts: readonly ImportedAlert[], rules: ReadonlySet<string>, positive: AlertWindow, negative: AlertWindow): AttributedAlerts {
  const found: { positive: AlertHit[]; negative: AlertHit[] } = { positive: [], negative: [] };
  for (const alert of alerts) {
    if (!rules.has(alert.ruleId)) continue;
    const [attack, benign] = [distanceTo(alert, positive), distanceTo(alert, negative)];
    const { ruleId, title, system, host, at } = alert;
    const hit: AlertHit = { rule: ruleId, title, system, host, at: new Date(at).toISOString() };
    if (benign !== null && (attack === null || benign <= attack)) found.negative.push(hit);
    else if (attack !== null) found.positive.push(hit);
  }
  return found;
}

/** How far an alert stands from a sample's time in ms, 0 within it; null: on another host, or beyond the tolerance. */
function distanceTo({ host, at }: ImportedAlert, { hosts, first, last }: AlertWindow): number | null {
  if (first === null || last === null || !hosts.includes(foldHost(host))) return null;
  const distance = Math.max(0, first - at, at - last);
  return distance > ALERT_TOLERANCE_MS ? null : distance;
}
