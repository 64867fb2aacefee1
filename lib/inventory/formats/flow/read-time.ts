import { readInstant } from "../../measurements/read-instant";

/**
 * The ISO day of a time as SIEMs export it: epoch seconds or milliseconds, ISO 8601, the portal's "11/20/2026, 9:15:30.123 AM"
 * (month first), or Kibana's "Nov 20, 2026 @ 21:05:01.000". null for an empty text, undefined for anything else.
 */
export function dayOf(text: string): string | null | undefined {
  const value = text.trim().replace(/\s*\[?UTC\]?$/i, "");
  if (value === "") return null;
  if (/^\d{9,11}(?:\.\d+)?$/.test(value)) return dayOfMs(Number(value) * 1_000);
  if (/^\d{12,14}$/.test(value)) return dayOfMs(Number(value));
  const iso = /^(\d{4}-\d{2}-\d{2})(?:[T ]\d{2}:\d{2}.*)?$/.exec(value)?.[1];
  if (iso !== undefined) return dayOfMs(Date.parse(`${iso}T00:00:00Z`));
  const portal = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?:,? .*)?$/.exec(value);
  if (!portal) return / @ /.test(value) ? dayOfMs(readInstant(value)?.ms ?? Number.NaN) : undefined;
  const [, month = "", day = "", year = ""] = portal;
  return dayOfMs(Date.parse(`${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}T00:00:00Z`));
}

function dayOfMs(ms: number): string | undefined {
  return Number.isFinite(ms) && ms > 0 && ms < 8e15 ? new Date(ms).toISOString().slice(0, 10) : undefined;
}
