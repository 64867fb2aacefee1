import type { SeededRandom } from "./seeded-random";

const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const pad = (value: number, width: number) => String(value).padStart(width, "0");
const clock = (at: Date) => at.toISOString().slice(11, 19);
const day = (at: Date) => at.toISOString().slice(0, 10);
const zoned = (ms: number, minutes: number) => new Date(ms + minutes * 60_000);
const digits = (random: SeededRandom, width: number) => pad(random.int(0, 10 ** width - 1), width);

/** How an instant (ms since 1970 UTC) is written; digits beyond the millisecond come from the random stream. */
const FORMATS: Readonly<Record<string, (ms: number, random: SeededRandom, argument: string) => string>> = {
  "iso-s": (ms) => `${new Date(ms).toISOString().slice(0, 19)}Z`,
  "iso-ms": (ms) => new Date(ms).toISOString(),
  "iso-us": (ms, random) => `${new Date(ms).toISOString().slice(0, 23)}${digits(random, 3)}Z`,
  "iso-100ns": (ms, random) => `${new Date(ms).toISOString().slice(0, 23)}${digits(random, 4)}Z`,
  "iso-ns": (ms, random) => `${new Date(ms).toISOString().slice(0, 23)}${digits(random, 6)}Z`,
  "plain-s": (ms) => `${day(new Date(ms))} ${clock(new Date(ms))}`,
  "plain-ms": (ms) => new Date(ms).toISOString().slice(0, 23).replace("T", " "),
  "plain-us-zone": (ms, random, zone) => {
    const minutes = Number(zone || "0");
    const at = zoned(ms, minutes);
    const sign = minutes < 0 ? "-" : "+";
    const size = Math.abs(minutes);
    return `${at.toISOString().slice(0, 23).replace("T", " ")}${digits(random, 3)}${sign}${pad(Math.floor(size / 60), 2)}${pad(size % 60, 2)}`;
  },
  "epoch-s": (ms) => String(Math.floor(ms / 1000)),
  "epoch-ms": (ms) => String(ms),
  "epoch-s.ms": (ms) => `${Math.floor(ms / 1000)}.${pad(ms % 1000, 3)}`,
  "epoch-s.us": (ms, random) => `${Math.floor(ms / 1000)}.${pad(ms % 1000, 3)}${digits(random, 3)}`,
  "c-time": (ms) => {
    const at = new Date(ms);
    return `${DAYS[at.getUTCDay()]} ${MONTHS[at.getUTCMonth()]} ${String(at.getUTCDate()).padStart(2)} ${clock(at)} ${at.getUTCFullYear()} UTC`;
  },
  "file-s": (ms) => new Date(ms).toISOString().slice(0, 19).replace("T", "-").replaceAll(":", "-"),
  date: (ms) => day(new Date(ms)),
};

/** The instant as text in a named format. @throws RangeError for a format nobody knows. */
export function formatInstant(format: string, ms: number, random: SeededRandom, argument = ""): string {
  const write = FORMATS[format];
  if (!write) throw new RangeError(`unknown time format "${format}"; known: ${Object.keys(FORMATS).join(", ")}`);
  return write(ms, random, argument);
}

const UNITS: Readonly<Record<string, number>> = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000 };

/** "-28d6h30m" or "2.5s" as ms. @throws RangeError for anything else. */
export function parseDuration(text: string): number {
  const match = /^(-?)((?:\d+(?:\.\d+)?[dhms])+)$/.exec(text.trim());
  if (!match) throw new RangeError(`"${text}" is not a duration such as -28d6h`);
  let total = 0;
  for (const part of (match[2] ?? "").matchAll(/(\d+(?:\.\d+)?)([dhms])/g)) total += Number(part[1]) * (UNITS[part[2] ?? ""] ?? 0);
  return Math.round(match[1] === "-" ? -total : total);
}
