import type { TimePart } from "../sigma/rule-types";
import type { Scalar } from "./rule-view";

const WRITTEN = /^\s*(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2}))?/;
const DAY = 86_400_000;

/**
 * A part of a date as it is written, without conversion of time zones (Sigma 2.1). Weeks are ISO 8601's, which know a 53rd.
 * Numbers are read as seconds or milliseconds since 1970 UTC.
 */
export function readTimePart(value: Scalar, part: TimePart): number | null {
  const text = typeof value === "number" ? isoOf(value) : typeof value === "string" ? value : "";
  const match = WRITTEN.exec(text);
  if (match === null) return null;
  const [, year, month, day, hour, minute] = match.map(Number);
  if (year === undefined || month === undefined || day === undefined) return null;
  switch (part) {
    case "year":
      return year;
    case "month":
      return month;
    case "day":
      return day;
    case "hour":
      return Number.isNaN(hour) ? null : (hour ?? null);
    case "minute":
      return Number.isNaN(minute) ? null : (minute ?? null);
    case "week":
      return weekOf(year, month, day);
  }
}

function isoOf(value: number): string {
  const ms = Math.abs(value) < 1e11 ? value * 1000 : value;
  return Math.abs(ms) <= 8.64e15 ? new Date(ms).toISOString() : "";
}

function weekOf(year: number, month: number, day: number): number {
  const date = Date.UTC(year, month - 1, day);
  const weekday = (new Date(date).getUTCDay() + 6) % 7; // Monday is 0
  const thursday = date + (3 - weekday) * DAY;
  const first = Date.UTC(new Date(thursday).getUTCFullYear(), 0, 1);
  return 1 + Math.floor((thursday - first) / (7 * DAY));
}
