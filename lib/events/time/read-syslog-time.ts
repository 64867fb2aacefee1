import { readEpochSeconds, readIsoTime, type TimeReading } from "./read-time";
import { zoneOffsetMs } from "./zone-offset";

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
const DAY_MS = 86_400_000;

/**
 * The date and time of devices: "Feb  3 10:00:00" as RFC 3164 has it, with or without a year before or behind the day's
 * time, with an optional fraction. It names no zone.
 *
 * @param reference ms of the instant before which the record was written (when it was imported): a date without a year is
 * the last one not later than a day after it. Absent: a date without a year is no usable time.
 */
export function readDeviceTime(text: string, field: string, zone: string, reference: number | undefined): TimeReading {
  const match = /^([A-Z][a-z]{2}) {1,2}(\d{1,2})(?:,? (\d{4}))? (\d\d:\d\d:\d\d)(?:[.,](\d{1,9}))?(?: (\d{4}))?(?: (UTC|GMT|Z|[+-]\d\d:?\d\d))?$/.exec(text.trim());
  const month = MONTHS.indexOf(match?.[1] ?? "") + 1;
  if (match === null || month === 0) return { untimed: "bad-time" };
  const [, , day = "", early, clock = "", fraction, late, suffix = ""] = match;
  const read = (year: string): TimeReading => {
    const iso = `${year}-${String(month).padStart(2, "0")}-${day.padStart(2, "0")}T${clock}${fraction === undefined ? "" : `.${fraction}`}${suffix === "GMT" ? "Z" : suffix}`;
    const reading = readIsoTime(iso, field, zone);
    return "time" in reading ? { time: { ...reading.time, text } } : reading;
  };
  const said = early ?? late;
  if (said !== undefined) return read(said);
  if (reference === undefined) return { untimed: "no-time" };
  const latest = reference + DAY_MS;
  const year = new Date(latest + zoneOffsetMs(zone, latest)).getUTCFullYear();
  for (const candidate of [year, year - 1, year - 2, year - 3, year - 4]) {
    const reading = read(String(candidate)); // 29 February is in one of five years
    if ("time" in reading && reading.time.ms <= latest) return reading;
  }
  return { untimed: "bad-time" };
}

/** A time as any wrapper writes it: ISO 8601, a device's, or seconds or milliseconds since 1970. */
export function readEnvelopeTime(text: string, zone: string, reference: number | undefined): TimeReading {
  if (/^\d{9,10}(\.\d+)?$/.test(text)) return readEpochSeconds(text, "envelope");
  if (/^\d{12,13}$/.test(text)) return readEpochSeconds(`${text.slice(0, -3)}.${text.slice(-3)}`, "envelope");
  return /^\d{4}-/.test(text) ? readIsoTime(text, "envelope", zone) : readDeviceTime(text, "envelope", zone, reference);
}
