import { put, putAll, type FieldBag, type FieldMap } from "../fill-fields";
import { isJsonObject, type JsonObject } from "../frame/plain-value";
import type { Mapped } from "../make-item";
import { jsonFormat } from "../record-format";
import { firstTime, readIsoTime } from "../time/read-time";
import { bareAddress } from "./cloud/bare-address";
import { describeChanges, embeddedJson, listOf, namedValues } from "./cloud/named-values";
import { operationName } from "./cloud/operation-name";
import { textAt, valueAt } from "./cloud/value-at";

/**
 * Microsoft 365 unified audit log: records of the Management Activity API, rows of the portal's or cmdlet's export with the
 * record as text in AuditData, Graph's auditLogRecord, and Log Analytics' OfficeActivity. CreationTime has no zone: Microsoft
 * defines it as UTC. The key is the operation; what stands for a host is the tenant (OrganizationId).
 */
export const m365UnifiedAudit = jsonFormat({
  id: "m365-unified-audit",
  label: "Microsoft 365 unified audit log",
  extensions: [".json", ".ndjson"],
  record: "a record of the Microsoft 365 unified audit log",
  evidence: ["Operation", "Workload | RecordType", "CreationTime", "OrganizationId | UserId"],
  isMine: (value) => recordOf(value) !== null,
  map: (value) => {
    const record = recordOf(value);
    return record === null ? null : [mapRecord(record)];
  },
});

/** The audit record inside an export's row, or the value itself; null when it is none. */
function recordOf(value: JsonObject): JsonObject | null {
  const inner = embeddedJson(value["AuditData"] ?? value["auditData"]);
  if (isJsonObject(inner)) return isRecord(inner) ? inner : null;
  return isRecord(value) ? value : null;
}

function isRecord(value: JsonObject): boolean {
  const workload = value["Workload"] ?? value["OfficeWorkload"] ?? value["RecordType"];
  const timed = typeof value["CreationTime"] === "string" || (value["Type"] === "OfficeActivity" && "TimeGenerated" in value);
  return typeof value["Operation"] === "string" && workload !== undefined && timed && ("UserId" in value || "UserKey" in value || "OrganizationId" in value);
}

const FIELDS: FieldMap = [
  ["UserId", "user"], ["UserKey", "user"], ["ClientIP", "src_ip"], ["ClientIPAddress", "src_ip"], ["ActorIpAddress", "src_ip"], ["Client_IPAddress", "src_ip"], ["UserAgent", "user_agent"],
  ["ClientInfoString", "user_agent"], ["Workload", "cloud_service"], ["OfficeWorkload", "cloud_service"], ["ResultStatus", "cloud_result"], ["OrganizationId", "cloud_account"],
  ["ApplicationDisplayName", "app_name"], ["Application", "app_name"], ["Workload", "app_name"], ["OfficeWorkload", "app_name"], ["SessionId", "session_id"], ["AppAccessContext.AADSessionId", "session_id"],
  ["AppAccessContext.UniqueTokenId", "cred_id"], ["TokenId", "cred_id"], ["LogonError", "auth_reason"], ["LogonType", "logon_type"], ["TargetUserOrGroupName", "target_user"], ["MailboxOwnerUPN", "target_user"],
  ["ApplicationId", "app_name"], ["Folders.0.Path", "file_path"], ["Item.ParentFolder.Path", "file_path"], ["Item.Subject", "app_msg"], ["ItemName", "app_msg"], ["Site_Url", "url"], ["SiteUrl", "url"], ["SourceFileName", "cloud_resource"], ["ObjectId", "cloud_resource"], ["OfficeObjectId", "cloud_resource"],
];

// Parameters of Exchange cmdlets that name whose mailbox or account it is about.
const SUBJECTS = ["Mailbox", "Identity", "User", "Trustee", "Member"];
const FILES = new Set(["SharePoint", "OneDrive"]);

