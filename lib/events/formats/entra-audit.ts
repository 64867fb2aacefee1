import { put, putAll, type FieldBag, type FieldMap } from "../fill-fields";
import { isJsonObject, type JsonObject } from "../frame/plain-value";
import type { Mapped } from "../make-item";
import { jsonFormat } from "../record-format";
import { firstTime, readIsoTime } from "../time/read-time";
import { describeChanges, embeddedJson, listOf, namedValues } from "./cloud/named-values";
import { operationName } from "./cloud/operation-name";
import { textAt, valueAt } from "./cloud/value-at";

/** Microsoft Entra directory audit: Graph (directoryAudit), Azure's diagnostic envelope, Log Analytics columns (AuditLogs). The key is the activity. */
export const entraAudit = jsonFormat({
  id: "entra-audit",
  label: "Microsoft Entra audit logs",
  extensions: [".json", ".ndjson"],
  record: "an Entra audit event",
  evidence: ["activityDisplayName | OperationName", "initiatedBy", "targetResources"],
  isMine: (value) => auditOf(value) !== null,
  map: (value) => {
    const audit = auditOf(value);
    return audit === null ? null : [mapAudit(value, audit)];
  },
});

/** The audit object inside its shape; null when the value is none. Reads ignore the capital with which Log Analytics begins names. */
function auditOf(value: JsonObject): ((name: string) => unknown) | null {
  const inner = isJsonObject(value["properties"]) ? value["properties"] : value;
  const get = (name: string): unknown => inner[name] ?? inner[name.charAt(0).toUpperCase() + name.slice(1)];
  const category = value["Type"] ?? value["category"];
  const named = typeof get("activityDisplayName") === "string" || ((category === "AuditLogs" || category === "AuditLog") && typeof (value["operationName"] ?? value["OperationName"]) === "string");
  return named && (get("targetResources") !== undefined || get("initiatedBy") !== undefined) ? get : null;
}

const INITIATOR: FieldMap = [
  ["user.userPrincipalName", "user"], ["app.displayName", "user"], ["app.servicePrincipalName", "user"], ["user.displayName", "user"], ["user.id", "user"], ["app.servicePrincipalId", "user"],
  ["user.ipAddress", "src_ip"], ["app.ipAddress", "src_ip"],
];

function mapAudit(event: JsonObject, get: (name: string) => unknown): Mapped {
  const fields: FieldBag = {};
  const by = embeddedJson(get("initiatedBy"));
  putAll(fields, INITIATOR, (path) => valueAt(by, path));
  if (fields["src_ip"] === undefined) put(fields, "src_ip", event["callerIpAddress"]);
  const targets = listOf(get("targetResources"));
  for (const target of targets) putTarget(fields, target);
  const changes = targets.map((target) => describeChanges(target["modifiedProperties"], "displayName", "oldValue", "newValue")).filter((text) => text !== "");
  put(fields, "change", changes.join("; "));
  put(fields, "ad_attr", targets.flatMap((target) => listOf(target["modifiedProperties"]).map((item) => item["displayName"])));
  const details = namedValues(get("additionalDetails"), "key", "value");
  put(fields, "user_agent", details.get("User-Agent"));
  const action = operationName(get("activityDisplayName") ?? event["operationName"] ?? event["OperationName"]);
  put(fields, "cloud_action", action);
  put(fields, "app_event", action);
  put(fields, "cloud_result", get("result") ?? event["resultType"]);
  put(fields, "app_msg", get("resultReason") ?? event["resultDescription"]);
  put(fields, "cloud_service", get("loggedByService"));
  if (fields["app_name"] === undefined) put(fields, "app_name", get("loggedByService"));
  const tenant = textAt(event, "tenantId") ?? textAt(event, "AADTenantId") ?? /^\/tenants\/([0-9a-f-]{36})/i.exec(String(event["resourceId"]))?.[1];
  put(fields, "cloud_account", tenant);
  const id = get("id");
  return {
    time: firstTime(readIsoTime(get("activityDateTime"), "activityDateTime", "utc-by-definition"), readIsoTime(event["time"], "time", "utc-by-definition"), readIsoTime(event["TimeGenerated"], "TimeGenerated", "utc-by-definition")),
    host: tenant ?? null,
    family: "entra-id",
    key: action,
    fields,
    ...(typeof id === "string" && id !== "" ? { facts: { id } } : {}),
  };
}

/** What was acted upon: each type of directory object has a field of its own. */
function putTarget(fields: FieldBag, target: JsonObject): void {
  const name = textAt(target, "userPrincipalName") ?? textAt(target, "displayName") ?? textAt(target, "id");
  const field = { User: "target_user", Group: "target_group", ServicePrincipal: "app_name", Application: "app_name", Device: "device_id" }[String(target["type"])];
  if (field !== undefined && fields[field] === undefined) put(fields, field, name);
  if (fields["ad_object"] === undefined) put(fields, "ad_object", textAt(target, "id") ?? name);
  if (fields["ad_class"] === undefined) put(fields, "ad_class", target["type"]);
  if (fields["cloud_resource"] === undefined) put(fields, "cloud_resource", textAt(target, "displayName") ?? name);
}
