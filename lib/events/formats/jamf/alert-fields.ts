import { put, type FieldBag } from "../../fill-fields";
import { isJsonObject, type JsonObject } from "../../frame/plain-value";

/** Canonical fields of an alert: the event that matched, and of the related processes the one that the event names. */
export function alertFields(alert: JsonObject): FieldBag {
  const fields: FieldBag = {};
  const match = asObject(alert["match"]);
  const event = asObject(match["event"]);
  const related = asObject(alert["related"]);
  const processes = objects(related["processes"]);
  const actor = processes.find((process) => process["pid"] === event["pid"]) ?? processes[0];
  put(fields, "app_name", "Jamf Protect");
  put(fields, "app_event", alert["eventType"]);
  put(fields, "app_msg", objects(match["facts"]).map((fact) => fact["human"] ?? fact["name"]).find((text) => typeof text === "string" && text !== ""));
  put(fields, "pid", event["pid"]);
  if (actor !== undefined) putActor(fields, actor, objects(related["users"]), processes);
  const file = objects(related["files"])[0];
  put(fields, "file_path", event["path"] ?? file?.["path"]);
  put(fields, "file_hash", file?.["sha256hex"] ?? file?.["sha1hex"]);
  const device = asObject(event["device"]);
  put(fields, "device_id", device["serialNumber"] ?? device["bsdName"]);
  put(fields, "device_class", device["protocol"] ?? device["mediaKind"]);
  return fields;
}

function putActor(fields: FieldBag, actor: JsonObject, users: readonly JsonObject[], processes: readonly JsonObject[]): void {
  put(fields, "image", actor["path"]);
  put(fields, "cmd", actor["args"]);
  put(fields, "pid", actor["pid"]);
  put(fields, "ppid", actor["ppid"]);
  put(fields, "user", users.find((user) => user["uid"] === actor["uid"])?.["name"]);
  if (fields["user"] === undefined) put(fields, "user", actor["uid"]);
  put(fields, "parent_image", processes.find((process) => process["pid"] === actor["ppid"])?.["path"]);
  const signature = asObject(actor["signingInfo"]);
  put(fields, "proc_hash", signature["cdhash"]);
  put(fields, "proc_signer", signature["appid"]);
}

function objects(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

function asObject(value: unknown): JsonObject {
  return isJsonObject(value) ? value : {};
}
