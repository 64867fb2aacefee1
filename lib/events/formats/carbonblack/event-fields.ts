import { put, putAll, type FieldBag, type FieldMap } from "../../fill-fields";
import type { JsonObject } from "../../frame/plain-value";

/** process_* acts; where it started another, that is childproc_*, and target_cmdline is the other's. Hashes are MD5, then SHA-256. */
const ACTOR: FieldMap = [
  ["process_path", "image"], ["process_cmdline", "cmd"], ["process_pid", "pid"], ["process_guid", "proc_uid"], ["process_username", "user"],
  ["parent_path", "parent_image"], ["parent_cmdline", "parent_cmd"], ["parent_pid", "ppid"],
];
const STARTED: FieldMap = [
  ["childproc_name", "image"], ["target_cmdline", "cmd"], ["childproc_pid", "pid"], ["childproc_guid", "proc_uid"], ["childproc_username", "user"], ["process_username", "user"],
  ["process_path", "parent_image"], ["process_cmdline", "parent_cmd"], ["process_pid", "ppid"],
];
const PROTOCOLS: Readonly<Record<string, string>> = { PROTO_TCP: "tcp", PROTO_UDP: "udp" };

/** Canonical fields of an event: those of its kind, then the acting process. */
export function fieldsOfEvent(key: string, event: JsonObject): FieldBag {
  const fields: FieldBag = {};
  const fill = (map: FieldMap) => putAll(fields, map, (name) => event[name]);
  const started = key === "process/creation" && "childproc_guid" in event;
  if (started) fill(STARTED);
  else {
    putObject(fields, key, event, fill);
    if (event["crossproc_target"] !== false) fill(ACTOR);
  }
  put(fields, "proc_hash", strongest(event[started ? "childproc_hash" : "process_hash"]));
  put(fields, "proc_signer", signer(event[started ? "childproc_publisher" : "process_publisher"]));
  put(fields, "app_event", event["type"]);
  return fields;
}

function putObject(fields: FieldBag, key: string, event: JsonObject, fill: (map: FieldMap) => void): void {
  if (key.startsWith("file/")) {
    fill([["filemod_name", "file_path"], ["action", "file_op"]]);
    put(fields, "file_hash", strongest(event["filemod_hash"]));
  } else if (key.startsWith("registry/")) {
    fill([["regmod_name", "reg_key"], ["action", "reg_op"]]);
    const path = event["regmod_name"];
    if (key === "registry/modification" && typeof path === "string") put(fields, "reg_value", path.slice(path.lastIndexOf("\\") + 1));
  } else if (key.startsWith("network/")) {
    const [near, far] = event["netconn_inbound"] === true ? ["dst", "src"] : ["src", "dst"];
    fill([["local_ip", `${near}_ip`], ["local_port", `${near}_port`], ["remote_ip", `${far}_ip`], ["remote_port", `${far}_port`], ["netconn_domain", "dst_host"]]);
    put(fields, "proto", PROTOCOLS[String(event["netconn_protocol"])]);
    put(fields, "direction", near === "dst" ? "inbound" : "outbound");
  } else if (key.startsWith("library/")) {
    fill([["modload_name", "module_path"], ["modload_sha256", "module_hash"]]);
    put(fields, "module_hash", fields["module_hash"] ?? strongest(event["modload_hash"]));
    put(fields, "module_signer", signer(event["modload_publisher"]));
  } else if (key.startsWith("script/")) {
    fill([["scriptload_name", "script_path"], ["scriptload_content", "script_text"], ["fileless_scriptload_cmdline", "script_text"]]);
  } else if (key.startsWith("api/")) {
    fill([["apicall_function", "api_name"]]);
  } else if (event["crossproc_target"] === false) {
    // The other process acted upon this one: number, user and command line here are the target's.
    fill([["crossproc_name", "image"], ["process_path", "target_image"], ["process_pid", "target_pid"], ["crossproc_guid", "proc_uid"]]);
    put(fields, "access_mask", event["crossproc_action"]);
  } else {
    fill([["crossproc_name", "target_image"], ["crossproc_action", "access_mask"]]);
  }
}

function strongest(hashes: unknown): unknown {
  return Array.isArray(hashes) ? hashes.filter((hash) => typeof hash === "string" && hash !== "").sort((a, b) => String(b).length - String(a).length)[0] : hashes;
}

function signer(publishers: unknown): unknown {
  const first: unknown = Array.isArray(publishers) ? publishers[0] : undefined;
  return typeof first === "object" && first !== null && "name" in first ? first.name : undefined;
}
