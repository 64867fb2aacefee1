import { put, type FieldBag } from "../fill-fields";
import type { JsonObject } from "../frame/plain-value";
import type { Mapped } from "../make-item";
import { jsonFormat } from "../record-format";
import { readIsoTime } from "../time/read-time";

/** `log show` and `log stream` with --style ndjson or json. Names no host; the closing {count, finished} line is no record. */
export const macosUnifiedLog = jsonFormat({
  id: "macos-unified-log",
  label: "macOS unified log",
  extensions: [".json", ".ndjson"],
  record: "an entry of the unified log",
  evidence: ["processImagePath", "machTimestamp", "eventMessage"],
  isMine: (value) => isEntry(value) || isClosing(value),
  map: (value, limits) => (isEntry(value) ? [mapEntry(value, limits.zone)] : isClosing(value) ? "skip" : null),
});

function isEntry(value: JsonObject): boolean {
  return "machTimestamp" in value && "processImagePath" in value && ("eventMessage" in value || "eventType" in value);
}

function isClosing(value: JsonObject): boolean {
  return "finished" in value && "count" in value && Object.keys(value).length === 2;
}

function mapEntry(entry: JsonObject, zone: string): Mapped {
  const process = typeof entry["processImagePath"] === "string" ? entry["processImagePath"] : "";
  const subsystem = typeof entry["subsystem"] === "string" ? entry["subsystem"].trim() : "";
  const base = process.slice(process.lastIndexOf("/") + 1);
  const fields: FieldBag = {};
  put(fields, "image", process);
  put(fields, "pid", entry["processID"]);
  put(fields, "user", entry["userID"]);
  put(fields, "module_path", entry["senderImagePath"]);
  put(fields, "app_name", subsystem === "" ? base : subsystem);
  put(fields, "app_event", entry["category"]);
  put(fields, "app_msg", entry["eventMessage"]);
  const [boot, ticks] = [entry["bootUUID"], entry["machTimestamp"]];
  const facts = typeof boot === "string" && typeof ticks === "number" && Number.isSafeInteger(ticks) ? { seq: { stream: boot, number: ticks, counts: "order" as const } } : undefined;
  return { time: readIsoTime(entry["timestamp"], "timestamp", zone), host: null, family: "macos-unifiedlog", key: subsystem || base || "unknown", fields, facts };
}
