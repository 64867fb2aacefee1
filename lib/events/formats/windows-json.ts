import { put, putAll, type FieldBag } from "../fill-fields";
import type { JsonObject } from "../frame/plain-value";
import type { Mapped } from "../make-item";
import { jsonFormat } from "../record-format";
import { readIsoTime, type TimeReading } from "../time/read-time";
import { putEcs } from "./ecs-fields";
import { familyOfChannel, keyOfEvent } from "./windows/channel-family";
import { viewEvent, type EventView } from "./windows/event-view";
import { DEFENCE, OTHER } from "./windows/other-fields";
import { OBJECT_EVENTS, OBJECT_FIELDS, SECURITY, SECURITY_COMMON, SECURITY_SAYS } from "./windows/security-fields";
import { SYSMON, SYSMON_COMMON } from "./windows/sysmon-fields";

/** Windows events as JSON: flat (Mordor, NXLog), nested (XML turned into JSON), winlogbeat; text-only messages included. */
export const windowsJson = jsonFormat({
  id: "windows-json",
  label: "Windows events (JSON)",
  extensions: [".json", ".ndjson", ".jsonl"],
  record: "a Windows event",
  evidence: ["EventID | winlog.event_id", "Channel | Provider"],
  isMine: (value) => viewEvent(value) !== null,
  map: (value, limits) => mapEvent(value, limits.zone),
});

function mapEvent(value: JsonObject, zone: string): readonly Mapped[] | null {
  const event = viewEvent(value);
  if (event === null) return null;
  const family = familyOfChannel(event.channel, event.provider);
  const fields: FieldBag = {};
  if (family === "windows-sysmon" || family === "linux-sysmon") {
    putAll(fields, SYSMON[event.eventId] ?? [], event.data);
    putAll(fields, SYSMON_COMMON, event.data);
    if (typeof fields["reg_key"] === "string" && event.eventId !== "12") fields["reg_value"] = fields["reg_key"].slice(fields["reg_key"].lastIndexOf("\\") + 1);
  } else if (family === "windows-security") {
    putSecurity(fields, event);
  } else {
    putOther(fields, event, family);
  }
  if (event.ecs !== null) putEcs(fields, event.ecs);
  return [{ time: timeOf(event, zone), host: event.computer, family, key: keyOfEvent(family, event.channel, event.eventId), fields }];
}

function putSecurity(fields: FieldBag, event: EventView): void {
  const { eventId, data } = event;
  putAll(fields, SECURITY.get(eventId) ?? [], data);
  if (OBJECT_EVENTS.has(eventId)) {
    const type = data("ObjectType");
    const field = typeof type === "string" ? OBJECT_FIELDS[type] : undefined;
    put(fields, field ?? "ad_object", data("ObjectName"));
    if (field === undefined) put(fields, "ad_class", type);
  }
  putAll(fields, SECURITY_COMMON, data);
  for (const id of ["pid", "ppid", "target_pid"]) {
    const text = fields[id];
    if (typeof text === "string" && /^0x[0-9a-f]{1,8}$/i.test(text)) fields[id] = Number.parseInt(text.slice(2), 16);
  }
  for (const [canonical, value] of SECURITY_SAYS.get(eventId) ?? []) fields[canonical] ??= value;
}

function putOther(fields: FieldBag, event: EventView, family: string): void {
  putAll(fields, family === "windows-defence" ? DEFENCE : (OTHER.get(`${family}:${event.eventId}`) ?? []), event.data);
  if (family === "windows-powershell") {
    put(fields, "pid", event.data("ExecutionProcessID"));
    if (fields["user"] === undefined) put(fields, "user", event.data("System.UserID"));
  }
  if (family === "windows-system" && event.eventId === "104") fields["sensor_state"] = "event log cleared";
  put(fields, "app_name", event.provider);
  put(fields, "app_event", event.eventId);
  put(fields, "app_msg", event.message ?? event.data("param1"));
}

/** The first time whose zone is known; failing that the first that reads at all. */
function timeOf(event: EventView, zone: string): TimeReading {
  let fallback: TimeReading = { untimed: "no-time" };
  for (const [field, value, utc] of event.times) {
    const reading = readIsoTime(value, field, utc ? "utc-by-definition" : zone);
    if ("time" in reading && reading.time.zone === "known") return reading;
    if (!("time" in fallback) && ("time" in reading || fallback.untimed === "no-time")) fallback = reading;
  }
  return fallback;
}
