import { put, putAll, type FieldBag, type FieldMap } from "../fill-fields";
import type { JsonObject } from "../frame/plain-value";
import type { Mapped } from "../make-item";
import { jsonFormat } from "../record-format";
import { firstTime, readEpochUnits, readIsoTime } from "../time/read-time";
import { textAt, valueAt } from "./cloud/value-at";

/** GitHub's audit log (API, export, streaming) of an organisation or enterprise. What stands for a host is the organisation. */
export const githubAudit = jsonFormat({
  id: "github-audit",
  label: "GitHub audit log",
  extensions: [".json", ".ndjson"],
  record: "an entry of GitHub's audit log",
  evidence: ["action", "@timestamp (ms)", "actor", "_document_id | org | business"],
  isMine: isAuditEntry,
  map: (value, limits) => (isAuditEntry(value) ? [mapEntry(value, limits.zone)] : null),
});

// "category.event" with an actor, beside an owner only GitHub names: an organisation, an enterprise, or the log's document.
function isAuditEntry(value: JsonObject): boolean {
  const { action } = value;
  const owned = "_document_id" in value || typeof value["org"] === "string" || typeof value["business"] === "string" || Array.isArray(value["org"]);
  return typeof action === "string" && /^[a-z][a-z0-9_]*\.[a-z0-9_]+$/.test(action) && owned && ("actor" in value || "actor_id" in value) && ("@timestamp" in value || "created_at" in value);
}

const FIELDS: FieldMap = [
  ["actor", "user"], ["actor_id", "user"], ["actor_ip", "src_ip"], ["user_agent", "user_agent"], ["user", "target_user"], ["invitee", "target_user"], ["team", "target_group"],
  ["repo", "storage_obj"], ["repository", "storage_obj"], ["repo", "cloud_resource"], ["action", "cloud_action"], ["action", "app_event"], ["org", "cloud_account"], ["business", "cloud_account"],
  ["hashed_token", "cred_id"], ["token_id", "cred_id"], ["programmatic_access_type", "auth_method"], ["transport_protocol_name", "app_proto"], ["permission", "change"],
  ["changes", "change"], ["visibility", "change"], ["operation_type", "file_op"], ["explanation", "app_msg"], ["name", "app_msg"], ["request_method", "http_method"], ["url_path", "url"], ["status_code", "http_status"],
];

function mapEntry(entry: JsonObject, zone: string): Mapped {
  const fields: FieldBag = {};
  putAll(fields, FIELDS, (key) => valueAt(entry, key));
  put(fields, "app_name", "GitHub");
  const action = String(entry["action"]);
  if (/(?:^user\.(?:failed_)?login$|sso_response$)/.test(action)) put(fields, "auth_result", action.includes("failed") ? "failure" : "success");
  const owner = textAt(entry, "org") ?? textAt(entry, "org.0") ?? textAt(entry, "business");
  const id = textAt(entry, "_document_id");
  return { time: timeOf(entry, zone), host: owner ?? null, family: "saas-collab", key: action, fields, ...(id === undefined ? {} : { facts: { id } }) };
}

/** The API writes milliseconds since 1970; the web interface's JSON export the same; older streams ISO 8601. */
function timeOf(entry: JsonObject, zone: string): Mapped["time"] {
  const of = (key: string) => (typeof entry[key] === "string" && entry[key].includes("-") ? readIsoTime(entry[key], key, zone) : readEpochUnits(entry[key], key, "ms"));
  return firstTime(of("@timestamp"), of("created_at"));
}
