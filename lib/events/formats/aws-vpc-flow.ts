import { put, type FieldBag } from "../fill-fields";
import type { JsonObject } from "../frame/plain-value";
import type { Mapped } from "../make-item";
import { recordFormat } from "../record-format";
import { readEpochSeconds, readIsoTime } from "../time/read-time";
import { protocolName } from "./flow/protocol-name";

/**
 * AWS VPC flow logs: lines of the default format (version 2, 14 fields), and JSON rows with AWS's field names (queries of
 * Athena, CloudWatch Logs Insights), in hyphens or underscores. Lines of a custom format carry no version-2 layout: export
 * those as JSON. NODATA and SKIPDATA lines report no traffic and are no records. What stands for a host is the account.
 */
export const awsVpcFlow = recordFormat({
  id: "aws-vpc-flow",
  label: "AWS VPC flow logs",
  extensions: [".log", ".json", ".txt"],
  record: "a VPC flow log record",
  evidence: ["version account-id interface-id srcaddr dstaddr ... log-status", "srcaddr, dstaddr, interface_id"],
  json: { isMine: isRow, map: (value) => (isRow(value) ? mapFlow((name) => value[name] ?? value[name.replace("-", "_")] ?? value[camel(name)] ?? value[pascal(name)]) : null) },
  line: {
    isMine: (line) => isLine(line.trim().split(/\s+/)),
    map: (line) => {
      const cells = line.trim().split(/\s+/);
      if (cells[0] === "version" && cells.includes("srcaddr")) return "skip"; // the header of a file delivered to S3
      if (!isLine(cells)) return null;
      const row = Object.fromEntries(COLUMNS.map((name, at) => [name, cells[at]]));
      const mapped = mapFlow((name) => row[name]);
      return mapped === "skip" ? mapped : mapped.map((one) => ({ ...one, native: row }));
    },
  },
});

const COLUMNS = ["version", "account-id", "interface-id", "srcaddr", "dstaddr", "srcport", "dstport", "protocol", "packets", "bytes", "start", "end", "action", "log-status"];

function isLine(cells: readonly string[]): boolean {
  if (cells[0] === "version") return cells.includes("srcaddr") && cells.includes("log-status");
  return cells.length === COLUMNS.length && cells[0] === "2" && /^(?:eni|tgw|-)/.test(cells[2] ?? "") && /^(?:OK|NODATA|SKIPDATA)$/.test(cells[13] ?? "");
}

function isRow(value: JsonObject): boolean {
  const has = (name: string) => name in value || name.replace("-", "_") in value || camel(name) in value || pascal(name) in value;
  return has("srcaddr") && has("dstaddr") && (has("interface-id") || has("log-status")) && ("start" in value || ("Start" in value && "FlowDirection" in value) || value["Type"] === "AWSVPCFlow");
}

/** As Sentinel's table AWSVPCFlow names it. */
function pascal(name: string): string {
  const camelled = camel(name);
  return camelled.charAt(0).toUpperCase() + camelled.slice(1);
}

function camel(name: string): string {
  return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase()).replace(/(src|dst)(addr|port)/, (_, end: string, what: string) => end + what.charAt(0).toUpperCase() + what.slice(1));
}

function mapFlow(get: (name: string) => unknown): readonly Mapped[] | "skip" {
  if (get("log-status") === "NODATA" || get("log-status") === "SKIPDATA") return "skip";
  const fields: FieldBag = {};
  put(fields, "src_ip", get("pkt-srcaddr") ?? get("srcaddr"));
  put(fields, "dst_ip", get("pkt-dstaddr") ?? get("dstaddr"));
  put(fields, "src_port", get("srcport"));
  put(fields, "dst_port", get("dstport"));
  put(fields, "proto", protocolName(get("protocol")));
  put(fields, "bytes_out", get("bytes"));
  put(fields, "packets", get("packets"));
  put(fields, "fw_state", get("action"));
  put(fields, "direction", get("flow-direction"));
  put(fields, "instance_id", get("instance-id"));
  put(fields, "cloud_account", get("account-id"));
  put(fields, "cloud_resource", get("interface-id"));
  put(fields, "cloud_region", get("region"));
  put(fields, "cloud_service", get("pkt-dst-aws-service"));
  const at = (name: string) => (String(get(name)).includes("T") ? readIsoTime(get(name), name, "utc-by-definition") : readEpochSeconds(get(name), name));
  const [start, end] = [at("start"), at("end")];
  if ("time" in start && "time" in end) put(fields, "duration", Math.max(0, end.time.ms - start.time.ms) / 1000);
  const account = get("account-id");
  return [
    {
      time: start,
      host: typeof account === "string" ? account : typeof account === "number" ? String(account).padStart(12, "0") : null,
      family: "aws-other",
      key: "vpcflow",
      fields,
      ...("time" in end ? { facts: { written: end.time.ms } } : {}),
    },
  ];
}
