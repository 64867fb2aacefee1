import { put, putAll, type FieldBag, type FieldMap } from "../fill-fields";
import type { JsonObject } from "../frame/plain-value";
import type { Mapped } from "../make-item";
import { jsonFormat } from "../record-format";
import { firstTime, readIsoTime } from "../time/read-time";
import { valueAt } from "./cloud/value-at";

/**
 * Amazon GuardDuty findings, as the API writes them (AccountId, Type) and as EventBridge does (accountId, type). A finding is
 * a judgement about records that GuardDuty saw: it is no proof that the
 * records themselves arrive here.
 */
export const awsGuardduty = jsonFormat({
  id: "aws-guardduty",
  label: "AWS GuardDuty findings",
  extensions: [".json", ".ndjson"],
  record: "a GuardDuty finding",
  evidence: ["Type: ThreatPurpose:Resource/Name", "Service.DetectorId", "AccountId"],
  isMine: (value) => readerOf(value) !== null,
  map: (value) => {
    const get = readerOf(value);
    return get === null ? null : [mapFinding(get)];
  },
});

type Get = (path: string) => unknown;

/** Reads a path in either spelling; null when the value is no finding. */
function readerOf(value: JsonObject): Get | null {
  const get: Get = (path) => valueAt(value, path) ?? valueAt(value, path.split(".").map((key) => key.charAt(0).toUpperCase() + key.slice(1)).join("."));
  const type = get("type");
  return typeof type === "string" && /^\w+:[\w-]+\/.+/.test(type) && (get("service.detectorId") !== undefined || get("service.serviceName") === "guardduty") ? get : null;
}

const FIELDS: FieldMap = [
  ["resource.accessKeyDetails.userName", "user"], ["resource.accessKeyDetails.principalId", "user"], ["resource.accessKeyDetails.accessKeyId", "cred_id"], ["resource.instanceDetails.instanceId", "instance_id"],
  ["service.action.networkConnectionAction.remoteIpDetails.ipAddressV4", "src_ip"], ["service.action.awsApiCallAction.remoteIpDetails.ipAddressV4", "src_ip"], ["service.action.awsApiCallAction.api", "cloud_action"],
  ["service.action.awsApiCallAction.serviceName", "cloud_service"], ["service.action.dnsRequestAction.domain", "dns_query"], ["region", "cloud_region"], ["accountId", "cloud_account"], ["title", "app_msg"], ["description", "app_msg"], ["type", "app_event"],
];

function mapFinding(get: Get): Mapped {
  const fields: FieldBag = {};
  putAll(fields, FIELDS, get);
  put(fields, "app_name", "GuardDuty");
  const account = get("accountId");
  const id = get("id");
  return {
    time: firstTime(...["service.eventLastSeen", "updatedAt", "createdAt"].map((path) => readIsoTime(get(path), path, "utc-by-definition"))),
    host: typeof account === "string" ? account : null,
    family: "aws-other",
    key: "guardduty",
    fields,
    ...(typeof id === "string" ? { facts: { id } } : {}),
  };
}
