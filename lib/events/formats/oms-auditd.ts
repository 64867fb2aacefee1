import { put, putAll, type FieldBag } from "../fill-fields";
import type { JsonObject } from "../frame/plain-value";
import type { Mapped } from "../make-item";
import { jsonFormat } from "../record-format";
import { readEpochSeconds } from "../time/read-time";
import { parsePairs } from "./auditd/parse-pairs";
import { syscallName } from "./auditd/syscall-name";

/** Linux audit events that Microsoft's agent (auoms) joined and sent as syslog, exported from Log Analytics as JSON. */
export const omsAuditd = jsonFormat({
  id: "oms-auditd",
  label: "Linux audit events of Microsoft's agent (auoms)",
  extensions: [".json"],
  record: "an audit event of auoms",
  evidence: ["SyslogMessage: type=AUOMS_... audit(seconds:serial)"],
  isMine: (value) => headerOf(value) !== null,
  map: mapEvent,
});

function headerOf(value: JsonObject): RegExpExecArray | null {
  const message = value["SyslogMessage"];
  return typeof message === "string" ? /^type=(?:AUOMS_)?(\w+) (?:msg=)?audit\((\d+\.\d+):(\d+)\):?(.*)$/s.exec(message) : null;
}

function mapEvent(value: JsonObject): readonly Mapped[] | null {
  const header = headerOf(value);
  if (header === null) return null;
  const [, type = "", seconds = "", , body = ""] = header;
  const pairs = parsePairs(body);
  const call = pairs.get("syscall");
  const fields: FieldBag = {};
  // The agent writes names beside numbers; the process' own user, then who logged in.
  putAll(fields, [["user", "user"], ["uid", "user"], ["exe", "image"], ["pid", "pid"], ["ppid", "ppid"], ["cwd", "cwd"], ["ses", "session_id"], ["exit", "exit_code"]], (key) => pairs.get(key));
  put(fields, "cmd", unquotedTail(body, "cmdline") ?? unquotedTail(body, "proctitle"));
  if (call !== undefined) put(fields, "api_name", call);
  if (call !== undefined && call !== "execve" && call !== "execveat") put(fields, "file_path", pairs.get("name"));
  const host = value["HostName"] ?? value["Computer"] ?? pairs.get("node");
  return [
    {
      time: readEpochSeconds(seconds, "audit()"),
      host: typeof host === "string" ? host : null,
      family: "linux-auditd",
      key: call === undefined ? type : syscallName(pairs.get("arch"), call, undefined),
      fields,
      native: { ...Object.fromEntries(pairs), type },
    },
  ];
}

/** The agent writes command lines last and without escaping: they run to the next of its own keys. */
function unquotedTail(body: string, key: string): string | undefined {
  const start = body.indexOf(` ${key}=`);
  if (start === -1) return undefined;
  const from = start + key.length + 2;
  const end = body.indexOf(" redactors=", from);
  const text = body.slice(from, end === -1 ? undefined : end).trim();
  return text.startsWith('"') && text.endsWith('"') && text.length > 1 ? text.slice(1, -1) : text;
}
