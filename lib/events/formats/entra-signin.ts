import { put, putAll, type FieldBag, type FieldMap } from "../fill-fields";
import { isJsonObject, type JsonObject } from "../frame/plain-value";
import type { Mapped } from "../make-item";
import { jsonFormat } from "../record-format";
import { firstTime, readIsoTime } from "../time/read-time";
import { embeddedJson, listOf } from "./cloud/named-values";
import { textAt, valueAt } from "./cloud/value-at";

/**
 * Microsoft Entra sign-ins in the three shapes they are met in: Graph (signIn objects), Azure's diagnostic envelope
 * ({time, category, tenantId, properties}), and Log Analytics columns (SigninLogs and its kin). The key is the log's
 * category. What stands for a host is the tenant; in Log Analytics TenantId is the workspace, so AADTenantId is read.
 */
export const entraSignin = jsonFormat({
  id: "entra-signin",
  label: "Microsoft Entra sign-in logs",
  extensions: [".json", ".ndjson"],
  record: "an Entra sign-in",
  evidence: ["createdDateTime | TimeGenerated", "appDisplayName | servicePrincipalId", "status | ResultType", "ipAddress"],
  isMine: (value) => categoryOf(value) !== null,
  map: (value) => {
    const category = categoryOf(value);
    return category === null ? null : [mapSignin(value, category)];
  },
});

const CATEGORIES: Readonly<Record<string, string>> = {
  signinlogs: "SignInLogs",
  noninteractiveusersigninlogs: "NonInteractiveUserSignInLogs",
  aadnoninteractiveusersigninlogs: "NonInteractiveUserSignInLogs",
  serviceprincipalsigninlogs: "ServicePrincipalSignInLogs",
  aadserviceprincipalsigninlogs: "ServicePrincipalSignInLogs",
  managedidentitysigninlogs: "ManagedIdentitySignInLogs",
  aadmanagedidentitysigninlogs: "ManagedIdentitySignInLogs",
  adfssigninlogs: "ADFSSignInLogs",
};
const EVENT_TYPES: Readonly<Record<string, string>> = { interactiveUser: "SignInLogs", nonInteractiveUser: "NonInteractiveUserSignInLogs", servicePrincipal: "ServicePrincipalSignInLogs", managedIdentity: "ManagedIdentitySignInLogs" };

/** The log that a sign-in belongs to, null when the object is none: by the named category or table, else by what a signIn object says of itself. */
function categoryOf(value: JsonObject): string | null {
  for (const key of ["category", "Category", "Type", "type"]) {
    const named = value[key];
    const found = typeof named === "string" ? CATEGORIES[named.toLowerCase()] : undefined;
    if (found !== undefined && ("properties" in value || "TimeGenerated" in value || "createdDateTime" in value || "CreatedDateTime" in value)) return found;
  }
  const isSignIn = typeof value["createdDateTime"] === "string" && "status" in value && "appDisplayName" in value && ("ipAddress" in value || "userPrincipalName" in value);
  if (!isSignIn) return null;
  const eventType = textAt(value, "signInEventTypes.0");
  if (eventType !== undefined) return EVENT_TYPES[eventType] ?? "SignInLogs";
  if (value["isInteractive"] === false) return "NonInteractiveUserSignInLogs";
  return textAt(value, "servicePrincipalId") !== undefined && textAt(value, "userPrincipalName") === undefined ? "ServicePrincipalSignInLogs" : "SignInLogs";
}

// Graph's names; Log Analytics writes the same with a capital (and IPAddress).
const FIELDS: FieldMap = [
  ["userPrincipalName", "user"], ["servicePrincipalName", "user"], ["servicePrincipalId", "user"], ["userDisplayName", "user"], ["userId", "user"], ["userAgent", "user_agent"],
  ["appDisplayName", "app_name"], ["appId", "app_name"], ["sessionId", "session_id"], ["uniqueTokenIdentifier", "cred_id"], ["servicePrincipalCredentialKeyId", "cred_id"],
  ["resourceDisplayName", "cloud_resource"], ["resourceIdentity", "cloud_resource"], ["authenticationRequirement", "auth_method"], ["clientAppUsed", "auth_method"],
];

function mapSignin(event: JsonObject, category: string): Mapped {
  const inner = isJsonObject(event["properties"]) ? event["properties"] : event;
  const get = (name: string): unknown => inner[name] ?? inner[name.charAt(0).toUpperCase() + name.slice(1)];
  const fields: FieldBag = {};
  const step = listOf(get("authenticationDetails")).find((detail) => typeof detail["authenticationMethod"] === "string");
  put(fields, "auth_method", step?.["authenticationMethod"]);
  putAll(fields, FIELDS, get);
  put(fields, "src_ip", inner["ipAddress"] ?? inner["IPAddress"] ?? event["callerIpAddress"]);
  const status = embeddedJson(get("status"));
  const code = valueAt(status, "errorCode") ?? event["resultType"] ?? event["ResultType"];
  // The error code is the outcome: 0 is the only success; every other number is a refusal or an interruption (MFA, consent).
  if (typeof code === "number" || (typeof code === "string" && code !== "")) put(fields, "auth_result", Number(code) === 0 ? "success" : "failure");
  put(fields, "cloud_result", code);
  put(fields, "auth_reason", valueAt(status, "failureReason") ?? event["resultDescription"] ?? event["ResultDescription"]);
  put(fields, "cloud_action", "Sign-in activity");
  put(fields, "logon_type", category);
  put(fields, "device_id", valueAt(embeddedJson(get("deviceDetail")), "deviceId"));
  const tenant = textAt(event, "tenantId") ?? textAt(event, "AADTenantId") ?? textAt(inner, "resourceTenantId") ?? textAt(inner, "homeTenantId") ?? textAt(inner, "ResourceTenantId");
  put(fields, "cloud_account", tenant);
  const id = textAt(inner, "id") ?? textAt(inner, "Id");
  return {
    time: firstTime(readIsoTime(get("createdDateTime"), "createdDateTime", "utc-by-definition"), readIsoTime(event["time"], "time", "utc-by-definition"), readIsoTime(event["TimeGenerated"], "TimeGenerated", "utc-by-definition")),
    host: tenant ?? null,
    family: "entra-id",
    key: category,
    fields,
    ...(id === undefined ? {} : { facts: { id } }),
  };
}
