import type { JsonObject } from "../frame/plain-value";
import type { Mapped } from "../make-item";
import { jsonFormat } from "../record-format";
import { firstTime, readEpochSeconds, readEpochUnits, readIsoTime, type TimeReading } from "../time/read-time";
import { keyOnPlatform } from "@/lib/telemetry/stated-platform";
import { factsOfEvent, fieldsOfEvent } from "./crowdstrike/event-fields";

/**
 * CrowdStrike Falcon's events: files of the Data Replicator and exports of its log search ("#event_simpleName"). Every value
 * is a text. Computer and account names stand in files of their own (aidmaster, userinfo): without them the sensor's id
 * stands for the host and the SID or uid for the account.
 */
export const crowdstrikeFdr = jsonFormat({
  id: "crowdstrike-fdr",
  label: "CrowdStrike Falcon events (FDR)",
  extensions: [".json", ".ndjson", ".log"],
  record: "a Falcon event",
  evidence: ["event_simpleName", "aid", "timestamp (epoch milliseconds)"],
  isMine: isEvent,
  map: (value) => (isEvent(value) ? [mapEvent(value)] : null),
});

function nameOf(event: JsonObject): string | null {
  const name = event["event_simpleName"] ?? event["#event_simpleName"];
  return typeof name === "string" && /^\w{1,100}$/.test(name) ? name : null;
}

function isEvent(event: JsonObject): boolean {
  return nameOf(event) !== null && (typeof event["aid"] === "string" || typeof event["cid"] === "string");
}

const PLATFORMS: Readonly<Record<string, string>> = { Win: "Windows", Mac: "macOS", Lin: "Linux", iOS: "iOS", Android: "Android", K8S: "Containers" };

function mapEvent(event: JsonObject): Mapped {
  const name = nameOf(event) ?? "unknown";
  const host = [event["ComputerName"], event["aid"]].find((value) => typeof value === "string" && value !== "" && value !== "-");
  const platform = PLATFORMS[String(event["event_platform"] ?? event["event_platform_s"] ?? "")] ?? null;
  const time = timeOf(event, name);
  return {
    time,
    host: typeof host === "string" ? host : null,
    family: "edr-crowdstrike",
    key: keyOnPlatform(name, platform),
    fields: fieldsOfEvent(name, event),
    facts: factsOfEvent(event, "time" in time ? time.time.field : undefined),
  };
}

/** ContextTimeStamp is when it happened on the device (a process start has its own); timestamp is when the cloud took it in. */
function timeOf(event: JsonObject, name: string): TimeReading {
  // A synthetic rollup tells of a process that ran before the sensor did: its record is of the moment it was told.
  const own: TimeReading = name === "ProcessRollup2" ? readEpochSeconds(event["ProcessStartTime"], "ProcessStartTime") : { untimed: "no-time" };
  return firstTime(own, readEpochSeconds(event["ContextTimeStamp"], "ContextTimeStamp"), readEpochUnits(event["timestamp"], "timestamp", "ms"), readEpochUnits(event["@timestamp"], "@timestamp", "ms"), readIsoTime(event["@timestamp"], "@timestamp", "utc-by-definition"));
}
