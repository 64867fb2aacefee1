import { isJsonObject, type JsonObject } from "../frame/plain-value";
import { jsonFormat } from "../record-format";
import { readIsoTime } from "../time/read-time";
import { readMessage } from "./endpoint-security/read-message";

/**
 * Apple's eslogger: one Endpoint Security message per line. Message version 9 (macOS 15) prints audit tokens as objects,
 * version 10 (macOS 26) as arrays. Records name no host: the import says whose they are.
 */
export const eslogger = jsonFormat({
  id: "eslogger",
  label: "Apple eslogger (Endpoint Security)",
  extensions: [".json", ".jsonl", ".ndjson"],
  record: "an eslogger message",
  evidence: ["schema_version", "event_type", "global_seq_num", "process"],
  isMine: isMessage,
  map: (value) => (isMessage(value) ? [{ time: readIsoTime(value["time"], "time", "utc-by-definition"), host: null, family: "macos-esf", ...readMessage(value, value["global_seq_num"]) }] : null),
});

function isMessage(value: JsonObject): boolean {
  return typeof value["event_type"] === "number" && "schema_version" in value && isJsonObject(value["process"]) && isJsonObject(value["event"]) && Object.keys(value["event"]).length === 1;
}
