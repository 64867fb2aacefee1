import { put, putAll, type FieldBag, type FieldMap } from "../fill-fields";
import type { JsonObject } from "../frame/plain-value";
import type { Mapped } from "../make-item";
import { jsonFormat } from "../record-format";
import { firstTime, readIsoTime } from "../time/read-time";
import { listOf } from "./cloud/named-values";
import { objectsAt, valueAt } from "./cloud/value-at";

/**
 * Okta's System Log: LogEvent objects of the API, of event streams and of event hooks, and rows of Sentinel's Okta_CL, whose
 * columns spell the same paths ("actor_alternateId_s"). The record does not name its organisation.
 */
export const oktaSystemLog = jsonFormat({
  id: "okta-system-log",
  label: "Okta System Log",
  extensions: [".json", ".ndjson"],
  record: "an event of Okta's System Log",
  evidence: ["eventType | eventType_s", "published", "actor", "outcome"],
  isMine: (value) => isLogEvent(value) || isRow(value) || hookEvents(value).length > 0,
  map: (value) => {
    if (isLogEvent(value)) return [mapEvent(value, (path) => valueAt(value, path))];
    if (isRow(value)) return [mapEvent(value, (path) => columnAt(value, path))];
    const events = hookEvents(value);
    return events.length > 0 ? events.map((event) => ({ ...mapEvent(event, (path) => valueAt(event, path)), native: event })) : null;
  },
});

function isLogEvent(value: JsonObject): boolean {
  return typeof value["eventType"] === "string" && typeof value["published"] === "string" && "actor" in value && ("outcome" in value || "uuid" in value);
}

/** An event hook delivers {"eventType":"com.okta.event_hook","data":{"events":[...]}}. */
function hookEvents(value: JsonObject): readonly JsonObject[] {
  return objectsAt(value, "data.events").filter(isLogEvent);
}

function isRow(value: JsonObject): boolean {
  return typeof value["eventType_s"] === "string" && ("published_t" in value || "TimeGenerated" in value) && ("actor_alternateId_s" in value || "actor_id_s" in value || "outcome_result_s" in value);
}

/** Log Analytics' custom tables: a column is the path joined by underscores and the type's letter; lists stand as JSON in a text. */
function columnAt(row: JsonObject, path: string): unknown {
  const position = path.indexOf(".0.");
  if (position !== -1) return valueAt(listOf(columnAt(row, path.slice(0, position)))[0], path.slice(position + 3));
  const name = path.replaceAll(".", "_");
  return ["s", "t", "g", "d", "b"].map((type) => row[`${name}_${type}`]).find((value) => value !== undefined && value !== "");
}

const FIELDS: FieldMap = [
  ["actor.alternateId", "user"], ["actor.displayName", "user"], ["actor.id", "user"], ["client.ipAddress", "src_ip"], ["request.ipChain.0.ip", "src_ip"],
  ["client.userAgent.rawUserAgent", "user_agent"], ["authenticationContext.externalSessionId", "session_id"], ["authenticationContext.credentialType", "auth_method"],
  ["authenticationContext.authenticationProvider", "auth_method"], ["outcome.reason", "auth_reason"], ["outcome.result", "cloud_result"],
  ["eventType", "cloud_action"], ["eventType", "app_event"], ["displayMessage", "app_msg"], ["debugContext.debugData.requestUri", "url"], ["debugContext.debugData.changedAttributes", "change"],
  ["transaction.detail.requestApiTokenId", "cred_id"], ["client.device", "device_class"],
];

// Events that say of themselves whether somebody got in.
const AUTHENTICATION = /^(?:user\.(?:session\.(?:start|access)|authentication\.|mfa\.|account\.reset_password)|app\.oauth2\.|policy\.evaluate_sign_on|system\.push\.)/;

function mapEvent(event: JsonObject, get: (path: string) => unknown): Mapped {
  const fields: FieldBag = {};
  putAll(fields, FIELDS, get);
  const eventType = String(get("eventType"));
  if (AUTHENTICATION.test(eventType)) put(fields, "auth_result", get("outcome.result"));
  for (const target of listOf(get("target"))) {
    const name = target["alternateId"] !== "unknown" && target["alternateId"] ? target["alternateId"] : (target["displayName"] ?? target["id"]);
    const type = String(target["type"]);
    if (/User$/.test(type) && fields["target_user"] === undefined) put(fields, "target_user", name);
    else if (/Group$/.test(type) && fields["target_group"] === undefined) put(fields, "target_group", target["displayName"] ?? name);
    else if (/^App(?:Instance|User)?$/.test(type) && fields["app_name"] === undefined) put(fields, "app_name", target["displayName"] ?? name);
    else if (/Token/i.test(type) && fields["cred_id"] === undefined) put(fields, "cred_id", target["id"]);
    else if (fields["cloud_resource"] === undefined) put(fields, "cloud_resource", target["displayName"] ?? name);
  }
  put(fields, "app_name", fields["app_name"] ?? "Okta");
  const uuid = get("uuid");
  return {
    time: firstTime(readIsoTime(get("published"), "published", "utc-by-definition"), readIsoTime(event["TimeGenerated"], "TimeGenerated", "utc-by-definition")),
    host: null,
    family: "okta-idp",
    key: eventType,
    fields,
    ...(typeof uuid === "string" && uuid !== "" ? { facts: { id: uuid } } : {}),
  };
}
