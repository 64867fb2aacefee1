/** Reads single values that people wrote. Each gives the value, or a problem in words; none throws. */
export type Read<T> = { readonly value: T } | { readonly problem: string; readonly remedy: string };

// C0 and C1 controls but tab and line breaks, and the bidirectional overrides that make text look like other text.
const UNPRINTABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ud800-\udfff]/u;

/** A text of at most `limit` characters, trimmed; control characters and broken characters are refused. */
export function readText(text: string, limit: number): Read<string> {
  const value = text.trim();
  if (value.length > limit) return { problem: `It has ${value.length} characters; ${limit} are allowed.`, remedy: "Shorten it." };
  if (UNPRINTABLE.test(value)) return { problem: "It holds control characters.", remedy: "Remove them." };
  return { value };
}

/** A whole number of at least 0 and at most `max`, or null for an empty text. Thousands separators are not guessed at. */
export function readCount(text: string, max: number): Read<number | null> {
  const value = text.trim();
  if (value === "") return { value: null };
  if (/^-\d/.test(value)) return { problem: `${shown(value)} is negative.`, remedy: `Write a whole number from 0 to ${max}.` };
  if (!/^\d{1,15}$/.test(value)) return { problem: `${shown(value)} is not a whole number.`, remedy: `Write digits only, from 0 to ${max}.` };
  const number = Number(value);
  if (number > max) return { problem: `${value} is absurdly large.`, remedy: `Write a whole number from 0 to ${max}.` };
  return { value: number };
}

/** A count as tools print it: "1,234" of Kibana, "12.0" of a table that holds fractions elsewhere. */
export function plainCount(text: string): string {
  const whole = text.replace(/\.0+$/, "");
  return /^\d{1,3}(?:,\d{3})+$/.test(whole) ? whole.replaceAll(",", "") : whole;
}

const EARLIEST = "1990-01-01";

/** An ISO date (2026-11-21, a time behind it is cut off) not before 1990 and not after `latest`, or null for an empty text. */
export function readDate(text: string, latest: string | null): Read<string | null> {
  const value = text.trim();
  if (value === "") return { value: null };
  const date = /^(\d{4}-\d{2}-\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/.exec(value)?.[1];
  if (date === undefined || !isRealDate(date)) return { problem: `${shown(value)} is not a date.`, remedy: "Write it as 2026-11-21." };
  if (date < EARLIEST) return { problem: `${date} is too long ago to be true.`, remedy: `Write a date from ${EARLIEST} on.` };
  if (latest !== null && date > latest) return { problem: `${date} lies in the future.`, remedy: `Write a date up to ${latest}.` };
  return { value: date };
}

/** Whether the text names a time zone of the IANA database ("Europe/Berlin", "UTC"); offsets such as +02:00 are not names. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

function isRealDate(date: string): boolean {
  const time = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === date;
}

/** A value in quotation marks, cut to a length that fits a sentence. */
export function shown(value: string): string {
  return `"${value.length > 60 ? `${value.slice(0, 60)}…` : value}"`;
}
