import { isDrivePath } from "../../drive-path";
import { put, type FieldBag } from "../../fill-fields";
import { isJsonObject, type JsonObject } from "../../frame/plain-value";
import type { RecordFacts } from "../../types";

/** What an Endpoint Security message says: its event's short name, canonical fields, and facts about the record. */
export interface EsMessage {
  readonly key: string;
  readonly fields: FieldBag;
  readonly facts: RecordFacts;
  readonly objectClass: string | undefined; // a file call on a drive is about the device
}

/**
 * Reads a message as eslogger and the products that print Apple's structures as JSON write it: `process` is the actor,
 * `event` holds one event by its short name.
 *
 * @param number the counter of this client over all events, under the name that the product gives it
 */
export function readMessage(message: JsonObject, number: unknown): EsMessage {
  const event = asObject(message["event"]);
  const key = Object.keys(event)[0] ?? "unknown";
  const body = asObject(event[key]);
  const actor = asObject(message["process"]);
  // exec keeps the pid and replaces the image: the target is the process that now runs, the actor the image before.
  const subject = key === "exec" ? asObject(body["target"]) : actor;
  const fields: FieldBag = {};
  putProcess(fields, subject, actor);
  putBody(fields, key, body, actor);
  const parent = readToken(subject["parent_audit_token"] ?? actor["parent_audit_token"]);
  const facts: RecordFacts = {
    // Counts what this client was sent, whatever the event: a hole is an event that was dropped.
    seq: typeof number === "number" && Number.isSafeInteger(number) ? { stream: "client", number, counts: "own" } : undefined,
    truncated: [subject["executable"], actor["executable"], ...Object.values(body)].some((path) => asObject(path)["path_truncated"] === true) ? true : undefined,
    parentKey: parent.pid === undefined || parent.pidversion === undefined ? undefined : `${parent.pid}.${parent.pidversion}`,
  };
  const path = fields["file_path"];
  if (isDrivePath(path)) fields["device_id"] = path;
  return { key, fields, facts, objectClass: path === undefined || !FILE_EVENTS.has(key) ? undefined : isDrivePath(path) ? "device" : "file" };
}

function putBody(fields: FieldBag, key: string, body: JsonObject, actor: JsonObject): void {
  const target = asObject(body["target"]);
  switch (key) {
    case "exec":
      put(fields, "cmd", body["args"]);
      put(fields, "parent_image", pathOf(actor["executable"]));
      put(fields, "cwd", pathOf(body["cwd"]));
      put(fields, "script_path", pathOf(body["script"]));
      break;
    case "fork":
      put(fields, "target_pid", readToken(asObject(body["child"])["audit_token"]).pid);
      put(fields, "target_image", pathOf(asObject(body["child"])["executable"]));
      break;
    case "exit":
      put(fields, "exit_code", body["stat"]);
      break;
    case "create":
      put(fields, "file_path", destination(body));
      break;
    case "rename":
    case "clone":
    case "copyfile":
      put(fields, "file_old_path", pathOf(body["source"]));
      put(fields, "file_path", destination(body) ?? joined(pathOf(body["target_dir"]), body["target_name"]));
      break;
    case "mmap":
      put(fields, "module_path", pathOf(body["source"]));
      put(fields, "api_args", `protection=${String(body["protection"])} flags=${String(body["flags"])}`);
      break;
    case "signal":
    case "get_task":
    case "get_task_read":
    case "proc_check":
    case "remote_thread_create":
    case "trace":
      put(fields, "target_image", pathOf(target["executable"]));
      put(fields, "target_pid", readToken(target["audit_token"]).pid);
      break;
    case "kextload":
      put(fields, "driver_path", body["identifier"]);
      break;
    case "mount":
      put(fields, "mount_point", asObject(body["statfs"])["f_mntonname"]);
      put(fields, "device_id", asObject(body["statfs"])["f_mntfromname"]);
      break;
    case "uipc_bind":
      put(fields, "file_path", joined(pathOf(body["dir"]), body["filename"]));
      break;
    case "btm_launch_item_add":
    case "btm_launch_item_remove": {
      const item = asObject(body["item"]);
      put(fields, "svc_name", item["item_url"] ?? item["app_url"]);
      put(fields, "svc_path", body["executable_path"]);
      put(fields, "job_name", item["item_url"] ?? item["app_url"]);
      put(fields, "job_action", body["executable_path"]);
      put(fields, "file_path", item["item_url"]);
      break;
    }
    case "xp_malware_detected":
    case "xp_malware_remediated":
      put(fields, "mal_family", body["malware_identifier"]);
      put(fields, "file_path", body["detected_path"] ?? body["remediated_path"]);
      break;
    case "authentication":
    case "openssh_login":
    case "login_login":
    case "lw_session_login":
    case "screensharing_attach":
    case "su":
    case "sudo": {
      put(fields, "auth_result", typeof body["success"] === "boolean" ? (body["success"] ? "success" : "failure") : undefined);
      put(fields, "auth_reason", body["failure_message"] ?? body["reject_info"]);
      put(fields, "src_ip", body["source_address"]);
      const name = body["username"] ?? body["from_username"];
      if (typeof name === "string" && name !== "") fields["user"] = name;
      put(fields, "target_user", body["to_username"] ?? body["username"]);
      put(fields, "cmd", body["command"] ?? body["argv"]);
      break;
    }
    default:
      if (key.startsWith("od_")) {
        put(fields, "target_user", body["user_name"] ?? asObject(body["member"])["member_value"] ?? body["record_name"]);
        put(fields, "target_group", body["group_name"]);
        put(fields, "change", body["attribute_name"] ?? key);
      }
  }
  if (fields["file_path"] === undefined && FILE_EVENTS.has(key)) {
    put(fields, "file_path", pathOf(body["file"]) ?? pathOf(body["target"]) ?? pathOf(body["source"]) ?? pathOf(body["path"]));
  }
  if (FILE_EVENTS.has(key)) put(fields, "file_op", key);
  put(fields, "api_name", key);
}

