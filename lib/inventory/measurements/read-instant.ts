/** The instant in ms of a text, and whether the text left its zone open (then it is read as UTC); null for an empty text, undefined for anything else. */
export type ReadInstant = { readonly ms: number; readonly zoneless: boolean } | null | undefined;

const EARLIEST = Date.UTC(1990, 0, 1);
const LATEST = Date.UTC(2200, 0, 1);
const ISO = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s*(Z|UTC|[+-]\d{2}(?::?\d{2})?)?$/i;

const AMERICAN = /^(\d{1,2})\/(\d{1,2})\/(\d{4}), (\d{1,2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?[ \u00a0\u202f]([AP])M$/;
const KIBANA = /^([A-Z][a-z]{2}) (\d{1,2}), (\d{4}) @ (\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?$/;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/**
 * Times as query tools write them: seconds since 1970 (with a fraction), milliseconds, or ISO 8601 with a "T" or a blank between
 * date and time; month/day/year with AM or PM as Azure's portal has it, and Kibana's "Nov 21, 2026 @ 09:15:30.123".
 */
export function readInstant(text: string): ReadInstant {
  const value = text.trim();
  if (value === "") return null;
  if (/^\d{9,11}(?:\.\d+)?$/.test(value)) return believable(Math.round(Number(value) * 1_000), false);
  if (/^\d{12,14}(?:\.0+)?$/.test(value)) return believable(Math.trunc(Number(value)), false);
  const iso = isoOf(value);
  if (iso !== null) return readInstant(iso);
  const [, year = "", month = "", day = "", hour = "00", minute = "00", second = "00", fraction = "", zone] = ISO.exec(value) ?? [];
  if (year === "") return undefined;
  const [h, m, s] = [Number(hour), Number(minute), Number(second)];
  const date = Date.UTC(Number(year), Number(month) - 1, Number(day));
  if (h > 23 || m > 59 || s > 59 || new Date(date).toISOString().slice(0, 10) !== `${year}-${month}-${day}`) return undefined; // Date makes 30 February 2 March
  return believable(date + ((h * 60 + m) * 60 + s) * 1_000 + Number(`${fraction}000`.slice(0, 3)) - zoneMs(zone ?? "Z"), zone === undefined);
}

/** What two products write, as ISO 8601 without a zone; null for everything else. Without AM or PM nobody knows the month from the day. */
function isoOf(value: string): string | null {
  const two = (part: string | number): string => String(part).padStart(2, "0");
  const portal = AMERICAN.exec(value);
  if (portal !== null) {
    const [, month = "", day = "", year = "", hour = "", minute = "", second = "", fraction = "0", half] = portal;
    return Number(hour) < 1 || Number(hour) > 12 ? null : `${year}-${two(month)}-${two(day)}T${two((Number(hour) % 12) + (half === "P" ? 12 : 0))}:${minute}:${second}.${fraction}`;
  }
  const [, name = "", day = "", year = "", hour = "", minute = "", second = "", fraction = "0"] = KIBANA.exec(value) ?? [];
  const month = MONTHS.indexOf(name) + 1;
  return month === 0 ? null : `${year}-${two(month)}-${two(day)}T${hour}:${minute}:${second}.${fraction}`;
}

function zoneMs(zone: string): number {
  const [, sign, hours = "0", minutes = "0"] = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone) ?? [];
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}

function believable(ms: number, zoneless: boolean): ReadInstant {
  return ms >= EARLIEST && ms <= LATEST ? { ms, zoneless } : undefined;
}
