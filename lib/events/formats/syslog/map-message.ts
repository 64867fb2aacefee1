import { put, type FieldBag } from "../../fill-fields";
import type { Mapped } from "../../make-item";
import type { TimeReading } from "../../time/read-time";
import { parsePairs } from "../auditd/parse-pairs";

/** One message of syslog, whatever its header looked like. */
export interface SyslogMessage {
  readonly time: TimeReading;
  readonly host: string | null;
  readonly app: string; // the tag or APP-NAME, without a pid
  readonly pid: string | undefined;
  readonly message: string;
  readonly native: unknown;
}

/** Processes that only macOS has: the same header, another family. */
const MACOS = /^(com\.apple\.|loginwindow$|WindowServer$|launchd$|opendirectoryd$|authd$|sandboxd$|syspolicyd$|mds$)/;
/** Names that one program writes under. */
const ALIASES: ReadonlyMap<string, string> = new Map([["CRON", "cron"], ["sshd-session", "sshd"]]);

/** The record kind and fields of a message; the text itself is always there as app_msg. */
export function mapSyslogMessage({ time, host, app, pid, message, native }: SyslogMessage): Mapped {
  const fields: FieldBag = {};
  const name = app.slice(app.lastIndexOf("/") + 1) || "unknown";
  put(fields, "app_name", name);
  put(fields, "app_msg", message);
  put(fields, "pid", pid);
  if (name === "kernel" && / SRC=\S+ DST=\S+ /.test(message)) {
    putFirewall(fields, message);
    return { time, host, family: "firewall", key: "iptables", fields, native };
  }
  if (!MACOS.test(name)) READERS.find(([names]) => names.test(name))?.[1](fields, message);
  return { time, host, family: MACOS.test(name) ? "macos-system-text" : "linux-syslog", key: ALIASES.get(name) ?? name, fields, native };
}

function putFirewall(fields: FieldBag, message: string): void {
  const pairs = parsePairs(message);
  const take = (key: string, id: string) => put(fields, id, pairs.get(key));
  for (const [key, id] of [["SRC", "src_ip"], ["DST", "dst_ip"], ["SPT", "src_port"], ["DPT", "dst_port"], ["PROTO", "proto"], ["LEN", "bytes_in"]] as const) take(key, id);
  put(fields, "direction", pairs.get("OUT") ? "out" : "in");
  put(fields, "fw_rule", /^(?:\[[^\]]*\] )?\s*\[?([A-Za-z][\w .-]{0,60}?)\]?:? IN=/.exec(message)?.[1]);
}

type Reader = (fields: FieldBag, message: string) => void;

const READERS: readonly (readonly [RegExp, Reader])[] = [
  [/^sudo$/, putSudo],
  [/^(sshd|sshd-session|login|su|systemd-logind|gdm-password)$/, putLogin],
  [/^(cron|crond|CRON|atd)$/, putCron],
  [/^(useradd|adduser|userdel|usermod|passwd|chpasswd|groupadd|gpasswd|chage)$/, putAccount],
  [/^systemd$/, putService],
];

function putSudo(fields: FieldBag, message: string): void {
  const match = /^\s*(\S+) : (?:(.*?) ; )?TTY=(\S*) ; PWD=(.*?) ; USER=(\S+) ;(?: GROUP=\S+ ;)?(?: ENV=.*? ;)? COMMAND=(.*)$/s.exec(message);
  if (match === null) return putSession(fields, message);
  put(fields, "user", match[1]);
  put(fields, "auth_reason", match[2]);
  put(fields, "cwd", match[4]);
  put(fields, "target_user", match[5]);
  put(fields, "cmd", match[6]);
  put(fields, "auth_result", match[2] === undefined ? "success" : "failure");
}

function putLogin(fields: FieldBag, message: string): void {
  const match = /^(Accepted|Failed) (\S+) for (?:invalid user )?(\S*) from (\S+) port (\d+)/.exec(message);
  if (match === null) return putSession(fields, message);
  put(fields, "auth_result", match[1] === "Accepted" ? "success" : "failure");
  put(fields, "auth_method", match[2]);
  put(fields, "user", match[3]);
  put(fields, "src_ip", match[4]);
  put(fields, "src_port", match[5]);
}

function putSession(fields: FieldBag, message: string): void {
  const session = /session (opened|closed) for user (\w[\w.@-]*)/.exec(message);
  if (session !== null) {
    put(fields, "user", session[2]);
    put(fields, "app_event", `session ${session[1]}`);
    if (session[1] === "opened") put(fields, "auth_result", "success");
  }
  const started = /^New session (\S+) of user (\S+?)\.?$/.exec(message);
  put(fields, "session_id", started?.[1]);
  if (started !== null) put(fields, "user", started[2]);
  const failure = /authentication failure;.*?rhost=(\S*)(?:\s+user=(\S+))?/.exec(message);
  if (failure !== null) {
    put(fields, "auth_result", "failure");
    put(fields, "src_ip", failure[1]);
    put(fields, "user", failure[2]);
  }
}

function putCron(fields: FieldBag, message: string): void {
  const match = /^\((\S+?)\) CMD \((.*)\)$/s.exec(message);
  put(fields, "user", match?.[1]);
  put(fields, "cmd", match?.[2]);
  put(fields, "job_action", match?.[2]);
}

function putAccount(fields: FieldBag, message: string): void {
  put(fields, "target_user", (/^new user: name=([^,\s]+)/.exec(message) ?? /user '?([\w.@-]+?)'?(?:$|[\s,:])/.exec(message))?.[1]);
  put(fields, "target_group", (/^new group: name=([^,\s]+)/.exec(message) ?? /group '?([\w.@-]+?)'?(?:$|[\s,:])/.exec(message))?.[1]);
  put(fields, "change", message);
}

function putService(fields: FieldBag, message: string): void {
  const match = /^(Started|Stopped|Starting|Stopping|Reloaded|Failed to start) (.+?)\.*$/.exec(message);
  put(fields, "svc_state", match?.[1]?.toLowerCase());
  put(fields, "svc_name", match?.[2]);
}
