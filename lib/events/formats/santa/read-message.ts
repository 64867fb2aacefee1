import { isJsonObject, type JsonObject } from "../../frame/plain-value";
import type { SantaEvent } from "./map-event";

/**
 * A SantaMessage as JSON (protobuf's field names, or their camelCase) as the pairs that the log line of the same event has.
 * Bytes (arguments, addresses, failure texts) are Base64 in protobuf's JSON.
 *
 * @returns null when no event of a SantaMessage stands in it
 */
export function readMessage(message: JsonObject): SantaEvent | null {
  for (const [name, read] of EVENTS) {
    const body = objectAt(message, name);
    if (body === null) continue;
    const pairs = read(body);
    if (pairs === null) continue;
    const machine = textAt(message, "machine_id");
    return new Map(Object.entries({ ...pairs, machineid: machine }).flatMap(([key, value]) => (value === undefined || value === "" ? [] : [[key, value]])));
  }
  return null;
}

type Pairs = Readonly<Record<string, string | undefined>>;
type Read = (body: JsonObject) => Pairs | null;

/** Events without parts of their own: the action, and the paths by the names that lines use. */
const plain = (action: string, more: (body: JsonObject) => Pairs = () => ({})): Read => (body) => ({ action, ...more(body), ...instigator(body) });
/** Events that hold one of several: {login: {...}} or {logout: {...}}. */
const oneOf = (choices: Readonly<Record<string, string>>, more: (part: JsonObject, body: JsonObject) => Pairs = () => ({})): Read => (body) => {
  for (const [name, action] of Object.entries(choices)) {
    const part = objectAt(body, name);
    if (part !== null) return { action, ...more(part, body), ...instigator(part) };
  }
  return null;
};

const EVENTS: readonly (readonly [string, Read])[] = [
  ["execution", readExecution],
  ["fork", (body) => ({ action: "FORK", ...process(objectAt(body, "child")) })],
  ["exit", (body) => ({ action: "EXIT", ...process(objectAt(body, "instigator")), exit_code: numberAt(objectAt(body, "exited") ?? {}, "exit_status") })],
  ["close", plain("WRITE", (body) => ({ path: pathAt(body, "target") }))],
  ["rename", plain("RENAME", (body) => ({ path: pathAt(body, "source"), newpath: textAt(body, "target") }))],
  ["unlink", plain("DELETE", (body) => ({ path: pathAt(body, "target") }))],
  ["link", plain("LINK", (body) => ({ path: pathAt(body, "source"), newpath: textAt(body, "target") }))],
  ["exchangedata", plain("EXCHANGE", (body) => ({ path: pathAt(body, "file1"), newpath: pathAt(body, "file2") }))],
  ["clone", plain("CLONE", (body) => ({ source: pathAt(body, "source"), target: textAt(body, "target") }))],
  ["copyfile", plain("COPYFILE", (body) => ({ source: pathAt(body, "source"), target: textAt(body, "target") }))],
  ["disk", readDisk],
  ["bundle", plain("BUNDLE", (body) => ({ path: textAt(body, "path"), sha256: hashAt(body, "file_hash") }))],
  ["allowlist", plain("ALLOWLIST", (body) => ({ path: pathAt(body, "target"), sha256: hashAt(objectAt(body, "target") ?? {}, "hash") }))],
  ["file_access", plain("FILE_ACCESS", (body) => ({ path: pathAt(body, "target"), access_type: enumAt(body, "access_type", "ACCESS_TYPE_"), decision: enumAt(body, "policy_decision", "POLICY_DECISION_"), policy_name: textAt(body, "policy_name") }))],
  ["codesigning_invalidated", plain("CODESIGNING_INVALIDATED")],
  ["gatekeeper_override", plain("GATEKEEPER_OVERRIDE", (body) => ({ target: pathAt(body, "target") }))],
  ["launch_item", readLaunchItem],
  ["tcc_modification", plain("TCC_MODIFICATION", (body) => ({ service: textAt(body, "service"), identity: textAt(body, "identity") }))],
  ["login_window_session", oneOf({ login: "LOGIN_WINDOW_SESSION_LOGIN", logout: "LOGIN_WINDOW_SESSION_LOGOUT", lock: "LOGIN_WINDOW_SESSION_LOCK", unlock: "LOGIN_WINDOW_SESSION_UNLOCK" }, subject)],
  ["login_logout", oneOf({ login: "LOGIN", logout: "LOGOUT" }, (part) => ({ ...subject(part), success: flagAt(part, "success"), failure: bytesAt(part, "failure_message") }))],
  ["screen_sharing", oneOf({ attach: "SCREEN_SHARING_ATTACH", detach: "SCREEN_SHARING_DETACH" }, (part) => ({ success: flagAt(part, "success"), address: address(part), auth_user: userAt(part, "authentication_user"), session_user: userAt(part, "session_user") }))],
  ["open_ssh", oneOf({ login: "OPENSSH_LOGIN", logout: "OPENSSH_LOGOUT" }, readSsh)],
  ["authentication", oneOf({ authentication_od: "AUTHENTICATION_OD", authentication_touch_id: "AUTHENTICATION_TOUCHID", authentication_token: "AUTHENTICATION_TOKEN", authentication_auto_unlock: "AUTHENTICATION_AUTO_UNLOCK" }, (part, body) => ({ success: flagAt(body, "success"), record_name: textAt(part, "record_name"), event_user: userAt(part, "user") ?? userAt(part, "user_info") }))],
  ["xprotect", oneOf({ detected: "XPROTECT_DETECTED", remediated: "XPROTECT_REMEDIATED" }, (part) => ({ malware_identifier: textAt(part, "malware_identifier"), detected_path: textAt(part, "detected_path"), remediated_path: textAt(part, "remediated_path") }))],
];

