import { readEpochSeconds, readEpochUnits, readIsoTime, type TimeReading } from "../../time/read-time";

/**
 * A flow's time, whose unit the field's name gives by the collectors' custom (..._ns, ...Milliseconds); else ISO text, else
 * seconds since 1970 with a fraction. Text without a zone is the collector's local time: read in the given zone.
 */
export function readFlowTime(value: unknown, field: string, zone: string): TimeReading {
  if (typeof value === "string" && /^\d{4}-\d\d-\d\d[ T]/.test(value)) return readIsoTime(value, field, zone);
  if (/(?:_ns|nanoseconds)$/i.test(field)) return readEpochUnits(value, field, "ns");
  if (/(?:_us|microseconds)$/i.test(field)) return readEpochUnits(value, field, "us");
  if (/(?:_ms|milliseconds|_msec)$/i.test(field)) return readEpochUnits(value, field, "ms");
  return readEpochSeconds(value, field);
}
