import { put, putAll, type FieldBag, type FieldMap } from "../fill-fields";
import { isJsonObject, type JsonObject } from "../frame/plain-value";
import type { Mapped } from "../make-item";
import { jsonFormat } from "../record-format";
import { firstTime, readIsoTime } from "../time/read-time";

/**
 * AWS CloudTrail: delivered files ({"Records":[...]}), arrays, lines, single events, events of EventBridge, and the event data
 * of CloudTrail Lake. Digest files beside them hold hashes of log files: known, and no events. What stands for a host is the account.
 */
export const cloudtrail = jsonFormat({
  id: "cloudtrail",
  label: "AWS CloudTrail",
  extensions: [".json"],
  record: "a CloudTrail event",
  evidence: ["eventVersion", "eventSource", "eventName", "userIdentity"],
  isMine: (value) => eventOf(value) !== null || isDigest(value),
  map: (value) => {
    const event = eventOf(value);
    if (event !== null) return [event === value ? mapEvent(event) : { ...mapEvent(event), native: event }];
    return isDigest(value) ? { skip: "cloudtrail-digest" } : null;
  },
});

/** The event itself, or the one inside: Lake keeps what its channels delivered in eventData, an event bus in detail. */
function eventOf(value: JsonObject): JsonObject | null {
  if (isTrailEvent(value)) return value;
  const inner = value["eventData"] ?? value["detail"];
  return isJsonObject(inner) && isTrailEvent(inner) ? inner : null;
}

/** A digest names log files with their hashes, hour by hour, signed. */
function isDigest(value: JsonObject): boolean {
  return typeof value["digestStartTime"] === "string" && typeof value["digestEndTime"] === "string" && "logFiles" in value;
}

function isTrailEvent(value: JsonObject): boolean {
  return typeof value["eventName"] === "string" && typeof value["eventSource"] === "string" && ("eventVersion" in value || "userIdentity" in value);
}

const TOP: FieldMap = [
  ["sourceIPAddress", "src_ip"], ["userAgent", "user_agent"], ["awsRegion", "cloud_region"], ["eventSource", "cloud_service"], ["eventName", "cloud_action"],
  ["errorCode", "cloud_result"], ["recipientAccountId", "cloud_account"], ["requestParameters", "cloud_params"],
];

/** Request and response keys that name what was acted upon, whatever depth they stand at. */
const INSIDE: FieldMap = [
  ["instanceId", "instance_id"], ["volumeId", "volume_id"], ["snapshotId", "snapshot_id"], ["bucketName", "storage_obj"],
  ["userName", "target_user"], ["groupName", "target_group"], ["groupId", "fw_rule"], ["dBSnapshotIdentifier", "snapshot_id"], ["dBInstanceIdentifier", "instance_id"],
];
const RESOURCE_KEYS = "bucketName,instanceId,volumeId,snapshotId,roleName,userName,groupName,policyArn,secretId,functionName,keyId,groupId,name,resourceArn,trailName,dBInstanceIdentifier,clusterName,vpcId,imageId,roleArn,modelId".split(",");

function mapEvent(event: JsonObject): Mapped {
  const identity = isJsonObject(event["userIdentity"]) ? event["userIdentity"] : {};
  const inside = new Map<string, unknown>();
  collect(event["requestParameters"], inside, 6);
  collect(event["responseElements"], inside, 6);
  const fields: FieldBag = {};
  putAll(fields, TOP, (key) => event[key]);
  put(fields, "user", identity["arn"] ?? identity["userName"] ?? identity["principalId"] ?? identity["invokedBy"] ?? identity["type"]);
  put(fields, "cred_id", identity["accessKeyId"]);
  if (fields["cloud_account"] === undefined) put(fields, "cloud_account", identity["accountId"]);
  putAll(fields, INSIDE, (key) => inside.get(key));
  if (typeof inside.get("key") === "string" && fields["storage_obj"] !== undefined) fields["storage_obj"] = `${fields["storage_obj"]}/${String(inside.get("key"))}`;
  put(fields, "cloud_resource", resourceArns(event["resources"]));
  for (const key of RESOURCE_KEYS) if (fields["cloud_resource"] === undefined) put(fields, "cloud_resource", inside.get(key));
  if (event["eventName"] === "ConsoleLogin") {
    put(fields, "auth_result", isJsonObject(event["responseElements"]) ? event["responseElements"]["ConsoleLogin"] : undefined);
    put(fields, "auth_reason", event["errorMessage"]);
  }
  const account = event["recipientAccountId"] ?? identity["accountId"];
  return {
    time: firstTime(readIsoTime(event["eventTime"], "eventTime", "utc-by-definition"), readIsoTime(event["@timestamp"], "@timestamp", "utc-by-definition")),
    host: typeof account === "string" ? account : null,
    family: "aws-cloudtrail",
    key: String(event["eventName"]),
    fields,
    facts: { id: typeof event["eventID"] === "string" ? event["eventID"] : undefined },
  };
}

/** Scalars by their key, the first and shallowest kept. */
function collect(value: unknown, into: Map<string, unknown>, depth: number): void {
  if (depth === 0 || typeof value !== "object" || value === null) return;
  const entries: readonly (readonly [string, unknown])[] = Object.entries(value);
  for (const [key, item] of entries) if ((typeof item === "string" || typeof item === "number") && !into.has(key)) into.set(key, item);
  for (const [, item] of entries) collect(item, into, depth - 1);
}

function resourceArns(resources: unknown): readonly unknown[] | undefined {
  return Array.isArray(resources) ? resources.filter(isJsonObject).map((resource) => resource["ARN"] ?? resource["accountId"]) : undefined;
}
