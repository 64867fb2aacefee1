import type { FieldBag, FieldMap } from "../fill-fields";
import { lineFormat } from "../record-format";
import { readDeviceTime } from "../time/read-syslog-time";
import { firstTime, readEpochSeconds, readIsoTime, type TimeReading } from "../time/read-time";
import { deviceKind, putDevice } from "./key-value/device-event";
import { readFortinetTime } from "./key-value/fortinet-time";

/** Common Event Format: seven fields between bars, then key=value with spaces in the values. Usually behind a syslog header. */
export const cef = lineFormat({
  id: "cef",
  label: "CEF (Common Event Format)",
  extensions: [".log", ".cef"],
  record: "an event in CEF",
  evidence: ["CEF:version|vendor|product|version|id|name|severity|"],
  isMine: (line) => HEADER.test(line),
  map: (line, limits) => {
    const match = HEADER.exec(line);
    if (match === null) return null;
    const [whole, vendor = "", product = "", version = "", eventId = "", name = "", severity = ""] = match.map((part) => part.replace(/\\([|\\])/g, "$1"));
    const extension = parseExtension(line.slice((match[0] ?? whole ?? "").length));
    const get = (key: string) => extension.get(key);
    const header = { vendor, product, eventId, name };
    const fields: FieldBag = {};
    putDevice(fields, header, FIELDS, get);
    const readTime = (key: string): TimeReading => readDate(get(key), key, limits.zone, limits.reference);
    return [
      {
        time: firstTime(readTime("rt"), readFortinetTime(get("FTNTFGTeventtime")), readTime("start"), readTime("end"), readTime("deviceReceiptTime")),
        host: get("dvchost") ?? get("dvc") ?? get("deviceExternalId") ?? null,
        ...deviceKind(fields, header, get),
        fields,
        native: { ...Object.fromEntries(extension), device_vendor: vendor, device_product: product, device_version: version, signature_id: eventId, name, severity },
      },
    ];
  },
});

/** Bars within fields are escaped. */
const HEADER = /^CEF: ?\d{1,2}(?:\.\d)?\|((?:[^|\\]|\\.)*)\|((?:[^|\\]|\\.)*)\|((?:[^|\\]|\\.)*)\|((?:[^|\\]|\\.)*)\|((?:[^|\\]|\\.)*)\|((?:[^|\\]|\\.)*)\|/;

const FIELDS: FieldMap = [
  ["src", "src_ip"], ["c6a2", "src_ip"], ["dst", "dst_ip"], ["c6a3", "dst_ip"], ["spt", "src_port"], ["dpt", "dst_port"], ["dhost", "dst_host"], ["proto", "proto"], ["app", "app_proto"], ["in", "bytes_in"], ["out", "bytes_out"], ["deviceDirection", "direction"],
  ["suser", "user"], ["duser", "target_user"], ["duser", "user"], ["suid", "user"], ["sproc", "image"], ["spid", "pid"], ["dproc", "target_image"], ["dpid", "target_pid"],
  ["request", "url"], ["requestMethod", "http_method"], ["requestClientApplication", "user_agent"], ["filePath", "file_path"], ["fname", "file_path"], ["fileHash", "file_hash"], ["oldFilePath", "file_old_path"],
  ["msg", "app_msg"], ["act", "fw_state"], ["outcome", "auth_result"], ["reason", "auth_reason"], ["externalId", "conn_uid"],
];

/** key=value pairs whose values run to the next key; "\=", "\\" and "\n" are escapes. A Map, since keys come from the record. */
function parseExtension(text: string): Map<string, string> {
  const pairs = new Map<string, string>();
  const keys = [...text.matchAll(/(?:^|\s)([A-Za-z0-9_.[\]-]{1,100})=/g)];
  for (const [i, match] of keys.entries()) {
    const key = match[1] ?? "";
    const value = text.slice(match.index + match[0].length, keys[i + 1]?.index ?? text.length).trim();
    if (!pairs.has(key)) pairs.set(key, value.replace(/\\([=\\|nr])/g, (_, c: string) => (c === "n" ? "\n" : c === "r" ? "\r" : c)));
  }
  return pairs;
}

function readDate(text: string | undefined, field: string, zone: string, reference: number | undefined): TimeReading {
  if (text === undefined) return { untimed: "no-time" };
  if (/^\d{12,13}$/.test(text)) return readEpochSeconds(`${text.slice(0, -3)}.${text.slice(-3)}`, field);
  return /^\d{4}-/.test(text) ? readIsoTime(text, field, zone) : readDeviceTime(text, field, zone, reference);
}
