const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;
const two = (value: number) => String(value).padStart(2, "0");

/** ms since 1970 -> "20 Nov 2026". Times are always printed in UTC: evidence must read the same everywhere. */
export function formatDate(ms: number): string {
  const date = new Date(ms);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()] ?? ""} ${date.getUTCFullYear()}`;
}

/** "20 Nov 2026 06:00 UTC". */
export function formatTime(ms: number): string {
  const date = new Date(ms);
  return `${formatDate(ms)} ${two(date.getUTCHours())}:${two(date.getUTCMinutes())} UTC`;
}

/** "20 Nov", for axes. */
export function formatDay(ms: number): string {
  const date = new Date(ms);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()] ?? ""}`;
}

/** "2026-11-20" or any ISO time -> "20 Nov 2026"; what is no such day stays as it is written. */
export function formatIsoDay(text: string): string {
  const ms = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text.slice(0, 10)) : Number.NaN;
  return Number.isNaN(ms) ? text : formatDate(ms);
}

const ISO_TIME = /(?<![\w./-])(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d(?::\d\d(?:\.\d+)?)?)Z)?(?![\w-]|\.\w)/g;

/**
 * A generated sentence with its ISO days and times said as every page says them; seconds stay where they were given. What is stored
 * keeps the ISO form, and so does a date that is part of a name, as in "review-2026-11-20.csv".
 */
export function spellTimes(sentence: string): string {
  return sentence.replace(ISO_TIME, (_, day: string, time: string | undefined) => (time === undefined ? formatIsoDay(day) : `${formatIsoDay(day)} ${time} UTC`));
}
