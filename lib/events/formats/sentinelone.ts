import type { JsonObject } from "../frame/plain-value";
import { jsonFormat } from "../record-format";
import { firstTime, readEpochUnits, readIsoTime } from "../time/read-time";
import { factsOfEvent, fieldsOfEvent } from "./sentinelone/event-fields";
import { keyOfEvent } from "./sentinelone/event-key";

/**
 * SentinelOne's EDR events as Cloud Funnel 2 and the data lake export them: one object per event, with dots in its keys. The
 * older export of Deep Visibility (camel case, "eventType") is another shape and is not read.
 */
export const sentinelone = jsonFormat({
  id: "sentinelone",
  label: "SentinelOne (Cloud Funnel)",
  extensions: [".json", ".ndjson"],
  record: "an EDR event of SentinelOne",
  evidence: ["event.type", "event.time", "dataSource.name SentinelOne | agent.uuid, endpoint.name"],
  isMine: isEvent,
  map: (event) => {
    if (!isEvent(event)) return null;
    const host = event["endpoint.name"];
    const key = keyOfEvent(event);
    return [
      {
        time: firstTime(readEpochUnits(event["event.time"], "event.time", "ms"), readIsoTime(event["event.time"], "event.time", "utc-by-definition")),
        host: typeof host === "string" && host !== "" ? host : null,
        family: "edr-generic",
        key,
        fields: fieldsOfEvent(key, event),
        facts: factsOfEvent(key, event),
      },
    ];
  },
});

function isEvent(event: JsonObject): boolean {
  if (typeof event["event.type"] !== "string" || !("event.time" in event)) return false;
  return event["dataSource.name"] === "SentinelOne" || (typeof event["agent.uuid"] === "string" && "endpoint.name" in event);
}
