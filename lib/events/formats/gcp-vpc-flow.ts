import { put, putAll, type FieldBag, type FieldMap } from "../fill-fields";
import { isJsonObject, type JsonObject } from "../frame/plain-value";
import type { Mapped } from "../make-item";
import { jsonFormat } from "../record-format";
import { firstTime, readIsoTime } from "../time/read-time";
import { protocolName } from "./flow/protocol-name";
import { textAt, valueAt } from "./cloud/value-at";

/** Google Cloud VPC flow logs and firewall rule logs: LogEntry objects whose jsonPayload holds a connection. */
export const gcpVpcFlow = jsonFormat({
  id: "gcp-vpc-flow",
  label: "Google Cloud VPC flow and firewall logs",
  extensions: [".json", ".ndjson"],
  record: "a Google Cloud flow record",
  evidence: ["jsonPayload.connection.src_ip", "logName"],
  isMine: isFlow,
  map: (value) => (isFlow(value) ? [mapFlow(value)] : null),
});

function isFlow(value: JsonObject): boolean {
  return isJsonObject(valueAt(value, "jsonPayload.connection")) && textAt(value, "logName") !== undefined;
}

const FIELDS: FieldMap = [
  ["connection.src_ip", "src_ip"], ["connection.dest_ip", "dst_ip"], ["connection.src_port", "src_port"], ["connection.dest_port", "dst_port"], ["bytes_sent", "bytes_out"], ["packets_sent", "packets"], ["disposition", "fw_state"],
  ["rule_details.reference", "fw_rule"], ["rule_details.direction", "direction"], ["reporter", "direction"], ["src_instance.vm_name", "instance_id"], ["instance.vm_name", "instance_id"], ["src_instance.region", "cloud_region"],
];

function mapFlow(entry: JsonObject): Mapped {
  const payload = entry["jsonPayload"];
  const fields: FieldBag = {};
  putAll(fields, FIELDS, (path) => valueAt(payload, path));
  put(fields, "proto", protocolName(valueAt(payload, "connection.protocol")));
  const project = textAt(entry, "resource.labels.project_id") ?? /^projects\/([^/]+)\//.exec(String(entry["logName"]))?.[1] ?? null;
  put(fields, "cloud_account", project);
  const logged = readIsoTime(entry["timestamp"], "timestamp", "utc-by-definition");
  const id = textAt(entry, "insertId");
  return {
    time: firstTime(readIsoTime(valueAt(payload, "start_time"), "jsonPayload.start_time", "utc-by-definition"), logged),
    host: project,
    family: "gcp",
    key: valueAt(payload, "rule_details") === undefined ? "vpcflow" : "firewall",
    fields,
    facts: { ...(id === undefined ? {} : { id }), ...("time" in logged ? { written: logged.time.ms } : {}) },
  };
}