/** exec keeps the pid: the target is what runs now, the instigator the image before, as in eslogger. */
function readExecution(body: JsonObject): Pairs | null {
  const target = objectAt(body, "target");
  if (target === null) return null;
  return {
    action: "EXEC",
    decision: enumAt(body, "decision", "DECISION_"),
    reason: enumAt(body, "reason", "REASON_"),
    ...process(target),
    parentpath: pathAt(objectAt(body, "instigator") ?? {}, "executable"),
    args: argumentsOf(body["args"]),
    cwd: pathAt(body, "working_directory"),
    script: pathAt(body, "script"),
    cert_cn: textAt(objectAt(body, "certificate_info") ?? {}, "common_name"),
  };
}

function readDisk(body: JsonObject): Pairs {
  const action = textAt(body, "action");
  return {
    action: action === "ACTION_DISAPPEARED" ? "DISKDISAPPEAR" : action === "ACTION_BLOCKED" ? "DISK_BLOCKED" : "DISKAPPEAR",
    mount: textAt(body, "mount"),
    bsdname: textAt(body, "bsd_name"),
    model: textAt(body, "model"),
    serial: textAt(body, "serial"),
    bus: textAt(body, "bus"),
    dmgpath: textAt(body, "dmg_path"),
  };
}

function readLaunchItem(body: JsonObject): Pairs {
  const trigger = objectAt(body, "trigger_process");
  return {
    action: textAt(body, "action") === "ACTION_REMOVE" ? "LAUNCH_ITEM_REMOVE" : "LAUNCH_ITEM_ADD",
    item_type: enumAt(body, "item_type", "ITEM_TYPE_"),
    item_user: userAt(body, "item_user"),
    item_path: textAt(body, "item_path"),
    app_path: textAt(body, "app_path"),
    exec_path: textAt(body, "executable_path"),
    ...(trigger === null ? instigator(body) : instigator({ instigator: trigger })),
  };
}

function readSsh(part: JsonObject): Pairs {
  const result = enumAt(part, "result", "RESULT_");
  return { ...subject(part), address: address(part), result_type: result, ...(result === undefined ? {} : { success: String(result === "AUTH_SUCCESS") }) };
}

function subject(part: JsonObject): Pairs {
  return { event_user: userAt(part, "user") };
}

function address(part: JsonObject): string | undefined {
  return bytesAt(objectAt(part, "source") ?? {}, "address");
}

/** The acting process, by the names that lines give it. */
function instigator(body: JsonObject): Pairs {
  const { path, ...rest } = process(objectAt(body, "instigator"));
  return { ...rest, processpath: path };
}

function process(info: JsonObject | null): Pairs {
  if (info === null) return {};
  const id = objectAt(info, "id") ?? {};
  const parent = objectAt(info, "parent_id") ?? {};
  const executable = objectAt(info, "executable") ?? {};
  const signature = objectAt(info, "code_signature") ?? {};
  return {
    pid: numberAt(id, "pid"),
    pidversion: numberAt(id, "pidversion"),
    ppid: numberAt(parent, "pid") ?? numberAt(info, "original_parent_pid"),
    ppidversion: numberAt(parent, "pidversion"),
    user: userAt(info, "effective_user") ?? userAt(info, "real_user"),
    path: textAt(executable, "path"),
    sha256: hashAt(executable, "hash"),
    signing_id: textAt(signature, "signing_id"),
    teamid: textAt(signature, "team_id"),
    ...(executable["truncated"] === true ? { truncated: "true" } : {}),
  };
}

function valueAt(object: JsonObject, name: string): unknown {
  return object[name] ?? object[name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())];
}

function objectAt(object: JsonObject, name: string): JsonObject | null {
  const value = valueAt(object, name);
  return isJsonObject(value) ? value : null;
}

function textAt(object: JsonObject, name: string): string | undefined {
  const value = valueAt(object, name);
  return typeof value === "string" ? value : undefined;
}

function numberAt(object: JsonObject, name: string): string | undefined {
  const value = valueAt(object, name);
  return typeof value === "number" ? String(value) : typeof value === "string" ? value : undefined;
}

function flagAt(object: JsonObject, name: string): string | undefined {
  const value = valueAt(object, name);
  return typeof value === "boolean" ? String(value) : undefined;
}

function pathAt(object: JsonObject, name: string): string | undefined {
  return textAt(objectAt(object, name) ?? {}, "path");
}

function hashAt(object: JsonObject, name: string): string | undefined {
  return textAt(objectAt(object, name) ?? {}, "hash");
}

function enumAt(object: JsonObject, name: string, prefix: string): string | undefined {
  const value = textAt(object, name);
  return value?.startsWith(prefix) === true ? value.slice(prefix.length) : value;
}

function userAt(object: JsonObject, name: string): string | undefined {
  const user = objectAt(object, name);
  return user === null ? undefined : (textAt(user, "name") ?? numberAt(user, "uid"));
}

function bytesAt(object: JsonObject, name: string): string | undefined {
  const text = textAt(object, name);
  return text === undefined ? undefined : (decode(text) ?? text);
}

/** All of a list or none: some exporters write bytes as text, and a word may look like Base64 by accident. */
function argumentsOf(value: unknown): string | undefined {
  if (!Array.isArray(value)) return undefined;
  const texts = value.filter((item) => typeof item === "string");
  const decoded = texts.map(decode);
  return (decoded.includes(null) ? texts : decoded).join(" ");
}

/** Base64 of UTF-8 text, or null. */
function decode(text: string): string | null {
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)) return null;
  const decoded = Buffer.from(text, "base64").toString("utf8");
  return decoded.includes("\uFFFD") ? null : decoded;
}
