import { isJsonObject, type JsonObject } from "./plain-value";

/** What a wrapper around one record holds, and whose it says the record is. */
export interface PeeledJson {
  readonly inner: JsonObject | string;
  readonly wrapper: string;
  readonly host: string | null;
  readonly time: string | null;
}

const SPLUNK_KEYS: ReadonlySet<string> = new Set(["preview", "offset", "result", "lastrow", "sid", "search_name", "app", "owner", "results_link"]);
/** Keys under which collectors keep the text they collected (Cribl, Vector, Fluent Bit, Logstash, Docker, journald, CloudWatch). */
const TEXT_KEYS = ["_raw", "message", "log", "MESSAGE", "@message", "msg", "line", "raw"] as const;
const MOST_TEXT = 1024 * 1024;

/** Takes one wrapper off a JSON object. null: nothing in it looks like another record. */
export function peelJson(value: JsonObject): PeeledJson | null {
  if (isJsonObject(value["_source"])) return { inner: value["_source"], wrapper: "Elastic hit (_source)", host: null, time: null };
  const result = value["result"];
  if (isJsonObject(result) && Object.keys(value).every((key) => SPLUNK_KEYS.has(key))) return { inner: result, wrapper: "Splunk result", host: null, time: null };
  const properties = value["properties"];
  if (isJsonObject(properties) && typeof value["category"] === "string" && ("time" in value || "operationName" in value)) {
    // What the envelope says stays readable beside the record: the category, the operation, the resource.
    const around = Object.entries(value).filter(([key]) => key !== "properties" && !Object.hasOwn(properties, key));
    return { inner: Object.fromEntries([...around, ...Object.entries(properties)]), wrapper: "Azure envelope (properties)", host: null, time: null };
  }
  if (typeof value["CloudTrailEvent"] === "string") return { inner: value["CloudTrailEvent"], wrapper: "lookup-events (CloudTrailEvent)", host: null, time: null };
  if ("detail-type" in value && isJsonObject(value["detail"])) return { inner: value["detail"], wrapper: "EventBridge (detail)", host: null, time: null };
  const inside = peelService(value);
  if (inside !== null) return inside;
  const event = value["event"];
  const original = typeof value["event.original"] === "string" ? value["event.original"] : isJsonObject(event) ? event["original"] : undefined;
  if (typeof original === "string" && original.length <= MOST_TEXT && original !== "") return { inner: original, wrapper: "event.original", host: hostOf(value), time: timeOf(value) };
  for (const key of TEXT_KEYS) {
    const text = value[key];
    if (typeof text === "string" && text !== "" && text.length <= MOST_TEXT) return { inner: text, wrapper: key === "_raw" ? "Splunk event (_raw)" : `collector (${key})`, host: hostOf(value), time: timeOf(value) };
  }
  return null;
}

/** What services that carry one kind of log put around it: Elastic's Kubernetes integration, AzureDiagnostics, Syslog, Pub/Sub. */
function peelService(value: JsonObject): PeeledJson | null {
  const { kubernetes, data, orchestrator } = value;
  if (isJsonObject(kubernetes) && isJsonObject(kubernetes["audit"]) && "auditID" in kubernetes["audit"]) {
    // The host of such a document is the machine that the file lay on; whose audit it is, is the cluster's name.
    const cluster = isJsonObject(orchestrator) ? orchestrator["cluster"] : undefined;
    return { inner: kubernetes["audit"], wrapper: "Elastic integration (kubernetes.audit)", host: isJsonObject(cluster) ? textOf(cluster["name"]) : textOf(value["orchestrator.cluster.name"]), time: null };
  }
  const log = textOf(value["log_s"]);
  if (log !== null && "Category" in value && log.length <= MOST_TEXT) return { inner: log, wrapper: "AzureDiagnostics (log_s)", host: textOf(value["Resource"]), time: textOf(value["TimeGenerated"]) };
  const said = textOf(value["SyslogMessage"]);
  if (said !== null && said.length <= MOST_TEXT && textOf(value["ProcessName"]) !== null && !AUDIT.test(said)) return { inner: syslogLine(value, said), wrapper: "Log Analytics row (SyslogMessage)", host: null, time: null };
  if (("publish_time" in value || "attributes" in value) && (isJsonObject(data) || (typeof data === "string" && data.startsWith("{")))) return { inner: data, wrapper: "Pub/Sub message (data)", host: null, time: null };
  return null;
}

/** Audit records in a row of Syslog have a format of their own, which reads the whole row. */
const AUDIT = /^(?:node=\S+ )?type=\S+ (?:msg=)?audit\(/;

/** The line that a row of Log Analytics' table Syslog was made from; XML stands alone. */
function syslogLine(row: JsonObject, said: string): string {
  if (said.startsWith("<Event")) return said;
  const pid = row["ProcessID"];
  return `${textOf(row["EventTime"]) ?? textOf(row["TimeGenerated"]) ?? "-"} ${textOf(row["HostName"]) ?? textOf(row["Computer"]) ?? "-"} ${textOf(row["ProcessName"]) ?? "-"}${typeof pid === "number" || (typeof pid === "string" && pid !== "") ? `[${pid}]` : ""}: ${said}`;
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

/** The host that a collector names. */
function hostOf(value: JsonObject): string | null {
  const { host, agent } = value;
  const candidates = [isJsonObject(host) ? (host["name"] ?? host["hostname"]) : host, value["hostname"], value["_HOSTNAME"], value["host.name"], isJsonObject(agent) ? agent["hostname"] : undefined];
  const found = candidates.find((text) => typeof text === "string" && text !== "");
  return typeof found === "string" ? found : null;
}

/** When a collector says it was. */
function timeOf(value: JsonObject): string | null {
  const found = [value["_time"], value["@timestamp"], value["timestamp"], value["time"]].find((time) => (typeof time === "string" && time !== "") || typeof time === "number");
  return typeof found === "number" ? String(found) : typeof found === "string" ? found : null;
}
