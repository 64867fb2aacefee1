import { isJsonObject, type JsonObject } from "../frame/plain-value";
import type { Mapped } from "../make-item";
import { jsonFormat } from "../record-format";
import { firstTime, readEpochSeconds, readIsoTime } from "../time/read-time";
import { readMessage } from "./endpoint-security/read-message";
import { alertFields } from "./jamf/alert-fields";
import { bsmFields } from "./jamf/bsm-fields";
import { connectFields } from "./jamf/connect-fields";

/**
 * Jamf Protect's streams: telemetry (Endpoint Security messages with the host beside them, keyed by their short names),
 * the telemetry of versions before 5.4 (BSM records, AUE_*), and alerts. An alert is the match of an analytic, never proof
 * that all such acts are seen: its kind says alert/.
 */
export const jamfProtect = jsonFormat({
  id: "jamf-protect",
  label: "Jamf Protect (telemetry and alerts)",
  extensions: [".json", ".ndjson", ".log"],
  record: "a Jamf Protect record",
  evidence: ["metadata.vendor Jamf | host.protectVersion", "header.event_name AUE_*, host_info", "eventType, match, related"],
  isMine: (value) => isTelemetry(value) || isBsm(value) || isAlert(value),
  map: (value) => (isTelemetry(value) ? [mapTelemetry(value)] : isBsm(value) ? [mapBsm(value)] : isAlert(value) ? [mapAlert(value)] : null),
});

function isTelemetry(value: JsonObject): boolean {
  if (!isJsonObject(value["event"]) || Object.keys(value["event"]).length !== 1 || !isJsonObject(value["host"])) return false;
  return at(value["metadata"], "vendor") === "Jamf" || ("protectVersion" in value["host"] && ("glob_seq_num" in value || "event_type" in value));
}

function isBsm(value: JsonObject): boolean {
  const name = at(value["header"], "event_name");
  return typeof name === "string" && name.startsWith("AUE_") && isJsonObject(value["host_info"]);
}

function isAlert(value: JsonObject): boolean {
  return typeof value["eventType"] === "string" && isJsonObject(value["match"]) && isJsonObject(value["related"]) && isJsonObject(value["host"]);
}

function mapTelemetry(value: JsonObject): Mapped {
  const message = readMessage(value, value["glob_seq_num"]);
  if (message.key === "network_connect") {
    const { parentKey: _, ...facts } = message.facts; // of the extension that saw it, whose parent is nobody's
    const body = at(value["event"], "network_connect");
    connectFields(message.fields, body);
    return { time: readIsoTime(value["time"], "time", "utc-by-definition"), host: hostOf(value["host"], "hostname", "serial"), family: "edr-jamf", ...message, facts };
  }
  return { time: readIsoTime(value["time"], "time", "utc-by-definition"), host: hostOf(value["host"], "hostname", "serial"), family: "edr-jamf", ...message };
}

function mapBsm(value: JsonObject): Mapped {
  const header = isJsonObject(value["header"]) ? value["header"] : {};
  return { time: bsmTime(header), host: hostOf(value["host_info"], "host_name", "serial_number"), family: "edr-jamf", key: String(header["event_name"]), fields: bsmFields(value) };
}

/** Seconds and milliseconds stand in two fields. */
function bsmTime(header: JsonObject): Mapped["time"] {
  const [seconds, offset] = [header["time_seconds_epoch"], header["time_milliseconds_offset"]];
  const whole = typeof seconds === "number" && typeof offset === "number" && offset >= 0 && offset < 1000;
  return readEpochSeconds(whole ? `${seconds}.${String(Math.trunc(offset)).padStart(3, "0")}` : seconds, "header.time_seconds_epoch");
}

function mapAlert(value: JsonObject): Mapped {
  const event = at(value["match"], "event");
  const id = at(value["match"], "uuid");
  const time = firstTime(readEpochSeconds(at(event, "timestamp"), "match.event.timestamp"), readIsoTime(value["time"], "time", "utc-by-definition"));
  return { time, host: hostOf(value["host"], "hostname", "serial"), family: "edr-jamf", key: `alert/${String(value["eventType"])}`, fields: alertFields(value), ...(typeof id === "string" && id !== "" ? { facts: { id } } : {}) };
}

function hostOf(host: unknown, ...names: readonly string[]): string | null {
  for (const name of names) {
    const value = at(host, name);
    if (typeof value === "string" && value !== "") return value;
  }
  return null;
}

function at(value: unknown, key: string): unknown {
  return isJsonObject(value) ? value[key] : undefined;
}
