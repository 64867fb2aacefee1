import { put, type FieldBag } from "../../fill-fields";
import type { JsonObject } from "../../frame/plain-value";
import { objectsAt, textAt, valueAt } from "../cloud/value-at";
import { protocolName } from "../flow/protocol-name";
import { ACTOR, AUTHENTICATION, CLOUD, FILE, GROUP, IDENTITY, JOB, MEMORY, MODULE, NETWORK, PERIPHERAL, PROCESS, REGISTRY, SCRIPT, SERVICE, STARTER, FINDING, type PathMap } from "./class-maps";

const RESULTS: Readonly<Record<string, string>> = { "1": "success", "2": "failure" };

/** Canonical fields of an event: the objects of its class, then the actor, then where it happened. */
export function fieldsOfEvent(event: JsonObject, classUid: number, activity: number): FieldBag {
  const fields: FieldBag = {};
  const fill = (map: PathMap) => {
    for (const [path, canonical] of map) if (fields[canonical] === undefined) put(fields, canonical, valueAt(event, path));
  };
  for (const map of mapsOf(classUid)) fill(map);
  if (classUid === 1007) putProcess(fields, event, activity, fill);
  else fill(ACTOR);
  if (classUid === 1001) {
    put(fields, "file_op", textAt(event, "activity_name") ?? String(activity));
    if (activity === 5) putRename(fields, event);
  }
  if (classUid === 201001 || classUid === 201002) put(fields, "reg_op", textAt(event, "activity_name") ?? String(activity));
  if (Math.floor(classUid / 1000) === 4) putTraffic(fields, event);
  if (classUid === 3002) {
    put(fields, "auth_result", RESULTS[String(event["status_id"])] ?? event["status"]);
    put(fields, "target_user", valueAt(event, "user.name"));
    if (activity >= 3 && activity <= 5) put(fields, "krb_service", valueAt(event, "service.name"));
  }
  if (classUid === 3001 || classUid === 3006) put(fields, "change", event["activity_name"]);
  put(fields, "proc_hash", hashOf(event, classUid === 1007 ? "process.file.hashes" : "actor.process.file.hashes"));
  fill(CLOUD);
  if (fields["cloud_action"] !== undefined) putCloud(fields, event);
  return fields;
}

function mapsOf(classUid: number): readonly PathMap[] {
  switch (classUid) {
    case 1001:
      return [FILE];
    case 1002:
    case 1005:
      return [MODULE];
    case 1004:
      return [MEMORY];
    case 1006:
      return [JOB];
    case 1009:
      return [SCRIPT];
    case 1010:
      return [PERIPHERAL];
    case 3001:
      return [IDENTITY];
    case 3002:
      return [AUTHENTICATION];
    case 3006:
      return [GROUP];
    case 201001:
    case 201002:
      return [REGISTRY];
    case 201004:
      return [SERVICE];
    default:
      return classUid >= 4000 && classUid < 5000 ? [NETWORK] : classUid >= 2000 && classUid < 3000 ? [FINDING] : [];
  }
}

/** The process object is what was launched, ended, opened or injected into; the actor launched it, or did it. */
function putProcess(fields: FieldBag, event: JsonObject, activity: number, fill: (map: PathMap) => void): void {
  if (activity === 3 || activity === 4) {
    put(fields, "target_image", textAt(event, "process.file.path") ?? textAt(event, "process.name"));
    put(fields, "target_pid", valueAt(event, "process.pid"));
    put(fields, "access_mask", event["requested_permissions"]);
    fill(ACTOR);
    return;
  }
  fill(PROCESS);
  // An end is mostly the process's own: its actor is no parent.
  if (activity !== 2) fill(STARTER);
  if (fields["user"] === undefined) put(fields, "user", valueAt(event, "actor.user.name") ?? valueAt(event, "actor.process.user.name") ?? valueAt(event, "actor.user.uid"));
}

function putRename(fields: FieldBag, event: JsonObject): void {
  const result = textAt(event, "file_result.path") ?? textAt(event, "file_result.name");
  if (result === undefined) return;
  put(fields, "file_old_path", fields["file_path"]);
  fields["file_path"] = result;
}

function putTraffic(fields: FieldBag, event: JsonObject): void {
  put(fields, "proto", textAt(event, "connection_info.protocol_name") ?? protocolName(valueAt(event, "connection_info.protocol_num")));
  const answers = objectsAt(event, "answers").flatMap((answer) => (typeof answer["rdata"] === "string" ? [answer["rdata"]] : []));
  put(fields, "rdata", answers);
}

function putCloud(fields: FieldBag, event: JsonObject): void {
  put(fields, "cloud_resource", objectsAt(event, "resources").map((resource) => resource["uid"] ?? resource["name"]));
  if (fields["user"] === undefined) put(fields, "user", valueAt(event, "actor.user.uid") ?? valueAt(event, "actor.invoked_by"));
}

function hashOf(event: JsonObject, path: string): unknown {
  const hashes = objectsAt(event, path);
  const by = (id: number) => hashes.find((hash) => hash["algorithm_id"] === id)?.["value"];
  return by(3) ?? by(2) ?? by(1) ?? hashes[0]?.["value"]; // SHA-256, SHA-1, MD5
}
