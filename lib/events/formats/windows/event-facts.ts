import { isEmptyValue } from "@/lib/telemetry/canonical-fields";
import { readIsoTime, timeMs } from "../../time/read-time";
import type { RecordFacts } from "../../types";
import type { EventView } from "./event-view";

/**
 * What a Windows event says of itself. TimeCreated is when the log wrote the record; Sysmon's UtcTime, where there is one, is
 * when it happened. EventRecordID numbers all records of a channel, also those that an export leaves out.
 */
export function windowsFacts({ channel, recordId, times, ingested, data }: EventView, timeField: string | undefined): RecordFacts {
  const created = times.find(([field]) => field !== timeField && (field.endsWith("TimeCreated") || field === "@timestamp" || field === "EventTime"));
  const number = typeof recordId === "number" ? recordId : typeof recordId === "string" && /^\d{1,15}$/.test(recordId) ? Number(recordId) : undefined;
  const parent = data("ParentProcessGuid") ?? data("ParentProcessGUID");
  return {
    seq: number === undefined || !Number.isSafeInteger(number) ? undefined : { stream: channel, number, counts: "shared" },
    // A happening dated by its own log has one clock only.
    written: created === undefined || !timeField?.endsWith("UtcTime") ? undefined : timeMs(readIsoTime(created[1], created[0], created[2] ? "utc-by-definition" : "UTC"), "known"),
    ingested: ingested === undefined ? undefined : timeMs(readIsoTime(ingested, "event.ingested", "utc-by-definition"), "known"),
    parentKey: typeof parent === "string" && !isEmptyValue(parent, "proc_uid") ? parent : undefined,
  };
}
