import { put, putAll, type FieldBag, type FieldMap } from "../../fill-fields";
import { parseJsonText } from "../../frame/peel-text";
import { isJsonObject, type JsonObject } from "../../frame/plain-value";
import { ACTION_FIELDS, INSPECTED } from "./action-fields";
import { processKey } from "./row-facts";

/** In DeviceProcessEvents the row is the new process, and the initiating process its parent. */
const STARTED: FieldMap = [
  ["ProcessCommandLine", "cmd"], ["ProcessId", "pid"], ["AccountName", "user"], ["AccountUpn", "user"], ["AccountSid", "user"],
  ["SHA256", "proc_hash"], ["SHA1", "proc_hash"], ["MD5", "proc_hash"], ["ProcessIntegrityLevel", "integrity"], ["LogonId", "session_id"],
  ["InitiatingProcessCommandLine", "parent_cmd"], ["InitiatingProcessId", "ppid"],
];
/** Everywhere else the initiating process is the actor; of its parent only the name and number are told. */
const ACTOR: FieldMap = [
  ["InitiatingProcessCommandLine", "cmd"], ["InitiatingProcessId", "pid"], ["InitiatingProcessAccountName", "user"], ["InitiatingProcessAccountUpn", "user"], ["InitiatingProcessAccountSid", "user"],
  ["InitiatingProcessSHA256", "proc_hash"], ["InitiatingProcessSHA1", "proc_hash"], ["InitiatingProcessMD5", "proc_hash"], ["InitiatingProcessIntegrityLevel", "integrity"], ["InitiatingProcessLogonId", "session_id"],
  ["InitiatingProcessParentId", "ppid"], ["InitiatingProcessParentFileName", "parent_image"],
];
const FILE: FieldMap = [["SHA256", "file_hash"], ["SHA1", "file_hash"], ["MD5", "file_hash"], ["ActionType", "file_op"], ["ShareName", "share_name"], ["RequestSourceIP", "src_ip"], ["RequestSourcePort", "src_port"], ["FileOriginUrl", "url"]];
const REGISTRY: FieldMap = [["RegistryKey", "reg_key"], ["PreviousRegistryKey", "reg_key"], ["RegistryValueName", "reg_value"], ["PreviousRegistryValueName", "reg_value"], ["RegistryValueData", "reg_data"], ["ActionType", "reg_op"]];
const LOGON: FieldMap = [
  ["AccountName", "user"], ["AccountUpn", "user"], ["AccountSid", "user"], ["RemoteIP", "src_ip"], ["RemotePort", "src_port"], ["LogonType", "logon_type"], ["Protocol", "auth_method"], ["FailureReason", "auth_reason"], ["LogonId", "session_id"],
  ["InitiatingProcessId", "pid"], ["InitiatingProcessCommandLine", "cmd"],
];
const ALERT: FieldMap = [
  ["ServiceSource", "app_name"], ["DetectionSource", "app_name"], ["Title", "app_msg"], ["AlertId", "app_event"], ["AccountName", "user"], ["AccountUpn", "user"], ["ProcessCommandLine", "cmd"],
  ["RemoteIP", "dst_ip"], ["LocalIP", "src_ip"], ["RemoteUrl", "url"], ["RegistryKey", "reg_key"], ["RegistryValueName", "reg_value"], ["SHA256", "file_hash"], ["SHA1", "file_hash"], ["ThreatFamily", "mal_family"],
];
const DEVICE: FieldMap = [["SensorHealthState", "sensor_state"], ["OnboardingStatus", "sensor_state"]];
const RESULTS: Readonly<Record<string, string>> = { LogonSuccess: "success", LogonFailed: "failure", LogonAttempted: "attempt" };

