import type { Alert } from "./alert";

/** What changes of the alerts that stand. changed: the words or numbers of one that goes on. */
export interface Settlement {
  readonly opened: readonly Alert[];
  readonly changed: readonly Alert[];
  readonly closed: readonly string[]; // keys
}

/**
 * Brings the alerts that are open in line with those found now: each stands once however often it is found, closes itself when
 * it is mended, and is a new one when it comes back. Pure.
 */
export function settleAlerts(standing: readonly Alert[], found: readonly Alert[]): Settlement {
  const open = new Map(standing.map((alert) => [alert.key, alert]));
  const kept = new Set(found.map(({ key }) => key));
  return {
    opened: found.filter(({ key }) => !open.has(key)),
    changed: found.filter((alert) => {
      const old = open.get(alert.key);
      return old !== undefined && JSON.stringify(old) !== JSON.stringify(alert);
    }),
    closed: standing.flatMap(({ key }) => (kept.has(key) ? [] : [key])),
  };
}
