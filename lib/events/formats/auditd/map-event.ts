import { isEmptyValue } from "@/lib/telemetry/canonical-fields";
import { put, putAll, type FieldBag, type FieldMap } from "../../fill-fields";
import { isDrivePath } from "../../drive-path";
import type { Mapped } from "../../make-item";
import { readEpochSeconds } from "../../time/read-time";
import type { RecordFacts } from "../../types";
import { argumentsOf, decodeAddress, decodeHex, parsePairs, socketClassOf } from "./parse-pairs";
import { syscallName } from "./syscall-name";

/** All lines of one audit event, in the order of the file. */
export interface AuditEvent {
  readonly seconds: string; // "1604994496.155"
  readonly serial?: string; // counts every event of the kernel's audit, recorded or not
  readonly host: string | null; // node=, or the syslog header's
  readonly lines: readonly { readonly type: string; readonly text: string }[];
}

/** Types that only complete another record of the same event. */
const AUXILIARY = new Set("CWD,PATH,PROCTITLE,SOCKADDR,OBJ_PID,BPRM_FCAPS,FD_PAIR,MMAP,IPC,SOCKETCALL,KERN_MODULE,EOE".split(","));
const FILE_CALLS = /^(open|creat|unlink|rename|link|symlink|mkdir|rmdir|chmod|fchmod|chown|fchown|lchown|truncate|ftruncate|write|mknod|setxattr|removexattr|utime|statx|access|readlink)/;

const ACTOR: FieldMap = [
  ["UID", "user"], ["uid", "user"], ["AUID", "user"], ["auid", "user"], ["exe", "image"], ["pid", "pid"], ["ppid", "ppid"], ["ses", "session_id"],
];
const USER_MESSAGE: FieldMap = [
  ["addr", "src_ip"], ["hostname", "src_ip"], ["cmd", "cmd"], ["cwd", "cwd"], ["terminal", "logon_type"], ["res", "auth_result"], ["op", "auth_method"], ["exe", "app_name"],
];

export function mapAuditEvent(event: AuditEvent): Mapped {
  const texts = (type: string) => event.lines.filter((line) => line.type === type).map((line) => line.text);
  const call = texts("SYSCALL")[0];
  const fields: FieldBag = {};
  let key: string;
  if (call !== undefined) {
    const pairs = parsePairs(call);
    key = syscallName(pairs.get("arch"), pairs.get("syscall") ?? "", pairs.get("SYSCALL"));
    putAll(fields, ACTOR, (name) => pairs.get(name));
    put(fields, "api_name", key);
    put(fields, "api_args", ["a0", "a1", "a2", "a3"].map((name) => `${name}=${pairs.get(name) ?? ""}`).join(" "));
    put(fields, "exit_code", pairs.get("exit"));
  } else {
    const lead = event.lines.find((line) => !AUXILIARY.has(line.type)) ?? event.lines[0];
    key = lead?.type ?? "unknown";
    const pairs = parsePairs(lead?.text ?? "");
    if (/^(USER|CRED|ADD|DEL|GRP|USYS|SERVICE|SYSTEM|LOGIN|ACCT|ROLE|CHGRP|CHUSER)/.test(key)) putUserMessage(fields, key, pairs);
    putAll(fields, ACTOR, (name) => pairs.get(name));
    if (key === "CONFIG_CHANGE" || key.startsWith("DAEMON_")) {
      put(fields, "sensor_state", pairs.get("op") ?? key);
      put(fields, "change", pairs.get("op"));
    }
    if (key === "NETFILTER_CFG") put(fields, "fw_rule", pairs.get("table"));
    if (key === "TTY") put(fields, "cmd", pairs.get("data"));
  }
  putDetails(fields, key, texts);
  const serial = Number(event.serial);
  const facts: RecordFacts = {
    seq: Number.isSafeInteger(serial) ? { stream: "audit", number: serial, counts: "shared" } : undefined,
    truncated: isCut(texts) ? true : undefined,
  };
  return { time: readEpochSeconds(event.seconds, "msg=audit"), host: event.host, family: "linux-auditd", key, fields, objectClass: socketClassOf(socketAddress(texts)) ?? fileClassOf(fields["file_path"]), facts, native: nativeOf(event) };
}

/** The kernel keeps 128 bytes of a process title, which stands for the command only where EXECVE is missing; EXECVE itself may lack arguments. */
function isCut(texts: (type: string) => string[]): boolean {
  const execve = texts("EXECVE");
  if (execve.length === 0) return /proctitle=[0-9A-F]{256}\b/.test(texts("PROCTITLE")[0] ?? "");
  const promised = Number(parsePairs(execve[0] ?? "").get("argc") ?? 0);
  return promised > argumentsOf(execve).length;
}

/** Records of account and group management: acct= is who is managed there, in every other message who acts. */
const MANAGES_USERS = /^(?:ADD|DEL)_USER$|^USER_(?:MGMT|CHAUTHTOK)$|^ACCT_|^RESP_ACCT|^ROLE_|^CHUSER|^USER_ROLE_CHANGE$/;
const MANAGES_GROUPS = /^(?:ADD|DEL)_GROUP$|^GRP_|^CHGRP/;

