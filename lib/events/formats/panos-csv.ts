import { put, type FieldBag } from "../fill-fields";
import { splitRow } from "../frame/csv-frames";
import { lineFormat } from "../record-format";
import { firstTime, readIsoTime, type TimeReading } from "../time/read-time";
import { putAdministratorLogin } from "./key-value/administrator-login";

/**
 * PAN-OS's own log, as a firewall or Panorama sends it by default: columns by commas, in the order of each log's type
 * (https://docs.paloaltonetworks.com/ngfw/administration/monitoring/use-syslog-for-monitoring/syslog-field-descriptions).
 */
export const panosCsv = lineFormat({
  id: "panos-csv",
  label: "PAN-OS log (comma-separated)",
  extensions: [".log", ".csv"],
  record: "a record of a PAN-OS log",
  evidence: [",yyyy/mm/dd hh:mm:ss,SERIAL,TYPE,"],
  isMine: (line) => MINE.test(line),
  map: (line, limits) => {
    const match = MINE.exec(line);
    if (match === null) return null;
    const [, header = "", relay, type = ""] = match;
    const cells = splitRow(line.slice(header.length), ",");
    const kind = KINDS.get(type);
    const fields: FieldBag = {};
    for (const [at, id] of kind?.columns ?? []) put(fields, id, cells[at]);
    if (type === "THREAT") put(fields, cells[SUBTYPE] === "url" ? "url" : "file_path", cells[THREAT_OBJECT]);
    put(fields, "app_name", "PAN-OS");
    put(fields, "app_event", `${type} ${cells[SUBTYPE] ?? ""}`.trim());
    const key = type === "SYSTEM" && putAdministratorLogin(fields, cells[DESCRIPTION] ?? "") ? "login" : (kind?.key ?? "system");
    if (key === "config") putChange(fields, cells);
    const time = firstTime(readTime(cells[GENERATED], "Generated Time", limits.zone), readTime(cells[RECEIVED], "Receive Time", limits.zone));
    return [{ time, host: nameOf(kind, cells) ?? relay ?? cells[SERIAL] ?? null, family: "firewall", key, fields, native: nativeOf(type, kind, cells) }];
  },
});

const MINE = /^((?:<\d{1,3}>)?(?:(?:[A-Z][a-z]{2} {1,2}\d{1,2} \d\d:\d\d:\d\d|\d{4}-\d\d-\d\dT\S{1,40}) (\S{1,255}) )?)\d{0,10},\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d,[^,]{0,64},(TRAFFIC|THREAT|CONFIG|SYSTEM|AUTHENTICATION|USERID|HIPMATCH|GLOBALPROTECT|DECRYPTION|TUNNEL|SCTP|CORRELATION|IPTAG),/;

const [RECEIVED, SERIAL, SUBTYPE, GENERATED] = [1, 2, 4, 6];
const DESCRIPTION = 14; // of SYSTEM
const MOST_COLUMNS = 150; // the longest log has about 120
const THREAT_OBJECT = 31; // of THREAT: an address of the web, else a file's name

interface LogType {
  readonly key: string;
  readonly columns: readonly (readonly [at: number, id: string])[];
  readonly deviceName: number; // the column of the firewall's name
}

// Columns of sessions are the same in traffic and threat logs, up to the action.
const SESSION = [[7, "src_ip"], [8, "dst_ip"], [11, "fw_rule"], [12, "user"], [14, "app_proto"], [22, "conn_uid"], [24, "src_port"], [25, "dst_port"], [29, "proto"], [30, "fw_state"]] as const;

const KINDS: ReadonlyMap<string, LogType> = new Map<string, LogType>([
  ["TRAFFIC", { key: "traffic", columns: [...SESSION, [32, "bytes_out"], [33, "bytes_in"], [34, "packets"]], deviceName: 52 }],
  ["THREAT", { key: "threat", columns: [...SESSION, [32, "app_msg"]], deviceName: 59 }],
  ["CONFIG", { key: "config", columns: [[7, "src_ip"], [10, "user"]], deviceName: 23 }],
  ["SYSTEM", { key: "system", columns: [[14, "app_msg"]], deviceName: 22 }],
]);

function readTime(text: string | undefined, field: string, zone: string): TimeReading {
  return readIsoTime(text?.replaceAll("/", "-"), field, zone);
}

/** The name of the firewall that wrote it, where the version's columns reach so far and it looks like one. */
function nameOf(kind: LogType | undefined, cells: readonly string[]): string | null {
  const name = kind === undefined ? undefined : cells[kind.deviceName];
  return name !== undefined && /^[A-Za-z][\w.-]*$/.test(name) ? name : null;
}

/** The command and the path that it changed; one of a rulebase is a rule of the firewall. */
function putChange(fields: FieldBag, cells: readonly string[]): void {
  const [command = "", path = "", result = ""] = [cells[9], cells[13], cells[12]];
  put(fields, "cmd", `${command} ${path}`.trim());
  put(fields, "change", `${command} ${path} ${result}`.trim());
  if (!/rulebase/.test(path)) return;
  put(fields, "fw_rule", path);
  put(fields, "fw_state", `${command} ${result}`.trim());
}

function nativeOf(type: string, kind: LogType | undefined, cells: readonly string[]): Readonly<Record<string, string>> {
  const named = (kind?.columns ?? []).map(([at, id]): [string, string] => [id, cells[at] ?? ""]);
  return { type, subtype: cells[SUBTYPE] ?? "", serial: cells[SERIAL] ?? "", ...Object.fromEntries(named), ...Object.fromEntries(cells.slice(0, MOST_COLUMNS).map((cell, at): [string, string] => [`column_${at + 1}`, cell])) };
}
