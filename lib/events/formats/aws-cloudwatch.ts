import { put, putAll, type FieldBag, type FieldMap } from "../fill-fields";
import { isJsonObject, type JsonObject } from "../frame/plain-value";
import type { Mapped } from "../make-item";
import { jsonFormat } from "../record-format";
import { readEpochUnits } from "../time/read-time";
import { textAt, valueAt } from "./cloud/value-at";

/** Amazon CloudWatch metric streams (JSON): one record per metric, dimension and minute. What stands for a host is the account. */
export const awsCloudwatch = jsonFormat({
  id: "aws-cloudwatch",
  label: "AWS CloudWatch metric streams",
  extensions: [".json", ".ndjson"],
  record: "a CloudWatch metric",
  evidence: ["metric_stream_name", "namespace", "metric_name", "dimensions"],
  isMine: isMetric,
  map: (value) => (isMetric(value) ? [mapMetric(value)] : null),
});

function isMetric(value: JsonObject): boolean {
  return typeof value["metric_name"] === "string" && typeof value["namespace"] === "string" && isJsonObject(value["value"]) && ("metric_stream_name" in value || "account_id" in value);
}

const FIELDS: FieldMap = [
  ["account_id", "cloud_account"], ["region", "cloud_region"], ["namespace", "cloud_service"], ["namespace", "app_name"], ["metric_name", "app_event"], ["dimensions.InstanceId", "instance_id"],
  ["dimensions.InstanceId", "cloud_resource"], ["dimensions", "cloud_resource"],
];

function mapMetric(metric: JsonObject): Mapped {
  const fields: FieldBag = {};
  putAll(fields, FIELDS, (path) => valueAt(metric, path));
  const most = valueAt(metric, "value.max");
  if (typeof most === "number") put(fields, "sensor_state", `${String(metric["metric_name"])} ${most}${textAt(metric, "unit") === "Percent" ? " %" : ""}`);
  return { time: readEpochUnits(metric["timestamp"], "timestamp", "ms"), host: textAt(metric, "account_id") ?? null, family: "aws-other", key: "cloudwatch", fields };
}
