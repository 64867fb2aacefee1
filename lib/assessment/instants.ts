export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;
/** Clocks differ: a record may be this much later than T and still be believed (design, section 7, Time). */
export const SKEW_MS = 5 * 60_000;

/** The last millisecond of an ISO date (YYYY-MM-DD) in UTC. */
export function endOfDay(date: string): number {
  return Date.parse(`${date}T00:00:00.000Z`) + DAY_MS - 1;
}

/** 2026-10-02 14:05 UTC: the form of every instant in a reason. */
export function sayInstant(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

/** Whole days between two instants, rounded down. */
export function daysBetween(earlier: number, later: number): number {
  return Math.floor((later - earlier) / DAY_MS);
}
