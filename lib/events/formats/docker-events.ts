import { put, putAll, type FieldBag, type FieldMap } from "../fill-fields";
import type { JsonObject } from "../frame/plain-value";
import type { Mapped } from "../make-item";
import { jsonFormat } from "../record-format";
import { firstTime, readEpochSeconds, readEpochUnits } from "../time/read-time";
import { textAt, valueAt } from "./cloud/value-at";

/**
 * Events of the Docker Engine (docker events --format json). The key is type/action; what follows the action's colon is the
 * command. The engine names neither its machine nor who asked.
 */
export const dockerEvents = jsonFormat({
  id: "docker-events",
  label: "Docker Engine events",
  extensions: [".json", ".ndjson"],
  record: "a Docker Engine event",
  evidence: ["Type", "Action", "Actor.Attributes", "timeNano"],
  isMine: isEvent,
  map: (value) => (isEvent(value) ? [mapEvent(value)] : null),
});

function isEvent(value: JsonObject): boolean {
  return typeof value["Type"] === "string" && typeof value["Action"] === "string" && typeof value["Actor"] === "object" && value["Actor"] !== null && ("time" in value || "timeNano" in value);
}

const FIELDS: FieldMap = [
  ["Actor.Attributes.image", "container_image"], ["from", "container_image"], ["Actor.Attributes.exitCode", "exit_code"], ["Actor.Attributes.name", "cloud_resource"], ["Actor.ID", "cloud_resource"],
];

function mapEvent(event: JsonObject): Mapped {
  const fields: FieldBag = {};
  putAll(fields, FIELDS, (path) => valueAt(event, path));
  const type = String(event["Type"]);
  const [action = "", ...rest] = String(event["Action"]).split(":");
  if (type === "container") put(fields, "container_id", valueAt(event, "Actor.ID") ?? event["id"]);
  else if (type === "image" && fields["container_image"] === undefined) put(fields, "container_image", valueAt(event, "Actor.ID") ?? event["id"]);
  if (action.startsWith("exec_")) put(fields, "cmd", rest.join(":").trim());
  put(fields, "app_name", "dockerd");
  put(fields, "app_event", `${type}/${action.trim()}`);
  put(fields, "app_msg", `${String(event["Action"])} ${textAt(event, "Actor.Attributes.name") ?? ""}`.trim());
  return {
    time: firstTime(readEpochUnits(event["timeNano"], "timeNano", "ns"), readEpochSeconds(event["time"], "time")),
    host: null,
    family: "docker-containerd",
    key: `${type}/${action.trim()}`,
    fields,
  };
}
