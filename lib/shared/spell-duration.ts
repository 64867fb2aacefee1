const UNITS: readonly (readonly [ms: number, word: string])[] = [
  [86_400_000, "day"],
  [3_600_000, "h"],
  [60_000, "min"],
];

/** A span to the millisecond: "1 day 12 min", "40 s", "0.25 s". Where nothing may be rounded away, as in by how much a window is too short. */
export function spellDuration(ms: number): string {
  let left = Math.max(0, Math.round(ms));
  const parts: string[] = [];
  for (const [size, word] of UNITS) {
    const count = Math.floor(left / size);
    left -= count * size;
    if (count > 0) parts.push(`${count} ${word}${word === "day" && count > 1 ? "s" : ""}`);
  }
  if (left > 0 || parts.length === 0) parts.push(`${left / 1000} s`);
  return parts.join(" ");
}
