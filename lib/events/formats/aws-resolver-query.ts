import { put, putAll, type FieldBag, type FieldMap } from "../fill-fields";
import type { JsonObject } from "../frame/plain-value";
import type { Mapped } from "../make-item";
import { jsonFormat } from "../record-format";
import { readIsoTime } from "../time/read-time";
import { objectsAt, textAt, valueAt } from "./cloud/value-at";

/** Amazon Route 53 resolver query logs. The resolver is the VPC's own: the record has no address of it. What stands for a host is the account. */
export const awsResolverQuery = jsonFormat({
  id: "aws-resolver-query",
  label: "AWS Route 53 resolver query logs",
  extensions: [".json", ".ndjson", ".log"],
  record: "a Route 53 resolver query",
  evidence: ["query_timestamp", "query_name", "srcaddr", "vpc_id"],
  isMine: isQuery,
  map: (value) => (isQuery(value) ? [mapQuery(value)] : null),
});

function isQuery(value: JsonObject): boolean {
  return typeof value["query_timestamp"] === "string" && typeof value["query_name"] === "string" && "srcaddr" in value;
}

const FIELDS: FieldMap = [
  ["query_name", "dns_query"], ["query_name", "payload"], ["srcaddr", "src_ip"], ["srcport", "src_port"], ["transport", "proto"], ["rcode", "cloud_result"], ["account_id", "cloud_account"], ["region", "cloud_region"],
  ["srcids.instance", "instance_id"], ["vpc_id", "cloud_resource"], ["firewall_rule_action", "fw_state"], ["firewall_rule_group_id", "fw_rule"],
];

function mapQuery(query: JsonObject): Mapped {
  const fields: FieldBag = {};
  putAll(fields, FIELDS, (path) => valueAt(query, path));
  put(fields, "rdata", objectsAt(query, "answers").map((answer) => answer["Rdata"]));
  return { time: readIsoTime(query["query_timestamp"], "query_timestamp", "utc-by-definition"), host: textAt(query, "account_id") ?? null, family: "aws-other", key: "resolver-query", fields };
}
