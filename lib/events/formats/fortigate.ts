import { put, putAll, type FieldBag, type FieldMap } from "../fill-fields";
import { lineFormat } from "../record-format";
import { firstTime, readIsoTime } from "../time/read-time";
import { fortinetLogin } from "./key-value/administrator-login";
import { readFortinetTime } from "./key-value/fortinet-time";

/**
 * FortiOS's own log, as a FortiGate writes it to disk and to syslog: date=, time=, and key=value pairs
 * (https://docs.fortinet.com/document/fortigate/7.6.5/fortios-log-message-reference).
 */
export const fortigate = lineFormat({
  id: "fortigate",
  label: "FortiGate log (key=value)",
  extensions: [".log"],
  record: "a record of a FortiGate's log",
  evidence: ["date=", "time=", "logid=", "type="],
  isMine: (line) => MINE.test(line),
  map: (line, limits) => {
    const match = MINE.exec(line);
    if (match === null) return null;
    const pairs = parsePairs(line.slice((match[1] ?? "").length));
    const get = (key: string) => pairs.get(key);
    const fields: FieldBag = {};
    putAll(fields, FIELDS, get);
    const key = kindOf(get("type") ?? "", get("logid"), pairs.has("cfgpath"));
    if (key === "login" || key === "login-failed") put(fields, "auth_result", key === "login" ? "success" : "failure");
    if (key === "config") putChange(fields, get);
    put(fields, "app_name", "FortiGate");
    const written = `${get("date") ?? ""} ${get("time") ?? ""}${get("tz") ?? ""}`;
    return [{ time: firstTime(readFortinetTime(get("eventtime")), readIsoTime(written, "date, time", limits.zone)), host: get("devname") ?? get("devid") ?? null, family: "firewall", key, fields, native: Object.fromEntries(pairs) }];
  },
});

/** A relay may put its header before it. */
const MINE = /^((?:<\d{1,3}>)?(?:(?:[A-Z][a-z]{2} {1,2}\d{1,2} \d\d:\d\d:\d\d|\d{4}-\d\d-\d\dT\S{1,40}) \S{1,255} )?)date="?\d{4}-\d\d-\d\d"?[ ,]time="?\d\d:\d\d:\d\d"?[ ,](?=.*\blogid="?\d{8,10}\b)(?=.*\btype="?(?:traffic|utm|event|anomaly|voip|dns|app-ctrl|ssh|gtp)\b)/;

const FIELDS: FieldMap = [
  ["srcip", "src_ip"], ["dstip", "dst_ip"], ["srcport", "src_port"], ["dstport", "dst_port"], ["proto", "proto"], ["service", "app_proto"], ["rcvdbyte", "bytes_in"], ["sentbyte", "bytes_out"], ["sessionid", "conn_uid"],
  ["user", "user"], ["method", "auth_method"], ["reason", "auth_reason"], ["policyname", "fw_rule"], ["policyid", "fw_rule"], ["action", "fw_state"], ["url", "url"], ["hostname", "dst_host"], ["filename", "file_path"], ["filehash", "file_hash"],
  ["logdesc", "app_event"], ["msg", "app_msg"],
];

function kindOf(type: string, logId: string | undefined, changes: boolean): string {
  if (type === "traffic") return "traffic";
  if (type !== "event") return "threat";
  return fortinetLogin(logId) ?? (changes ? "config" : "system");
}

/** What an administrator changed: a rule of the firewall where the path is one of its policies. */
function putChange(fields: FieldBag, get: (key: string) => string | undefined): void {
  const path = get("cfgpath") ?? "";
  const change = [get("action"), get("cfgattr")].filter((part) => part !== undefined && part !== "").join(" ");
  put(fields, "change", `${path} ${get("cfgobj") ?? ""} ${change}`.trim());
  if (!path.startsWith("firewall.")) return;
  put(fields, "fw_rule", `${path} ${get("cfgobj") ?? ""}`.trim());
  put(fields, "fw_state", change);
}

/** key=value and key="value"; a quote within quotes is escaped. The first of equal keys wins; a Map, since keys come from the record. */
function parsePairs(text: string): Map<string, string> {
  const pairs = new Map<string, string>();
  for (const [, key = "", quoted, bare] of text.matchAll(/(?<![\w-])([A-Za-z_][\w-]{0,63})=(?:"((?:[^"\\]|\\.)*)"|([^\s",]*))/g)) {
    if (!pairs.has(key)) pairs.set(key, quoted?.replace(/\\(["\\])/g, "$1") ?? bare ?? "");
  }
  return pairs;
}
