import { put, putAll, type FieldBag, type FieldMap } from "../fill-fields";
import { isJsonObject, type JsonObject } from "../frame/plain-value";
import type { Mapped } from "../make-item";
import { jsonFormat } from "../record-format";
import { readEpochUnits, readIsoTime } from "../time/read-time";
import { objectsAt, textAt, valueAt } from "./cloud/value-at";

/**
 * Google Workspace audit: activities of the Admin SDK Reports API (one record per event in them), and rows of the BigQuery
 * export. The key is application/event; API calls by a token (token/activity) add their method, because the method is the
 * act. What stands for a host is the customer.
 */
export const googleWorkspace = jsonFormat({
  id: "google-workspace",
  label: "Google Workspace audit activities",
  extensions: [".json", ".ndjson"],
  record: "a Google Workspace activity",
  evidence: ["id.applicationName", "actor", "events[].name | record_type, event_name"],
  isMine: (value) => isActivity(value) || isRow(value),
  map: (value) => {
    if (isActivity(value)) return eventsOf(value).map((event) => mapActivity(value, event));
    return isRow(value) ? [mapRow(value)] : null;
  },
});

function isActivity(value: JsonObject): boolean {
  return textAt(value, "id.applicationName") !== undefined && textAt(value, "id.time") !== undefined && eventsOf(value).length > 0;
}

/** Splunk's add-on makes one activity of each event, under `event`. */
function eventsOf(value: JsonObject): readonly JsonObject[] {
  const { event } = value;
  return isJsonObject(event) && typeof event["name"] === "string" ? [event] : objectsAt(value, "events");
}

function isRow(value: JsonObject): boolean {
  return "time_usec" in value && typeof value["event_name"] === "string" && typeof value["record_type"] === "string";
}

function mapActivity(activity: JsonObject, event: JsonObject): Mapped {
  const fields: FieldBag = {};
  putAll(fields, [["actor.email", "user"], ["actor.key", "user"], ["actor.profileId", "user"], ["ipAddress", "src_ip"], ["id.customerId", "cloud_account"], ["id.applicationName", "app_name"], ["id.applicationName", "cloud_service"]], (path) => valueAt(activity, path));
  const parameters = new Map(objectsAt(event, "parameters").map((item) => [String(item["name"]), item["value"] ?? item["multiValue"] ?? item["intValue"] ?? item["boolValue"] ?? item["multiIntValue"]]));
  const application = String(valueAt(activity, "id.applicationName"));
  return {
    time: readIsoTime(valueAt(activity, "id.time"), "id.time", "utc-by-definition"),
    host: textAt(activity, "id.customerId") ?? null,
    ...describe(fields, application, String(event["name"]), (name) => parameters.get(name)),
    native: { ...activity, events: [event] },
    facts: { id: `${textAt(activity, "id.uniqueQualifier") ?? ""}/${String(event["name"])}` },
  };
}

/** A row of the BigQuery export holds its application's parameters in a column named like the application. */
function mapRow(row: JsonObject): Mapped {
  const fields: FieldBag = {};
  putAll(fields, [["email", "user"], ["ip_address", "src_ip"], ["customer_id", "cloud_account"], ["record_type", "app_name"], ["record_type", "cloud_service"]], (path) => valueAt(row, path));
  const application = String(row["record_type"]);
  const column = row[application];
  return {
    time: readEpochUnits(row["time_usec"], "time_usec", "us"),
    host: textAt(row, "customer_id") ?? null,
    ...describe(fields, application, String(row["event_name"]), (name) => (isJsonObject(column) ? column[name.toLowerCase()] : undefined)),
  };
}

// Parameter names of the applications' event references; admin settings write theirs in capitals.
const PARAMETERS: FieldMap = [
  ["USER_EMAIL", "target_user"], ["target_user", "target_user"], ["affected_email_address", "target_user"], ["GROUP_EMAIL", "target_group"], ["group_email", "target_group"], ["login_type", "auth_method"],
  ["login_challenge_method", "auth_method"], ["login_failure_type", "auth_reason"], ["doc_title", "file_path"], ["doc_id", "cloud_resource"], ["doc_title", "storage_obj"], ["doc_id", "storage_obj"],
  ["app_name", "app_name"], ["client_id", "cred_id"], ["visibility", "change"], ["NEW_VALUE", "change"], ["ROLE_NAME", "change"], ["scope", "change"], ["user_agent", "user_agent"], ["method_name", "api_name"],
];

function describe(fields: FieldBag, application: string, name: string, parameter: (name: string) => unknown): { family: string; key: string; fields: FieldBag } {
  const app = parameter("app_name");
  if (typeof app === "string" && app !== "") delete fields["app_name"];
  putAll(fields, PARAMETERS, parameter);
  if (application === "login") put(fields, "auth_result", name === "login_failure" || name === "login_challenge_failed" ? "failure" : name.startsWith("login_") ? "success" : undefined);
  if (application === "saml") put(fields, "auth_result", name === "login_failure" ? "failure" : "success");
  if (application === "token" && name === "authorize") put(fields, "auth_result", "success");
  if (application === "drive") put(fields, "file_op", name);
  const method = name === "activity" && application === "token" ? parameter("method_name") : undefined;
  const key = typeof method === "string" && method !== "" ? `token/activity/${method.split(".").slice(-2).join(".")}` : `${application}/${name}`;
  put(fields, "cloud_action", key);
  put(fields, "app_event", key);
  return { family: "google-workspace", key, fields };
}