/** Canonical fields of a row of a table. */
export function fieldsOfRow(table: string, row: JsonObject): FieldBag {
  const fields: FieldBag = {};
  const fill = (map: FieldMap) => putAll(fields, map, (column) => row[column]);
  const initiating = join(row["InitiatingProcessFolderPath"], row["InitiatingProcessFileName"]);
  const subject = join(row["FolderPath"], row["FileName"]);
  if (table === "DeviceInfo") fill(DEVICE);
  else if (table.startsWith("Alert")) fillAlert(fields, row, subject);
  else if (table === "DeviceProcessEvents" && row["ActionType"] !== "OpenProcess") {
    put(fields, "image", subject);
    put(fields, "parent_image", initiating);
    put(fields, "proc_uid", processKey(row, ""));
    fill(STARTED);
  } else if (table === "DeviceLogonEvents") {
    fill(LOGON);
    put(fields, "image", initiating);
    put(fields, "target_user", row["AccountName"]);
    put(fields, "auth_result", RESULTS[String(row["ActionType"])]);
  } else {
    put(fields, "image", initiating);
    put(fields, "proc_uid", processKey(row, "InitiatingProcess"));
    if (table === "DeviceFileEvents") fillFile(fields, row, subject);
    else if (table === "DeviceRegistryEvents") fill(REGISTRY);
    else if (table === "DeviceNetworkEvents") fillNetwork(fields, row);
    else if (table === "DeviceImageLoadEvents") {
      put(fields, "module_path", subject);
      putAll(fields, [["SHA256", "module_hash"], ["SHA1", "module_hash"], ["MD5", "module_hash"]], (column) => row[column]);
    } else fillAction(fields, row, subject);
    fill(ACTOR);
  }
  return fields;
}

function fillFile(fields: FieldBag, row: JsonObject, subject: string | undefined): void {
  put(fields, "file_path", subject);
  put(fields, "file_old_path", join(row["PreviousFolderPath"], row["PreviousFileName"]));
  putAll(fields, FILE, (column) => row[column]);
}

/** Remote and local are seen from the device; the canonical source is whoever opened the connection. */
function fillNetwork(fields: FieldBag, row: JsonObject): void {
  const action = String(row["ActionType"]);
  const inbound = action.startsWith("Inbound");
  const [local, remote] = inbound ? (["dst", "src"] as const) : (["src", "dst"] as const);
  const listening = action === "ListeningConnectionCreated";
  if (!listening) {
    put(fields, `${remote}_ip`, row["RemoteIP"]);
    put(fields, `${remote}_port`, row["RemotePort"]);
  }
  put(fields, `${local}_ip`, row["LocalIP"]);
  put(fields, `${local}_port`, row["LocalPort"]);
  put(fields, "proto", row["Protocol"]);
  if (!listening) put(fields, "direction", inbound ? "inbound" : "outbound");
  const url = row["RemoteUrl"];
  if (typeof url === "string") put(fields, url.includes("/") ? "url" : "dst_host", url);
  if (!action.endsWith("Inspected")) return;
  const more = additional(row);
  putAll(fields, INSPECTED, (name) => more[name]);
  put(fields, "app_proto", /^(\w+?)(?:Connection|Authentication|Signature)/.exec(action)?.[1]?.toLowerCase());
}

/** DeviceEvents: the action says what the row's file, process and addresses are. */
function fillAction(fields: FieldBag, row: JsonObject, subject: string | undefined): void {
  const action = String(row["ActionType"]);
  const more = additional(row);
  const says = ACTION_FIELDS.find(([names]) => names.test(action));
  if (says !== undefined) {
    const [, map, own] = says;
    for (const field of own) put(fields, field, subject);
    putAll(fields, map, (name) => (name.startsWith("+") ? more[name.slice(1)] : row[name]));
  }
  if (/(?:ApiCall|MemoryRemoteProtect|ScreenshotTaken|GetClipboardData)$/.test(action)) put(fields, "api_name", action);
  if (/^Scheduled|^UserAccount|Modif|Change/.test(action)) put(fields, "change", action);
  put(fields, "app_event", action);
}

function fillAlert(fields: FieldBag, row: JsonObject, subject: string | undefined): void {
  putAll(fields, ALERT, (column) => row[column]);
  put(fields, row["EntityType"] === "Process" ? "image" : "file_path", subject);
}

/** AdditionalFields is a JSON object, printed as text by most exports. */
function additional(row: JsonObject): JsonObject {
  const value = row["AdditionalFields"];
  return isJsonObject(value) ? value : typeof value === "string" ? (parseJsonText(value, 32) ?? {}) : {};
}

/** FolderPath holds the whole path in practice and the folder by the reference: the file name is added where it lacks. */
function join(folder: unknown, name: unknown): string | undefined {
  const path = typeof folder === "string" ? folder : "";
  const file = typeof name === "string" ? name : "";
  if (path === "") return file === "" ? undefined : file;
  const last = path.slice(Math.max(path.lastIndexOf("\\"), path.lastIndexOf("/")) + 1);
  if (file === "" || last.toLowerCase() === file.toLowerCase()) return path;
  return path.endsWith("\\") || path.endsWith("/") ? path + file : `${path}${path.includes("\\") ? "\\" : "/"}${file}`;
}
