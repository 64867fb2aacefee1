import { put, type FieldBag, type FieldMap } from "../fill-fields";
import { isJsonObject, type JsonObject } from "../frame/plain-value";

/** The value at a dotted ECS name, whether the document nests it or spells the dots; the first of a list. */
export function ecsValue(event: JsonObject, name: string): unknown {
  if (name in event) return event[name];
  let at: unknown = event;
  for (const part of name.split(".")) {
    if (!isJsonObject(at)) return undefined;
    at = at[part];
  }
  return at;
}

export function ecsText(event: JsonObject, name: string): string | undefined {
  const value = ecsValue(event, name);
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return typeof first === "string" && first !== "" ? first : typeof first === "number" ? String(first) : undefined;
}

const COMMON: FieldMap = [
  ["user.name", "user"], ["user.id", "user"],
  ["process.executable", "image"], ["process.command_line", "cmd"], ["process.args", "cmd"], ["process.pid", "pid"], ["process.entity_id", "proc_uid"],
  ["process.parent.executable", "parent_image"], ["process.parent.name", "parent_image"], ["process.parent.command_line", "parent_cmd"], ["process.parent.pid", "ppid"], ["process.ppid", "ppid"],
  ["process.hash.sha256", "proc_hash"], ["process.hash.sha1", "proc_hash"], ["process.hash.md5", "proc_hash"],
  ["process.code_signature.subject_name", "proc_signer"], ["process.code_signature.signing_id", "proc_signer"],
  ["process.working_directory", "cwd"], ["process.exit_code", "exit_code"], ["process.session_leader.entity_id", "session_id"], ["process.Ext.token.integrity_level_name", "integrity"],
  ["source.ip", "src_ip"], ["source.port", "src_port"], ["destination.ip", "dst_ip"], ["destination.port", "dst_port"], ["destination.domain", "dst_host"],
  ["network.transport", "proto"], ["network.direction", "direction"], ["network.protocol", "app_proto"], ["network.community_id", "conn_uid"], ["source.bytes", "bytes_out"], ["destination.bytes", "bytes_in"],
  ["dns.question.name", "dns_query"], ["dns.answers.data", "rdata"], ["dns.resolved_ip", "rdata"],
  ["registry.path", "reg_key"], ["registry.value", "reg_value"], ["registry.data.strings", "reg_data"],
  ["dll.path", "module_path"], ["dll.hash.sha256", "module_hash"], ["dll.code_signature.subject_name", "module_signer"],
  ["user.target.name", "target_user"], ["group.target.name", "target_group"],
  ["url.full", "url"], ["http.request.method", "http_method"], ["http.response.status_code", "http_status"], ["user_agent.original", "user_agent"],
  ["container.id", "container_id"], ["container.image.name", "container_image"], ["service.name", "svc_name"], ["service.state", "svc_state"],
];

const FILE: FieldMap = [
  ["file.path", "file_path"], ["file.Ext.original.path", "file_old_path"], ["file.hash.sha256", "file_hash"], ["file.hash.sha1", "file_hash"], ["file.hash.md5", "file_hash"],
  ["file.mode", "file_mode"], ["file.owner", "file_owner"], ["file.mtime", "file_mtime"], ["file.code_signature.subject_name", "file_signer"], ["event.action", "file_op"],
];

/** Fills canonical fields from an ECS document; those whose meaning hangs on the category only there. */
export function putEcs(fields: FieldBag, event: JsonObject): void {
  const fill = (map: FieldMap) => {
    for (const [name, canonical] of map) {
      if (fields[canonical] === undefined) put(fields, canonical, ecsValue(event, name));
    }
  };
  fill(COMMON);
  const category = ecsText(event, "event.category");
  if (category === "file") fill(FILE);
  else if (category === "library" || category === "driver") {
    put(fields, category === "driver" ? "driver_path" : "module_path", ecsValue(event, "dll.path") ?? ecsValue(event, "file.path"));
  } else if (category === "registry") {
    put(fields, "reg_op", ecsValue(event, "event.action"));
  } else if (category === "authentication" || category === "session") {
    fill([["event.outcome", "auth_result"], ["event.reason", "auth_reason"], ["process.Ext.session_info.logon_type", "logon_type"], ["process.Ext.session_info.authentication_package", "auth_method"]]);
  }
  if (category === "process" || category === "api") put(fields, "api_name", ecsValue(event, "process.Ext.api.name") ?? ecsValue(event, "event.action"));
}
