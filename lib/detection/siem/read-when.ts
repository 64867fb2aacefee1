import { readEpochSeconds, readEpochUnits, readIsoTime, timeMs } from "@/lib/events/time/read-time";

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
// "Nov 21, 2026 @ 10:00:00.000" as Kibana writes it.
const KIBANA = /^([A-Za-z]{3}) (\d{1,2}), (\d{4}) @ (\d\d:\d\d:\d\d(?:\.\d+)?)$/;
// "11/21/2026, 10:00:00.000 AM" as the portal of Sentinel writes it, in UTC.
const PORTAL = /^(\d{1,2})\/(\d{1,2})\/(\d{4}),? (\d{1,2}):(\d\d):(\d\d)(\.\d+)?(?: (AM|PM))?$/i;

export interface When {
  readonly ms: number;
  readonly zoneless: boolean; // no zone stood there: it was read as UTC
}

/** An instant as SIEMs export it: ISO 8601, seconds or milliseconds since 1970, or the way Kibana and Sentinel print it; null when it is none. */
export function readWhen(text: string): When | null {
  const trimmed = text.trim();
  if (/^\d{12,14}$/.test(trimmed)) return known(timeMs(readEpochUnits(trimmed, "time", "ms")));
  if (/^\d{9,11}(?:\.\d+)?$/.test(trimmed)) return known(timeMs(readEpochSeconds(trimmed, "time")));
  const iso = timeMs(readIsoTime(trimmed, "time", "UTC"));
  if (iso !== undefined) return { ms: iso, zoneless: !/(?:Z|UTC|[+-]\d\d:?\d\d)$/i.test(trimmed) };
  const kibana = KIBANA.exec(trimmed);
  if (kibana !== null) return zoneless(`${kibana[3]}-${pad(MONTHS.indexOf((kibana[1] ?? "").toLowerCase()) + 1)}-${pad(Number(kibana[2]))}T${kibana[4]}`);
  const portal = PORTAL.exec(trimmed);
  if (portal === null) return null;
  const [, month, day, year, hour, minute, second, fraction = "", half] = portal;
  const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (half.toUpperCase() === "PM" ? 12 : 0);
  return zoneless(`${year}-${pad(Number(month))}-${pad(Number(day))}T${pad(hours)}:${minute}:${second}${fraction}`);
}

function known(ms: number | undefined): When | null {
  return ms === undefined ? null : { ms, zoneless: false };
}

function zoneless(iso: string): When | null {
  const ms = timeMs(readIsoTime(iso, "time", "utc-by-definition"));
  return ms === undefined ? null : { ms, zoneless: true };
}

function pad(value: number): string {
  return String(value).padStart(2, "0");
}