function putUserMessage(fields: FieldBag, type: string, pairs: ReadonlyMap<string, string>): void {
  const [users, groups] = [MANAGES_USERS.test(type), MANAGES_GROUPS.test(type)];
  if (!users && !groups) put(fields, "user", pairs.get("acct"));
  putAll(fields, USER_MESSAGE, (name) => pairs.get(name));
  const member = pairs.get("grp") !== undefined; // op=add-user-to-group acct= grp=
  if (users) put(fields, "target_user", pairs.get("acct") ?? pairs.get("id"));
  if (groups && member) put(fields, "target_user", pairs.get("acct"));
  if (groups || member) put(fields, "target_group", pairs.get("grp") ?? pairs.get("acct") ?? pairs.get("id"));
  // A change of SELinux role names no account beside the one that logged in.
  if (type === "USER_ROLE_CHANGE") putAll(fields, [["AUID", "target_user"], ["auid", "target_user"]], (name) => (isEmptyValue(pairs.get(name), "user") ? undefined : pairs.get(name)));
  if (users || groups) put(fields, "change", pairs.get("op"));
  if (type.startsWith("SERVICE_")) {
    put(fields, "svc_name", pairs.get("unit"));
    put(fields, "svc_state", type === "SERVICE_START" ? "started" : "stopped");
  }
  if (type.startsWith("SYSTEM_")) put(fields, "sensor_state", type);
}

/** What the lines beside the call add. */
function putDetails(fields: FieldBag, key: string, texts: (type: string) => string[]): void {
  const argv = argumentsOf(texts("EXECVE"));
  const title = /proctitle=(?:"([^"]*)"|(\S+))/.exec(texts("PROCTITLE")[0] ?? "");
  if (argv.length > 0) put(fields, "cmd", argv.join(" "));
  else if (title !== null) put(fields, "cmd", title[1] ?? decodeHex(title[2] ?? "").replaceAll("\0", " "));
  const cwd = parsePairs(texts("CWD")[0] ?? "").get("cwd");
  put(fields, "cwd", cwd);
  const paths = texts("PATH").map(parsePairs).map((pairs) => ({ name: pairs.get("name") ?? "", type: pairs.get("nametype") ?? pairs.get("objtype") ?? "", mode: pairs.get("mode"), owner: pairs.get("OUID") ?? pairs.get("ouid") }));
  if (FILE_CALLS.test(key)) {
    const named = paths.filter((path) => path.type !== "PARENT" && path.name !== "");
    const target = named.find((path) => path.type === "CREATE") ?? named.find((path) => path.type === "NORMAL") ?? named[0];
    put(fields, "file_path", absolute(target?.name, cwd));
    put(fields, "file_mode", target?.mode);
    put(fields, "file_owner", target?.owner);
    put(fields, "file_op", key);
    if (key.startsWith("rename")) put(fields, "file_old_path", absolute(named.find((path) => path.type === "DELETE")?.name, cwd));
  }
  const address = decodeAddress(socketAddress(texts));
  if (address !== null && "ip" in address) {
    const side = key === "bind" || key.startsWith("accept") || key === "listen" ? "src" : "dst";
    put(fields, `${side}_ip`, address.ip);
    put(fields, `${side}_port`, address.port);
  } else if (address !== null && "path" in address) {
    put(fields, "pipe_name", address.path);
  }
  const other = parsePairs(texts("OBJ_PID")[0] ?? "");
  put(fields, "target_pid", other.get("opid"));
  put(fields, "target_image", other.get("ocomm"));
  if (isDrivePath(fields["file_path"])) fields["device_id"] = fields["file_path"];
  const loaded = parsePairs(texts("KERN_MODULE")[0] ?? "").get("name");
  put(fields, "module_path", loaded);
  put(fields, "driver_path", loaded ?? (/module$/.test(key) ? absolute(paths[0]?.name, cwd) : undefined));
}

/** A file call on a device node is about the device; without a path nobody knows. */
function fileClassOf(path: unknown): string | undefined {
  return path === undefined ? undefined : isDrivePath(path) ? "device" : "file";
}

/** sockaddr of the call, as hexadecimal; "" when the event has none. */
function socketAddress(texts: (type: string) => string[]): string {
  return parsePairs(texts("SOCKADDR")[0] ?? "").get("saddr") ?? "";
}

function absolute(path: string | undefined, cwd: string | undefined): string | undefined {
  return path === undefined || path.startsWith("/") || cwd === undefined ? path : `${cwd === "/" ? "" : cwd}/${path}`;
}

/** Rules written for auditd match single lines: the record is the list of them, parsed. */
function nativeOf(event: AuditEvent): unknown {
  return event.lines.map(({ type, text }) => Object.fromEntries([...parsePairs(text), ["type", type]]));
}
