import { put, putAll, type FieldBag, type FieldMap } from "../../fill-fields";
import type { RecordFacts } from "../../types";

/** One event as the pairs of a log line. */
export type SantaEvent = ReadonlyMap<string, string>;

/** The action as logged; an execution that Santa denied never ran: it is another kind of record. */
export function keyOf(event: SantaEvent): string {
  const action = event.get("action") ?? "UNKNOWN";
  return action === "EXEC" && event.get("decision") === "DENY" ? "EXEC/DENY" : action;
}

const COMMON: FieldMap = [["pid", "pid"], ["ppid", "ppid"], ["graphical_session_id", "session_id"]];

/** Events about a process itself: its path and hashes. */
const EXECUTION: FieldMap = [
  ["path", "image"], ["args", "cmd"], ["sha256", "proc_hash"], ["cert_cn", "proc_signer"], ["signing_id", "proc_signer"], ["teamid", "proc_signer"], ["parentpath", "parent_image"],
  ["user", "user"], ["uid", "user"], ["cwd", "cwd"], ["script", "script_path"],
];
/** Events by a process about something else; process= is a name, processpath= its path. */
const ACTOR: FieldMap = [["processpath", "image"], ["process", "image"], ["user", "user"], ["uid", "user"]];

const FILES: FieldMap = [["newpath", "file_path"], ["target", "file_path"], ["path", "file_path"], ["sha256", "file_hash"], ["hash", "file_hash"], ["signing_id", "file_signer"]];
const MOVES = new Set(["RENAME", "LINK", "EXCHANGE", "CLONE", "COPYFILE"]);
const FILE_ACTIONS = new Set([...MOVES, "WRITE", "DELETE", "FILE_ACCESS", "GATEKEEPER_OVERRIDE", "ALLOWLIST", "BUNDLE"]);

const DISK: FieldMap = [["mount", "mount_point"], ["serial", "device_id"], ["bsdname", "device_id"], ["model", "device_class"], ["bus", "device_class"], ["dmgpath", "file_path"]];
const LOGIN: FieldMap = [["event_user", "user"], ["auth_user", "user"], ["record_name", "user"], ["event_uid", "user"], ["address", "src_ip"], ["failure", "auth_reason"], ["result_type", "auth_reason"], ["auth_type", "auth_method"], ["touchid_mode", "auth_method"]];
const LAUNCH_ITEM: FieldMap = [["item_path", "svc_name"], ["app_path", "svc_name"], ["exec_path", "svc_path"], ["item_path", "job_name"], ["exec_path", "job_action"], ["item_path", "file_path"], ["item_user", "svc_account"], ["item_type", "svc_start"]];
const MALWARE: FieldMap = [["malware_identifier", "mal_family"], ["detected_path", "file_path"], ["remediated_path", "file_path"]];

const SESSIONS = /^(?:LOGIN|LOGOUT|OPENSSH_|LOGIN_WINDOW_|SCREEN_SHARING_|AUTHENTICATION_)/;

/** Canonical fields of an event. */
export function fieldsOf(event: SantaEvent): FieldBag {
  const action = event.get("action") ?? "";
  const fields: FieldBag = {};
  const fill = (map: FieldMap) => putAll(fields, map, (key) => event.get(key));
  fill(COMMON);
  const version = event.get("pidversion");
  if (fields["pid"] !== undefined && version !== undefined && version !== "") fields["proc_uid"] = `${fields["pid"]}.${version}`;
  if (action === "EXEC" || action === "FORK" || action === "EXIT") fill(EXECUTION);
  else if (SESSIONS.test(action)) fillSession(fields, action, event);
  else if (action.startsWith("LAUNCH_ITEM_")) fill(LAUNCH_ITEM);
  else if (action.startsWith("DISK")) fill(DISK);
  else if (action.startsWith("XPROTECT_")) fill(MALWARE);
  else if (FILE_ACTIONS.has(action)) {
    fill(FILES);
    put(fields, "file_op", action === "FILE_ACCESS" ? (event.get("access_type") ?? action) : action);
    // newpath= of older versions, source= and target= of CLONE and COPYFILE: the path before the act.
    if (MOVES.has(action)) put(fields, "file_old_path", event.get("source") ?? (event.has("newpath") ? event.get("path") : undefined));
  }
  fill(ACTOR);
  put(fields, "exit_code", event.get("exit_code"));
  if (action === "EXEC" && event.get("decision") === "DENY") put(fields, "app_msg", `decision=DENY reason=${event.get("reason") ?? ""}`);
  if (action.startsWith("XPROTECT_") || action === "GATEKEEPER_OVERRIDE") put(fields, "app_msg", [...event].map(([key, value]) => `${key}=${value}`).join(" "));
  if (fields["app_msg"] !== undefined) put(fields, "app_name", "santad");
  return fields;
}

function fillSession(fields: FieldBag, action: string, event: SantaEvent): void {
  putAll(fields, LOGIN, (key) => event.get(key));
  put(fields, "target_user", event.get("session_user") ?? event.get("event_user"));
  const success = event.get("success");
  if (success !== undefined) put(fields, "auth_result", success === "true" ? "success" : "failure");
  if (action.startsWith("AUTHENTICATION_")) put(fields, "auth_method", action.slice("AUTHENTICATION_".length).toLowerCase());
  if (fields["auth_result"] === "success") delete fields["auth_reason"]; // result_type=AUTH_SUCCESS is no reason
}

/** pid and pidversion name a process for the lifetime of a boot. */
export function factsOf(event: SantaEvent): RecordFacts | null {
  const parent = event.get("ppidversion");
  const parentKey = parent !== undefined && event.has("ppid") ? `${event.get("ppid") ?? ""}.${parent}` : undefined;
  const truncated = event.get("truncated") === "true";
  if (parentKey === undefined && !truncated) return null;
  return { ...(parentKey === undefined ? {} : { parentKey }), ...(truncated ? { truncated } : {}) };
}
