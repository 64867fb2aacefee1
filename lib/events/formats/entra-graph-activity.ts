import { put, putAll, type FieldBag, type FieldMap } from "../fill-fields";
import { isJsonObject, type JsonObject } from "../frame/plain-value";
import { jsonFormat } from "../record-format";
import type { Mapped } from "../make-item";
import { firstTime, readIsoTime } from "../time/read-time";
import { textAt } from "./cloud/value-at";

/** Requests to Microsoft Graph (MicrosoftGraphActivityLogs), in Azure's diagnostic envelope or as Log Analytics columns. */
export const entraGraphActivity = jsonFormat({
  id: "entra-graph-activity",
  label: "Microsoft Graph activity logs",
  extensions: [".json", ".ndjson"],
  record: "a request to Microsoft Graph",
  evidence: ["category | Type = MicrosoftGraphActivityLogs", "requestUri", "requestMethod"],
  isMine: isRequest,
  map: (value) => (isRequest(value) ? [mapRequest(value)] : null),
});

function isRequest(value: JsonObject): boolean {
  return value["category"] === "MicrosoftGraphActivityLogs" || value["Type"] === "MicrosoftGraphActivityLogs";
}

const FIELDS: FieldMap = [
  ["userId", "user"], ["servicePrincipalId", "user"], ["appId", "user"], ["appId", "app_name"], ["userAgent", "user_agent"], ["requestUri", "url"], ["requestMethod", "http_method"],
  ["responseStatusCode", "http_status"], ["responseStatusCode", "cloud_result"], ["requestUri", "cloud_params"], ["sessionId", "session_id"], ["signInActivityId", "cred_id"], ["location", "cloud_region"],
];

function mapRequest(event: JsonObject): Mapped {
  const inner = isJsonObject(event["properties"]) ? event["properties"] : event;
  const get = (name: string): unknown => inner[name] ?? inner[name.charAt(0).toUpperCase() + name.slice(1)];
  const fields: FieldBag = {};
  putAll(fields, FIELDS, get);
  put(fields, "src_ip", get("ipAddress") ?? inner["IPAddress"] ?? event["callerIpAddress"]);
  put(fields, "cloud_service", "Microsoft Graph");
  const method = typeof get("requestMethod") === "string" ? String(get("requestMethod")) : "";
  const resource = resourcePath(get("requestUri"));
  put(fields, "cloud_action", `${method} ${resource}`.trim());
  put(fields, "cloud_resource", resource);
  const tenant = textAt(event, "tenantId") ?? textAt(event, "AadTenantId") ?? textAt(inner, "tenantId");
  put(fields, "cloud_account", tenant);
  const id = get("requestId");
  return {
    time: firstTime(readIsoTime(get("timeGenerated"), "timeGenerated", "utc-by-definition"), readIsoTime(event["time"], "time", "utc-by-definition")),
    host: tenant ?? null,
    family: "entra-id",
    key: "MicrosoftGraphActivityLogs",
    fields,
    ...(typeof id === "string" ? { facts: { id } } : {}),
  };
}

/** "/v1.0/users" of "https://graph.microsoft.com/v1.0/users?$top=999": what was asked for, without its filter. */
function resourcePath(uri: unknown): string {
  return typeof uri === "string" ? (/^https?:\/\/[^/]+(\/[^?#]*)/.exec(uri)?.[1] ?? uri) : "";
}
