import { formatCount } from "./format-number";

const UNITS = [["day", 86_400_000], ["h", 3_600_000], ["min", 60_000], ["s", 1_000]] as const;

/** A duration in words: "2.5 h", "400 ms", "3 days". */
export function formatDuration(ms: number): string {
  const size = Math.abs(ms);
  const unit = UNITS.find(([, length]) => size >= length);
  if (unit === undefined) return `${formatCount(Math.round(ms))} ms`;
  const value = Math.round((ms / unit[1]) * 10) / 10;
  const word = unit[0] === "day" && Math.abs(value) !== 1 ? "days" : unit[0];
  return `${formatCount(value, Number.isInteger(value) ? 0 : 1)} ${word}`;
}
