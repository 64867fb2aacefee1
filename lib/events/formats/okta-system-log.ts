import { put, putAll, type FieldBag, type FieldMap } from "../fill-fields";
import type { JsonObject } from "../frame/plain-value";
import type { Mapped } from "../make-item";
import { jsonFormat } from "../record-format";
import { readIsoTime } from "../time/read-time";
import { objectsAt, textAt, valueAt } from "./cloud/value-at";

/** Okta's System Log (LogEvent objects of the API, of event streams and of event hooks). The record does not name its organisation. */
export const oktaSystemLog = jsonFormat({
  id: "okta-system-log",
  label: "Okta System Log",
  extensions: [".json", ".ndjson"],
  record: "an event of Okta's System Log",
  evidence: ["eventType", "published", "actor", "outcome"],
  isMine: (value) => isLogEvent(value) || hookEvents(value).length > 0,
  map: (value) => {
    if (isLogEvent(value)) return [mapEvent(value)];
    const events = hookEvents(value);
    return events.length > 0 ? events.map((event) => ({ ...mapEvent(event), native: event })) : null;
  },
});

function isLogEvent(value: JsonObject): boolean {
  return typeof value["eventType"] === "string" && typeof value["published"] === "string" && "actor" in value && ("outcome" in value || "uuid" in value);
}

/** An event hook delivers {"eventType":"com.okta.event_hook","data":{"events":[...]}}. */
function hookEvents(value: JsonObject): readonly JsonObject[] {
  return objectsAt(value, "data.events").filter(isLogEvent);
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

function mapEvent(event: JsonObject): Mapped {
  const fields: FieldBag = {};
  putAll(fields, FIELDS, (path) => valueAt(event, path));
  const eventType = String(event["eventType"]);
  if (AUTHENTICATION.test(eventType)) put(fields, "auth_result", valueAt(event, "outcome.result"));
  for (const target of objectsAt(event, "target")) {
    const name = target["alternateId"] !== "unknown" && target["alternateId"] ? target["alternateId"] : (target["displayName"] ?? target["id"]);
    const type = String(target["type"]);
    if (/User$/.test(type) && fields["target_user"] === undefined) put(fields, "target_user", name);
    else if (/Group$/.test(type) && fields["target_group"] === undefined) put(fields, "target_group", target["displayName"] ?? name);
    else if (/^App(?:Instance|User)?$/.test(type) && fields["app_name"] === undefined) put(fields, "app_name", target["displayName"] ?? name);
    else if (/Token/i.test(type) && fields["cred_id"] === undefined) put(fields, "cred_id", target["id"]);
    else if (fields["cloud_resource"] === undefined) put(fields, "cloud_resource", target["displayName"] ?? name);
  }
  put(fields, "app_name", fields["app_name"] ?? "Okta");
  const uuid = textAt(event, "uuid");
  return { time: readIsoTime(event["published"], "published", "utc-by-definition"), host: null, family: "okta-idp", key: eventType, fields, ...(uuid === undefined ? {} : { facts: { id: uuid } }) };
}
