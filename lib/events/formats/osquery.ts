import { formOfRow, keyOfRow, type RowForm } from "@/lib/telemetry/polled-rows";
import { put, putAll, type FieldBag, type FieldMap } from "../fill-fields";
import { isJsonObject, type JsonObject } from "../frame/plain-value";
import type { Mapped } from "../make-item";
import { jsonFormat } from "../record-format";
import { firstTime, readEpochSeconds, timeMs } from "../time/read-time";
import type { RecordFacts } from "../types";
import { systemOf, type OsqueryFamily } from "./osquery/system-of";
import { fieldsOfTable } from "./osquery/table-fields";
import { tableOf } from "./osquery/table-of";

/** osquery result logs: differential (one row per line), snapshot and batch (diffResults), each row one record. */
export const osquery = jsonFormat({
  id: "osquery",
  label: "osquery results",
  extensions: [".json", ".log", ".ndjson"],
  record: "an osquery result",
  evidence: ["name", "hostIdentifier", "unixTime", "columns | snapshot | diffResults"],
  isMine: isResult,
  map: (value) => (isResult(value) ? mapResult(value) : null),
});

function isResult(value: JsonObject): boolean {
  const rows = isJsonObject(value["columns"]) || Array.isArray(value["snapshot"]) || isJsonObject(value["diffResults"]);
  return rows && typeof value["name"] === "string" && ("hostIdentifier" in value || "unixTime" in value || "calendarTime" in value);
}

/** The records of one result, one per row; exported for the collectors that carry results inside documents of their own. */
export function mapResult(result: JsonObject): readonly Mapped[] | "skip" {
  const listed = rowsOf(result);
  const [first] = listed;
  if (first === undefined) return "skip"; // a snapshot without rows observed nothing
  const host = result["hostIdentifier"] ?? result["hostname"];
  const table = tableOf(String(result["name"]), first.row);
  const family = systemOf(result, listed.map(({ row }) => row), table);
  const counter = Number(result["counter"] ?? NaN);
  return listed.map(({ row, action }) => mapRow(result, row, typeof host === "string" ? host : null, table, family, formOfRow(table, action, counter)));
}

/** The rows, each with what was done to the list: "added" or "removed" where the result is a difference. */
function rowsOf(result: JsonObject): readonly { readonly row: JsonObject; readonly action: string }[] {
  const as = (rows: unknown, action: string) => (Array.isArray(rows) ? rows.filter(isJsonObject).map((row) => ({ row, action })) : []);
  if (isJsonObject(result["columns"])) return as([result["columns"]], String(result["action"] ?? ""));
  if (Array.isArray(result["snapshot"])) return as(result["snapshot"], "snapshot");
  const diff = isJsonObject(result["diffResults"]) ? result["diffResults"] : {};
  return [...as(diff["added"], "added"), ...as(diff["removed"], "removed")];
}

const COLUMNS: FieldMap = [
  ["username", "user"], ["euid", "user"], ["uid", "user"], ["auid", "user"],
  ["cmdline", "cmd"], ["pid", "pid"], ["parent", "ppid"], ["cwd", "cwd"], ["current_directory", "cwd"],
  ["cdhash", "proc_hash"], ["signing_id", "proc_signer"], ["exit_code", "exit_code"],
  ["remote_address", "dst_ip"], ["remote_port", "dst_port"], ["local_address", "src_ip"], ["local_port", "src_port"], ["protocol", "proto"],
  ["address", "src_ip"], ["port", "src_port"],
  ["sha256", "file_hash"], ["sha1", "file_hash"], ["md5", "file_hash"], ["mode", "file_mode"], ["mtime", "file_mtime"],
  ["label", "svc_name"], ["program", "svc_path"], ["program_arguments", "svc_path"], ["run_at_load", "svc_start"],
  ["event", "job_name"], ["command", "job_action"], ["minute", "job_trigger"], ["groupname", "target_group"], ["device", "device_id"], ["serial", "device_id"], ["script_text", "script_text"], ["script_path", "script_path"],
];

/** Socket tables list UNIX sockets too; the address family is the system's own number (IPv6 is 10 on Linux, 30 on macOS). */
const SOCKET_CLASSES: Readonly<Record<string, string>> = { "1": "unix-socket", "2": "inet-socket", "10": "inet-socket", "30": "inet-socket" };

function mapRow(result: JsonObject, row: JsonObject, host: string | null, table: string, family: OsqueryFamily, form: RowForm): Mapped {
  const fields: FieldBag = {};
  putAll(fields, fieldsOfTable(table), (column) => row[column]);
  putAll(fields, COLUMNS, (column) => row[column]);
  const file = /file_events$/.test(table);
  if (table === "es_process_file_events") {
    put(fields, "image", row["path"]);
    put(fields, "file_path", row["dest_filename"] || row["filename"]);
    if (row["dest_filename"]) put(fields, "file_old_path", row["filename"]);
  } else if (file) {
    put(fields, "image", row["executable"] ?? (table === "process_file_events" ? row["path"] : undefined));
    put(fields, "file_path", row["target_path"] ?? row["dest_path"] ?? row["path"]);
  } else if (/process|socket|ports/.test(table)) {
    put(fields, "image", row["path"]);
  } else {
    put(fields, "file_path", row["path"]);
  }
  put(fields, file ? "file_op" : "api_name", row["action"] ?? row["event_type"] ?? row["syscall"]);
  if (table === "users") put(fields, "target_user", row["username"]);
  if (table === "mounts") put(fields, "mount_point", row["path"]);
  if (typeof row["pid"] === "string" && typeof row["pidversion"] === "string") fields["proc_uid"] = `${row["pid"]}.${row["pidversion"]}`;
  return {
    time: firstTime(readEpochSeconds(row["time"], "columns.time"), readEpochSeconds(result["unixTime"], "unixTime")),
    host,
    family,
    key: keyOfRow(family === "windows-misc" ? `osquery/${table}` : table, form),
    fields,
    objectClass: /socket/.test(table) ? SOCKET_CLASSES[String(row["family"])] : undefined,
    facts: factsOf(result, row, table),
    native: row,
  };
}

/** columns.time is when it happened, unixTime when the daemon logged it. The query's own filter decides which numbers are left out. */
function factsOf(result: JsonObject, row: JsonObject, table: string): RecordFacts {
  const number = Number(row["global_seq_num"] || NaN);
  const logged = row["time"] === undefined ? undefined : timeMs(readEpochSeconds(result["unixTime"], "unixTime"));
  return {
    seq: Number.isSafeInteger(number) ? { stream: table, number, counts: "shared" } : undefined,
    ingested: logged,
    parentKey: typeof row["parent"] === "string" && typeof row["parent_pidversion"] === "string" ? `${row["parent"]}.${row["parent_pidversion"]}` : undefined,
  };
}
