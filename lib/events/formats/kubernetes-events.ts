import { put, putAll, type FieldBag, type FieldMap } from "../fill-fields";
import type { JsonObject } from "../frame/plain-value";
import type { Mapped } from "../make-item";
import { jsonFormat } from "../record-format";
import { firstTime, readIsoTime } from "../time/read-time";
import { textAt, valueAt } from "./cloud/value-at";

/** Kubernetes Event objects (kubectl get events -o json, event exporters), v1 and events.k8s.io. The key is event/ and the reason as written. */
export const kubernetesEvents = jsonFormat({
  id: "kubernetes-events",
  label: "Kubernetes events",
  extensions: [".json", ".ndjson"],
  record: "a Kubernetes event",
  evidence: ["involvedObject | regarding", "reason", "message | note"],
  isMine: isEvent,
  map: (value) => (isEvent(value) ? [mapEvent(value)] : null),
});

function isEvent(value: JsonObject): boolean {
  const about = value["involvedObject"] ?? value["regarding"];
  return typeof value["reason"] === "string" && typeof about === "object" && about !== null && ("message" in value || "note" in value);
}

const FIELDS: FieldMap = [
  ["message", "app_msg"], ["note", "app_msg"], ["reason", "app_event"], ["reason", "sensor_state"], ["source.component", "app_name"], ["reportingComponent", "app_name"], ["reportingController", "app_name"],
  ["source.host", "node"], ["reportingInstance", "node"], ["involvedObject.namespace", "namespace"], ["regarding.namespace", "namespace"], ["involvedObject.fieldPath", "container_id"], ["regarding.fieldPath", "container_id"],
];

function mapEvent(event: JsonObject): Mapped {
  const fields: FieldBag = {};
  putAll(fields, FIELDS, (path) => valueAt(event, path));
  const about = event["involvedObject"] ?? event["regarding"];
  if (valueAt(about, "kind") === "Pod") put(fields, "pod", valueAt(about, "name"));
  put(fields, "container_image", /image "([^"]+)"/.exec(textAt(event, "message") ?? textAt(event, "note") ?? "")?.[1]);
  const count = valueAt(event, "count") ?? valueAt(event, "series.count") ?? valueAt(event, "deprecatedCount");
  const id = textAt(event, "metadata.uid");
  return {
    // A repeated event is one object whose last time moves on: the newest occurrence is what it proves.
    time: firstTime(...["lastTimestamp", "series.lastObservedTime", "eventTime", "deprecatedLastTimestamp", "firstTimestamp", "metadata.creationTimestamp"].map((path) => readIsoTime(valueAt(event, path), path, "utc-by-definition"))),
    host: textAt(event, "source.host") ?? null,
    family: "kubernetes",
    key: `event/${String(event["reason"])}`,
    fields,
    facts: { ...(id === undefined ? {} : { id }), ...(typeof count === "number" && count > 1 ? { sampled: count } : {}) },
  };
}
