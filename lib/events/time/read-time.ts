import type { RecordTime } from "../types";
import { zoneOffsetMs } from "./zone-offset";

/** Times outside are clocks that never ran or units misread: the record counts as untimed. */
const EARLIEST = Date.UTC(1980, 0, 1);
const LATEST = Date.UTC(2100, 0, 1);

export type Untimed = "no-time" | "bad-time" | "absurd-time";
export type TimeReading = { readonly time: RecordTime } | { readonly untimed: Untimed };

const NO_TIME: TimeReading = { untimed: "no-time" };
const BAD_TIME: TimeReading = { untimed: "bad-time" };
const ABSURD_TIME: TimeReading = { untimed: "absurd-time" };

const ISO = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,12}))?\s*(Z|z|UTC|[+-]\d\d:?\d\d)?$/;

/**
 * A date and time as logs write it (ISO 8601, "T" or a space, a fraction of any length, Z, +hhmm or +hh:mm, or no zone).
 *
 * @param zone "known" when the source defines zone-less texts as UTC; else the IANA zone in which to read them
 */
export function readIsoTime(text: unknown, field: string, zone: "utc-by-definition" | string): TimeReading {
  if (text === undefined || text === null || text === "") return NO_TIME;
  if (typeof text !== "string") return BAD_TIME;
  const match = ISO.exec(text);
  if (match === null) return BAD_TIME;
  const [, year, month, day, hour, minute, second, fraction = "", suffix] = match;
  const [y, mo, d, h, mi, s] = [Number(year), Number(month), Number(day), Number(hour), Number(minute), Number(second)];
  if (mo < 1 || mo > 12 || d < 1 || d > daysIn(y, mo) || h > 23 || mi > 59 || s > 60) return BAD_TIME;
  const wall = Date.UTC(y, mo - 1, d, h, mi, s) + (fraction === "" ? 0 : Number(`${fraction}00`.slice(0, 3)));
  const known = suffix !== undefined || zone === "utc-by-definition";
  const ms = suffix !== undefined ? wall - suffixMs(suffix) : known ? wall : wall - zoneOffsetMs(zone, wall);
  return finish(ms, text, fraction.length, known ? "known" : "unknown", field);
}

/** Seconds since 1970 UTC with their fraction, as a number or a decimal text (Zeek, audit, osquery). */
export function readEpochSeconds(value: unknown, field: string): TimeReading {
  if (value === undefined || value === null || value === "" || value === "-") return NO_TIME;
  const text = typeof value === "number" ? String(value) : value;
  if (typeof text !== "string") return BAD_TIME;
  const match = /^(-?\d{1,13})(?:\.(\d{1,12}))?$/.exec(text);
  if (match === null) return BAD_TIME;
  const fraction = match[2] ?? "";
  const ms = Number(match[1]) * 1000 + (fraction === "" ? 0 : Number(`${fraction}00`.slice(0, 3)));
  return finish(ms, text, fraction.length, "known", field);
}

/** Whole milli-, micro- or nanoseconds since 1970 UTC, as a number or its digits; a number beyond 2^53 keeps its milliseconds. */
export function readEpochUnits(value: unknown, field: string, unit: "ms" | "us" | "ns"): TimeReading {
  if (value === undefined || value === null || value === "" || value === "-") return NO_TIME;
  const text = typeof value === "number" ? String(value) : value;
  if (typeof text !== "string" || !/^-?\d{1,22}$/.test(text)) return BAD_TIME;
  const digits = unit === "ms" ? 3 : unit === "us" ? 6 : 9;
  return finish(Math.floor(Number(text) / 10 ** (digits - 3)), text, digits, "known", field);
}

/** The instant of a reading, in ms; undefined without one, or where its zone had to be assumed and only a known one will do. */
export function timeMs(reading: TimeReading, zone: "any" | "known" = "any"): number | undefined {
  return "time" in reading && (zone === "any" || reading.time.zone === "known") ? reading.time.ms : undefined;
}

/** The first reading that has a time; else the first that says more than "absent". */
export function firstTime(...readings: readonly TimeReading[]): TimeReading {
  let worst = NO_TIME;
  for (const reading of readings) {
    if ("time" in reading) return reading;
    if (worst === NO_TIME) worst = reading;
  }
  return worst;
}

function finish(ms: number, text: string, digits: number, zone: "known" | "unknown", field: string): TimeReading {
  if (!(ms >= EARLIEST && ms < LATEST)) return ABSURD_TIME;
  const precision = digits === 0 ? "s" : digits <= 3 ? "ms" : digits <= 6 ? "us" : "ns";
  return { time: { ms, text, precision, zone, field } };
}

function suffixMs(suffix: string): number {
  if (suffix === "Z" || suffix === "z" || suffix === "UTC") return 0;
  const minutes = Number(suffix.slice(1, 3)) * 60 + Number(suffix.slice(-2));
  return (suffix.startsWith("-") ? -minutes : minutes) * 60_000;
}

function daysIn(year: number, month: number): number {
  return month === 2 ? (year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28) : month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
