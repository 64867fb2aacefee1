import { put, putAll, type FieldBag, type FieldMap } from "../../fill-fields";
import type { JsonObject } from "../../frame/plain-value";
import { readEpochSeconds, readEpochUnits, timeMs } from "../../time/read-time";
import type { RecordFacts } from "../../types";

/** src.process acts; in a start it is the parent, and tgt.process is what was started. */
const ACTOR: FieldMap = [
  ["src.process.image.path", "image"], ["src.process.name", "image"], ["src.process.cmdline", "cmd"], ["src.process.pid", "pid"], ["src.process.uid", "proc_uid"], ["src.process.user", "user"],
  ["src.process.parent.image.path", "parent_image"], ["src.process.parent.name", "parent_image"], ["src.process.parent.cmdline", "parent_cmd"], ["src.process.parent.pid", "ppid"],
  ["src.process.image.sha256", "proc_hash"], ["src.process.image.sha1", "proc_hash"], ["src.process.publisher", "proc_signer"], ["src.process.integrityLevel", "integrity"], ["src.process.sessionId", "session_id"],
];
const STARTED: FieldMap = [
  ["tgt.process.image.path", "image"], ["tgt.process.name", "image"], ["tgt.process.cmdline", "cmd"], ["tgt.process.pid", "pid"], ["tgt.process.uid", "proc_uid"], ["tgt.process.user", "user"],
  ["src.process.image.path", "parent_image"], ["src.process.name", "parent_image"], ["src.process.cmdline", "parent_cmd"], ["src.process.pid", "ppid"],
  ["tgt.process.image.sha256", "proc_hash"], ["tgt.process.image.sha1", "proc_hash"], ["tgt.process.publisher", "proc_signer"], ["tgt.process.integrityLevel", "integrity"], ["tgt.process.sessionId", "session_id"],
];
const TARGET: FieldMap = [["tgt.process.image.path", "target_image"], ["tgt.process.name", "target_image"], ["tgt.process.pid", "target_pid"], ["tgt.process.accessRights", "access_mask"]];
const FILE: FieldMap = [["tgt.file.path", "file_path"], ["tgt.file.oldPath", "file_old_path"], ["tgt.file.sha256", "file_hash"], ["tgt.file.sha1", "file_hash"], ["event.type", "file_op"]];
const REGISTRY: FieldMap = [["registry.keyPath", "reg_key"], ["registry.value", "reg_data"], ["event.type", "reg_op"]];
const OUTBOUND: FieldMap = [["src.ip.address", "src_ip"], ["src.port.number", "src_port"], ["dst.ip.address", "dst_ip"], ["dst.port.number", "dst_port"], ["event.network.protocolName", "app_proto"], ["event.network.direction", "direction"]];
const LOGIN: FieldMap = [
  ["event.login.userName", "user"], ["event.login.userName", "target_user"], ["event.login.type", "logon_type"], ["event.login.sessionId", "session_id"], ["event.login.failureReason", "auth_reason"], ["src.endpoint.ip.address", "src_ip"],
  ["event.logout.tgt.user.name", "user"], ["event.login.tgt.user.name", "target_user"],
];

/** By what the key begins with, the first that fits. */
const MAPS: readonly (readonly [string, FieldMap])[] = [
  ["process/open", TARGET],
  ["process/injection", TARGET],
  ["cross_process/", TARGET],
  ["file/", FILE],
  ["registry/", REGISTRY],
  ["network/http_request", [["url.address", "url"], ["url.address", "payload"], ["event.url.action", "http_method"]]],
  ["network/", OUTBOUND],
  ["dns/", [["event.dns.request", "dns_query"], ["event.dns.response", "rdata"]]],
  ["library/", [["module.path", "module_path"], ["module.sha1", "module_hash"], ["module.md5", "module_hash"]]],
  ["driver/", [["tgt.file.path", "driver_path"], ["tgt.file.path", "module_path"], ["driver.peSha256", "module_hash"]]],
  ["script/", [["cmdScript.content", "script_text"], ["cmdScript.applicationName", "app_name"]]],
  ["scheduled_task/", [["task.name", "job_name"], ["task.path", "job_action"], ["task.triggerType", "job_trigger"]]],
  ["authentication/", LOGIN],
  ["named_pipe/", [["namedPipe.name", "pipe_name"]]],
];

/** Canonical fields of an event: those of its kind, then the acting process. */
export function fieldsOfEvent(key: string, event: JsonObject): FieldBag {
  const fields: FieldBag = {};
  const fill = (map: FieldMap) => putAll(fields, map, (name) => event[name]);
  if (key === "process/creation") fill(STARTED);
  else {
    for (const [start, map] of MAPS) {
      if (!key.startsWith(start)) continue;
      fill(map);
      break;
    }
    fill(ACTOR);
  }
  if (key.startsWith("authentication/") && typeof event["event.login.loginIsSuccessful"] === "boolean") put(fields, "auth_result", event["event.login.loginIsSuccessful"] ? "success" : "failure");
  const value = event["registry.keyPath"];
  if (key === "registry/modification" && typeof value === "string") put(fields, "reg_value", value.slice(value.lastIndexOf("\\") + 1));
  put(fields, "container_id", event["k8sCluster.containerId"]);
  put(fields, "app_event", event["event.type"]);
  return fields;
}

/** Its id, when the platform took it in, whether a script was cut, how many it stands for, and of a start the parent's id. */
export function factsOfEvent(key: string, event: JsonObject): RecordFacts {
  const text = (name: string) => (typeof event[name] === "string" && event[name] !== "" ? event[name] : undefined);
  const count = event["event.repetitionCount"];
  return {
    id: text("event.id"),
    ingested: timeMs(readEpochUnits(event["sca:atlantisIngestTime"], "sca:atlantisIngestTime", "ms")) ?? timeMs(readEpochSeconds(event["sca:ingestTime"], "sca:ingestTime")),
    truncated: event["cmdScript.isComplete"] === false ? true : undefined,
    sampled: typeof count === "number" && Number.isSafeInteger(count) && count > 1 ? count : undefined,
    parentKey: text(key === "process/creation" ? "src.process.uid" : "src.process.parent.uid"),
  };
}
