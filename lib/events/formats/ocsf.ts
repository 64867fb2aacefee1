import { isJsonObject, type JsonObject } from "../frame/plain-value";
import type { Mapped } from "../make-item";
import { jsonFormat } from "../record-format";
import { firstTime, readEpochSeconds, readEpochUnits, readIsoTime } from "../time/read-time";
import { keyOnPlatform } from "@/lib/telemetry/stated-platform";
import { fieldsOfEvent } from "./ocsf/event-fields";
import { factsOfEvent } from "./ocsf/event-facts";
import { kindOfEvent } from "./ocsf/event-kind";
import { hostOfEvent, platformOfEvent } from "./ocsf/event-origin";

/**
 * The Open Cybersecurity Schema Framework, 1.0 to 1.5, as products export it and as Amazon Security Lake's tables come out
 * as JSON: class and activity are numbers. What Security Lake makes of a source that has a family of its own (CloudTrail,
 * VPC flow logs) keeps that family: the operation is named as AWS logged it.
 */
export const ocsf = jsonFormat({
  id: "ocsf",
  label: "OCSF events",
  extensions: [".json", ".ndjson"],
  record: "an OCSF event",
  evidence: ["class_uid", "activity_id | type_uid", "metadata", "time"],
  isMine: isEvent,
  map: (value) => (isEvent(value) ? [mapEvent(value)] : null),
});

function isEvent(value: JsonObject): boolean {
  const classUid = wholeNumber(value["class_uid"]);
  if (classUid === null || classUid < 0 || !isJsonObject(value["metadata"])) return false;
  return (wholeNumber(value["activity_id"]) !== null || wholeNumber(value["type_uid"]) !== null) && ("time" in value || "time_dt" in value);
}

function mapEvent(event: JsonObject): Mapped {
  const classUid = wholeNumber(event["class_uid"]) ?? 0;
  // type_uid is class_uid * 100 + activity_id: it stands in where a table left the activity out.
  const type = wholeNumber(event["type_uid"]);
  const activity = wholeNumber(event["activity_id"]) ?? (type === null ? 0 : type - classUid * 100);
  const { family, key } = kindOfEvent(event, classUid, activity);
  return {
    // Milliseconds by the schema; some writers give seconds, which as milliseconds would be of 1970.
    time: firstTime(readEpochUnits(event["time"], "time", "ms"), readEpochSeconds(event["time"], "time"), readIsoTime(event["time_dt"] ?? event["time"], "time_dt", "utc-by-definition"), readEpochUnits(event["time_dt"], "time_dt", "ms")),
    host: hostOfEvent(event, classUid),
    family,
    key: family === "ocsf" ? keyOnPlatform(key, platformOfEvent(event)) : key,
    fields: fieldsOfEvent(event, classUid, activity),
    facts: factsOfEvent(event, classUid, activity),
  };
}

function wholeNumber(value: unknown): number | null {
  const number = typeof value === "number" ? value : typeof value === "string" && /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
  return Number.isSafeInteger(number) ? number : null;
}
