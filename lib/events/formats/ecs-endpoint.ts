import type { FieldBag } from "../fill-fields";
import type { JsonObject } from "../frame/plain-value";
import { isJsonObject } from "../frame/plain-value";
import { jsonFormat } from "../record-format";
import { firstTime, readIsoTime, timeMs } from "../time/read-time";
import type { RecordFacts } from "../types";
import type { Mapped } from "../make-item";
import { isModuleEvent } from "./ecs/dataset-kind";
import { ecsText, ecsValue, putEcs } from "./ecs-fields";

/** Endpoint events in Elastic Common Schema (Elastic Endpoint and kin). */
export const ecsEndpoint = jsonFormat({
  id: "ecs-endpoint",
  label: "ECS endpoint events",
  extensions: [".json", ".ndjson"],
  record: "an ECS endpoint event",
  evidence: ["@timestamp", "event.category", "host", "ecs.version | data_stream.dataset"],
  isMine: isEndpointEvent,
  map: (event, limits) => (isEndpointEvent(event) ? [mapEvent(event, limits.zone)] : null),
});

function isEndpointEvent(event: JsonObject): boolean {
  if (!("@timestamp" in event) || "winlog" in event || "auditd" in event || isModuleEvent(event)) return false;
  return ecsText(event, "event.category") !== undefined && (isJsonObject(event["host"]) || ecsText(event, "host.name") !== undefined || isJsonObject(event["agent"]));
}

function mapEvent(event: JsonObject, zone: string): Mapped {
  const fields: FieldBag = {};
  putEcs(fields, event);
  const category = ecsText(event, "event.category") ?? "unknown";
  const action = ecsText(event, "event.action") ?? ecsText(event, "event.type") ?? "unknown";
  return {
    time: firstTime(readIsoTime(event["@timestamp"], "@timestamp", zone), readIsoTime(ecsText(event, "event.created"), "event.created", zone)),
    host: ecsText(event, "host.name") ?? ecsText(event, "host.hostname") ?? null,
    family: "edr-generic",
    key: `${category}/${action}`.toLowerCase(),
    fields,
    facts: factsOf(event),
    native: event,
  };
}

function factsOf(event: JsonObject): RecordFacts {
  const at = (name: string) => timeMs(readIsoTime(ecsText(event, name), name, "utc-by-definition"));
  const sequence = ecsValue(event, "event.sequence");
  return {
    // The endpoint counts every event it makes, whatever the export kept.
    seq: typeof sequence === "number" && Number.isSafeInteger(sequence) ? { stream: ecsText(event, "agent.id") ?? "agent", number: sequence, counts: "shared" } : undefined,
    written: at("event.created"),
    ingested: at("event.ingested"),
    id: ecsText(event, "event.id"),
    parentKey: ecsText(event, "process.parent.entity_id"),
  };
}
