import { readEpochSeconds, readEpochUnits, type TimeReading } from "../../time/read-time";

/** FortiOS's eventtime: since 1970 in seconds (6.0), or in finer units by the number of digits (nanoseconds from 6.2 on). */
export function readFortinetTime(text: string | undefined): TimeReading {
  if (text === undefined || text === "") return { untimed: "no-time" };
  const unit = text.length >= 18 ? "ns" : text.length >= 15 ? "us" : text.length >= 12 ? "ms" : null;
  return unit === null ? readEpochSeconds(text, "eventtime") : readEpochUnits(text, "eventtime", unit);
}
