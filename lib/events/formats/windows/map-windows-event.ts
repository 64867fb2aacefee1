import { put, putAll, type FieldBag } from "../../fill-fields";
import type { Mapped } from "../../make-item";
import { readIsoTime, type TimeReading } from "../../time/read-time";
import { putEcs } from "../ecs-fields";
import { familyOfChannel, keyOfEvent } from "./channel-family";
import { windowsFacts } from "./event-facts";
import type { EventView } from "./event-view";
import { DEFENCE, OTHER } from "./other-fields";
import { OBJECT_EVENTS, OBJECT_FIELDS, objectClassOf, SECURITY, SECURITY_COMMON, SECURITY_SAYS } from "./security-fields";
import { SYSMON, SYSMON_COMMON } from "./sysmon-fields";

/** What one Windows event says, whatever it was written as. `zone`: of times that name none. */
export function mapWindowsEvent(event: EventView, zone: string): Mapped {
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
  const time = timeOf(event, zone);
  const facts = windowsFacts(event, "time" in time ? time.time.field : undefined);
  const objectClass = family === "windows-security" && OBJECT_EVENTS.has(event.eventId) ? objectClassOf(event.data("ObjectType")) : undefined;
  return { time, host: event.computer, family, key: keyOfEvent(family, event.channel, event.eventId), fields, objectClass, facts };
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