function mapRecord(record: JsonObject): Mapped {
  const fields: FieldBag = {};
  putAll(fields, FIELDS, (path) => valueAt(record, path));
  put(fields, "src_ip", bareAddress(fields["src_ip"]));
  const operation = operationName(record["Operation"]);
  put(fields, "cloud_action", operation);
  put(fields, "app_event", operation);
  const extended = namedValues(record["ExtendedProperties"], "Name", "Value");
  const device = namedValues(record["DeviceProperties"], "Name", "Value");
  if (fields["user_agent"] === undefined) put(fields, "user_agent", extended.get("UserAgent"));
  put(fields, "auth_method", extended.get("RequestType"));
  if (fields["session_id"] === undefined) put(fields, "session_id", device.get("SessionId"));
  const workload = textAt(record, "Workload") ?? textAt(record, "OfficeWorkload");
  if (workload !== undefined && FILES.has(workload)) {
    const object = textAt(record, "ObjectId") ?? textAt(record, "OfficeObjectId");
    put(fields, "file_path", object);
    put(fields, "storage_obj", object);
    put(fields, "file_op", operation);
  }
  const parameters = listOf(record["Parameters"]);
  if (parameters.length > 0) putCmdlet(fields, operation, parameters);
  if (workload === "AzureActiveDirectory") putDirectory(fields, record, operation);
  if (operation === "MailboxLogin") put(fields, "auth_result", textAt(record, "ResultStatus") === "Failed" ? "failure" : "success");
  const changes = describeChanges(record["ModifiedProperties"], "Name", "OldValue", "NewValue");
  if (changes !== "") put(fields, "change", changes);
  const id = textAt(record, "Id") ?? textAt(record, "OfficeId");
  return {
    time: firstTime(readIsoTime(record["CreationTime"], "CreationTime", "utc-by-definition"), readIsoTime(record["TimeGenerated"], "TimeGenerated", "utc-by-definition")),
    host: textAt(record, "OrganizationId") ?? null,
    family: "m365",
    key: operation,
    fields,
    native: record,
    ...(id === undefined ? {} : { facts: { id } }),
  };
}

/** An administrator's cmdlet: the command as it would be typed, what it changed and on whom. */
function putCmdlet(fields: FieldBag, operation: string, parameters: readonly JsonObject[]): void {
  const text = parameters.map((item) => `-${String(item["Name"])} ${String(item["Value"])}`).join(" ");
  put(fields, "cmd", `${operation} ${text}`);
  put(fields, "change", text);
  put(fields, "cloud_params", text);
  const named = namedValues(parameters, "Name", "Value");
  for (const name of SUBJECTS) if (fields["target_user"] === undefined) put(fields, "target_user", named.get(name));
  if (!operation.endsWith("InboxRule")) return;
  // A rule of a mailbox runs by itself whenever mail arrives.
  put(fields, "job_name", named.get("Name") ?? named.get("Identity"));
  put(fields, "job_action", text);
}

/** Directory records: sign-ins say how they ended, changes name their object. */
function putDirectory(fields: FieldBag, record: JsonObject, operation: string): void {
  if (operation === "UserLoggedIn") put(fields, "auth_result", "success");
  else if (operation === "UserLoginFailed") put(fields, "auth_result", "failure");
  // Target entries have a numeric Type; 5 is the user principal name, 1 the display name (Management Activity API schema).
  const targets = listOf(record["Target"]);
  const named = targets.find((target) => target["Type"] === 5) ?? targets.find((target) => target["Type"] === 1);
  if (fields["target_user"] === undefined) put(fields, "target_user", textAt(record, "ObjectId") ?? named?.["ID"]);
  put(fields, "ad_object", textAt(record, "ObjectId") ?? named?.["ID"]);
  put(fields, "ad_attr", listOf(record["ModifiedProperties"]).map((item) => item["Name"]));
  if (/group/i.test(operation)) put(fields, "target_group", namedValues(record["ModifiedProperties"], "Name", "NewValue").get("Group.DisplayName"));
}
