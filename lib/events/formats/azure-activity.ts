import { put, putAll, type FieldBag, type FieldMap } from "../fill-fields";
import { isJsonObject, type JsonObject } from "../frame/plain-value";
import type { Mapped } from "../make-item";
import { jsonFormat } from "../record-format";
import { firstTime, readIsoTime } from "../time/read-time";
import { bareAddress } from "./cloud/bare-address";
import { embeddedJson } from "./cloud/named-values";
import { textAt, valueAt } from "./cloud/value-at";

/**
 * Azure activity log: REST and portal objects (operationName.value), storage and event hub envelopes (operationName in
 * capitals), Log Analytics columns (OperationNameValue). Azure treats operation names without regard to case and writes
 * them in several; the key is therefore the name in lower case. What stands for a host is the subscription.
 */
export const azureActivity = jsonFormat({
  id: "azure-activity",
  label: "Azure activity log",
  extensions: [".json", ".ndjson"],
  record: "an event of the Azure activity log",
  evidence: ["operationName | OperationNameValue", "resourceId", "caller | callerIpAddress"],
  isMine: (value) => operationOf(value) !== null,
  map: (value) => {
    const operation = operationOf(value);
    return operation === null ? null : [mapActivity(value, operation)];
  },
});

// "provider.name/type[/...]/verb": what Azure Resource Manager calls an operation.
const OPERATION = /^[a-z][a-z0-9]*(?:\.[a-z0-9]+)+(?:\/[a-z0-9._-]+)+$/i;

function operationOf(value: JsonObject): string | null {
  const name = textAt(value, "operationName.value") ?? textAt(value, "OperationNameValue") ?? textAt(value, "operationName") ?? textAt(value, "OperationName");
  const resource = value["resourceId"] ?? value["ResourceId"] ?? value["_ResourceId"] ?? value["SubscriptionId"] ?? value["subscriptionId"];
  if (name === undefined || typeof resource !== "string" || !OPERATION.test(name)) return null;
  const activity = "identity" in value || "caller" in value || "Caller" in value || "callerIpAddress" in value || "CallerIpAddress" in value || "authorization" in value;
  return activity && ("time" in value || "eventTimestamp" in value || "TimeGenerated" in value) ? name.toLowerCase() : null;
}

const UPN = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn";
const NAME = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name";
const FIELDS: FieldMap = [
  ["caller", "user"], ["Caller", "user"], ["callerIpAddress", "src_ip"], ["CallerIpAddress", "src_ip"], ["httpRequest.clientIpAddress", "src_ip"], ["httpRequest.method", "http_method"],
  ["location", "cloud_region"], ["resultType", "cloud_result"], ["status.value", "cloud_result"], ["ActivityStatusValue", "cloud_result"], ["ActivityStatus", "cloud_result"],
  ["resourceProviderName.value", "cloud_service"], ["ResourceProviderValue", "cloud_service"], ["description", "app_msg"], ["resultDescription", "app_msg"],
];
// The last type of a resource id, lower case -> the field that names such an object.
const RESOURCE_FIELDS: Readonly<Record<string, string>> = {
  virtualmachines: "instance_id", disks: "volume_id", snapshots: "snapshot_id", storageaccounts: "storage_obj", containers: "storage_obj", networksecuritygroups: "fw_rule", securityrules: "fw_rule", azurefirewalls: "fw_rule", images: "container_image",
};

function mapActivity(event: JsonObject, operation: string): Mapped {
  const fields: FieldBag = {};
  putAll(fields, FIELDS, (path) => valueAt(event, path));
  const claims = embeddedJson(valueAt(event, "identity.claims") ?? event["claims"] ?? event["Claims"]);
  if (isJsonObject(claims)) {
    for (const key of [UPN, NAME, "name", "appid"]) if (fields["user"] === undefined) put(fields, "user", claims[key]);
    if (fields["src_ip"] === undefined) put(fields, "src_ip", claims["ipaddr"]);
    put(fields, "cred_id", claims["uti"]);
  }
  if (fields["user"] === undefined) put(fields, "user", valueAt(event, "identity.authorization.evidence.principalId"));
  put(fields, "src_ip", bareAddress(fields["src_ip"]));
  put(fields, "cloud_action", operation);
  put(fields, "app_event", operation);
  if (fields["cloud_service"] === undefined) put(fields, "cloud_service", operation.slice(0, operation.indexOf("/")));
  const resource = textAt(event, "resourceId") ?? textAt(event, "_ResourceId") ?? textAt(event, "ResourceId");
  put(fields, "cloud_resource", resource);
  if (resource !== undefined) for (const field of resourceFields(resource)) put(fields, field, resource);
  const properties = embeddedJson(event["properties"] ?? event["Properties"]);
  const body = embeddedJson(["requestbody", "requestBody"].map((name) => valueAt(properties, name) ?? event[name]).find((found) => found !== undefined));
  put(fields, "cloud_params", body);
  if (operation.includes("/roleassignments/")) {
    put(fields, "target_user", valueAt(body, "properties.principalId") ?? valueAt(body, "Properties.PrincipalId"));
    put(fields, "change", valueAt(body, "properties.roleDefinitionId") ?? valueAt(body, "Properties.RoleDefinitionId"));
  }
  const subscription = (textAt(event, "subscriptionId") ?? textAt(event, "SubscriptionId") ?? /\/subscriptions\/([^/]+)/i.exec(resource ?? "")?.[1])?.toLowerCase();
  put(fields, "cloud_account", subscription ?? textAt(event, "tenantId"));
  const id = textAt(event, "eventDataId") ?? textAt(event, "EventDataId");
  return {
    time: firstTime(...["eventTimestamp", "time", "TimeGenerated"].map((key) => readIsoTime(event[key], key, "utc-by-definition"))),
    host: subscription ?? textAt(event, "tenantId") ?? null,
    family: "azure-activity",
    key: operation,
    fields,
    ...(id === undefined ? {} : { facts: { id } }),
  };
}

function resourceFields(resourceId: string): readonly string[] {
  const types = resourceId.toLowerCase().split("/").slice(1).filter((_, at) => at % 2 === 0);
  const field = types.map((type) => RESOURCE_FIELDS[type]).findLast((found) => found !== undefined);
  return field === undefined ? [] : [field];
}
