const formatters = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, number>();

/**
 * How far a zone's wall clock is ahead of UTC when it shows `wall` (ms, as if it were UTC). In the hour that a clock
 * change repeats, the earlier instant is meant; in the hour it skips, the offset before the change holds.
 *
 * @throws RangeError for a name that is no IANA zone: check options with isTimeZone first
 */
export function zoneOffsetMs(zone: string, wall: number): number {
  if (zone === "UTC") return 0;
  // Offsets change on whole quarter hours; between two of them one answer serves all records.
  const quarter = Math.floor(wall / 900_000);
  const key = `${zone} ${quarter}`;
  const cached = offsets.get(key);
  if (cached !== undefined) return cached;
  const first = offsetAt(zone, wall - 86_400_000 < 0 ? 0 : quarter * 900_000 - offsetAt(zone, quarter * 900_000 - 86_400_000));
  const offset = offsetAt(zone, quarter * 900_000 - first);
  if (offsets.size > 10_000) offsets.clear();
  offsets.set(key, offset);
  return offset;
}

/** Whether this machine knows the IANA zone of this name. */
export function isTimeZone(zone: string): boolean {
  try {
    formatter(zone);
    return true;
  } catch {
    return false;
  }
}

function offsetAt(zone: string, instant: number): number {
  const part: Record<string, number> = {};
  for (const { type, value } of formatter(zone).formatToParts(new Date(instant))) {
    if (type !== "literal") part[type] = Number(value);
  }
  const wall = Date.UTC(part["year"] ?? 1970, (part["month"] ?? 1) - 1, part["day"] ?? 1, (part["hour"] ?? 0) % 24, part["minute"] ?? 0, part["second"] ?? 0);
  return wall - Math.floor(instant / 1000) * 1000;
}

function formatter(zone: string): Intl.DateTimeFormat {
  let found = formatters.get(zone);
  if (found === undefined) {
    found = new Intl.DateTimeFormat("en-GB", { timeZone: zone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric" });
    formatters.set(zone, found);
  }
  return found;
}