/** The process that an event is about, from Apple's es_process_t; what it lacks is asked of the actor. */
export function putProcess(fields: FieldBag, subject: JsonObject, actor: JsonObject = {}): void {
  const token = readToken(subject["audit_token"] ?? actor["audit_token"]);
  const executable = asObject(subject["executable"]);
  put(fields, "image", pathOf(subject["executable"]));
  put(fields, "user", token.user ?? token.euid);
  put(fields, "pid", token.pid);
  if (token.pid !== undefined && token.pidversion !== undefined) fields["proc_uid"] = `${token.pid}.${token.pidversion}`;
  put(fields, "ppid", subject["ppid"] ?? actor["ppid"]);
  put(fields, "proc_hash", executable["sha256"] ?? subject["cdhash"]);
  put(fields, "proc_signer", subject["signing_id"] ?? subject["team_id"]);
  put(fields, "session_id", token.asid);
}

const FILE_EVENTS = new Set(
  "access chdir chroot clone close copyfile create deleteextattr exchangedata getattrlist getextattr link listextattr lookup open readdir readlink rename setacl setattrlist setextattr setflags setmode setowner stat truncate unlink utimes write".split(" "),
);

interface Token {
  readonly pid?: number;
  readonly pidversion?: number;
  readonly euid?: number;
  readonly asid?: number;
  readonly user?: string; // products that look the name up add it; Apple's structure has none
}

/** Version 10 writes the eight words of an audit token in the order of Apple's structure. */
function readToken(value: unknown): Token {
  if (Array.isArray(value)) {
    const [, euid, , , , pid, asid, pidversion] = value.map((word) => (typeof word === "number" ? word : undefined));
    return { ...(pid === undefined ? {} : { pid }), ...(pidversion === undefined ? {} : { pidversion }), ...(euid === undefined ? {} : { euid }), ...(asid === undefined ? {} : { asid }) };
  }
  const token = asObject(value);
  const number = (key: string) => (typeof token[key] === "number" ? { [key]: token[key] } : {});
  const user = typeof token["e_username"] === "string" && token["e_username"] !== "" ? { user: token["e_username"] } : {};
  return { ...number("pid"), ...number("pidversion"), ...number("euid"), ...number("asid"), ...user };
}

function destination(body: JsonObject): string | undefined {
  const to = asObject(body["destination"]);
  const fresh = asObject(to["new_path"]);
  return pathOf(to["existing_file"]) ?? joined(pathOf(fresh["dir"]), fresh["filename"]);
}

function joined(dir: string | undefined, name: unknown): string | undefined {
  return dir !== undefined && typeof name === "string" ? `${dir === "/" ? "" : dir}/${name}` : undefined;
}

function pathOf(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  const object = asObject(value);
  if (typeof object["path"] === "string") return object["path"];
  return isJsonObject(object["executable"]) ? pathOf(object["executable"]) : undefined;
}

function asObject(value: unknown): JsonObject {
  return isJsonObject(value) ? value : {};
}
