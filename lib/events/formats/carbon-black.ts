import type { JsonObject } from "../frame/plain-value";
import { jsonFormat } from "../record-format";
import { firstTime, readIsoTime, timeMs, type TimeReading } from "../time/read-time";
import { fieldsOfEvent } from "./carbonblack/event-fields";
import { keyOfEvent } from "./carbonblack/event-key";

/**
 * Carbon Black Cloud's endpoint events as its Data Forwarder writes them (type endpoint.event.*). The events of the older
 * on-premises EDR (ingress.event.*) are another shape and are not read.
 */
export const carbonBlack = jsonFormat({
  id: "carbon-black",
  label: "Carbon Black Cloud (Data Forwarder)",
  extensions: [".json", ".ndjson", ".jsonl"],
  record: "an endpoint event of Carbon Black Cloud",
  evidence: ["type endpoint.event.*", "device_name", "process_guid"],
  isMine: isEvent,
  map: (event) => {
    if (!isEvent(event)) return null;
    const key = keyOfEvent(event);
    const text = (name: string) => (typeof event[name] === "string" && event[name] !== "" ? event[name] : undefined);
    const taken = readTime(event["backend_timestamp"], "backend_timestamp");
    const device = readTime(event["device_timestamp"], "device_timestamp");
    return [
      {
        time: firstTime(device, readTime(event["create_time"], "create_time"), taken),
        // A Windows machine of a domain is named with it: DOMAIN\NAME.
        host: (text("device_name") ?? text("device_id"))?.replace(/^.*\\/, "") ?? null,
        family: "edr-generic",
        key,
        fields: fieldsOfEvent(key, event),
        facts: { id: text("event_id"), ingested: "time" in device ? timeMs(taken, "known") : undefined, parentKey: text(key === "process/creation" && "childproc_guid" in event ? "process_guid" : "parent_guid") },
      },
    ];
  },
});

function isEvent(event: JsonObject): boolean {
  return typeof event["type"] === "string" && event["type"].startsWith("endpoint.event.") && ("process_guid" in event || "device_id" in event);
}

/** "2026-02-03 09:00:00.123 +0000 UTC" of the first schema, ISO 8601 of the later ones. */
function readTime(value: unknown, field: string): TimeReading {
  return readIsoTime(typeof value === "string" ? value.replace(/ UTC$/, "") : value, field, "utc-by-definition");
}
