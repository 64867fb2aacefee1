/** The instant in ms of a text, and whether the text left its zone open (then it is read as UTC); null for an empty text, undefined for anything else. */
export type ReadInstant = { readonly ms: number; readonly zoneless: boolean } | null | undefined;

const EARLIEST = Date.UTC(1990, 0, 1);
const LATEST = Date.UTC(2200, 0, 1);
const ISO = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s*(Z|UTC|[+-]\d{2}(?::?\d{2})?)?$/i;

/** Times as query tools write them: seconds since 1970 (with a fraction), milliseconds, or ISO 8601 with a "T" or a blank between date and time. */
export function readInstant(text: string): ReadInstant {
  const value = text.trim();
  if (value === "") return null;
  if (/^\d{9,11}(?:\.\d+)?$/.test(value)) return believable(Math.round(Number(value) * 1_000), false);
  if (/^\d{12,14}(?:\.0+)?$/.test(value)) return believable(Math.trunc(Number(value)), false);
  const [, year = "", month = "", day = "", hour = "00", minute = "00", second = "00", fraction = "", zone] = ISO.exec(value) ?? [];
  if (year === "") return undefined;
  const [h, m, s] = [Number(hour), Number(minute), Number(second)];
  const date = Date.UTC(Number(year), Number(month) - 1, Number(day));
  if (h > 23 || m > 59 || s > 59 || new Date(date).toISOString().slice(0, 10) !== `${year}-${month}-${day}`) return undefined; // Date makes 30 February 2 March
  return believable(date + ((h * 60 + m) * 60 + s) * 1_000 + Number(`${fraction}000`.slice(0, 3)) - zoneMs(zone ?? "Z"), zone === undefined);
}

function zoneMs(zone: string): number {
  const [, sign, hours = "0", minutes = "0"] = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone) ?? [];
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}

function believable(ms: number, zoneless: boolean): ReadInstant {
  return ms >= EARLIEST && ms <= LATEST ? { ms, zoneless } : undefined;
}
