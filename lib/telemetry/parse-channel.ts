import { z } from "zod";
import { loggedNames } from "./cloud-operations";
import { foldName } from "./family-of";
import { isSyscallName } from "./linux-syscalls";
import { formOfRow, keyOfRow } from "./polled-rows";
import { kindId, kindsOfFamily, splitKind } from "./record-kinds";
import { ES_EVENTS, OSQUERY_TABLES } from "./native-names";
import { eventNumbers, windowsEventKind, windowsLogOf } from "./windows-event";
import type { EventKey, EventKeyKind, RecordKindId } from "./types";
import aliasTable from "./tables/channel-aliases.json";
import logTable from "./tables/log-of-name.json";

/** A native name that a channel cites, and the record kinds that are really written for it (none: not known, or none is). */
export interface CitedKey {
  readonly key: EventKey;
  readonly kinds: readonly RecordKindId[];
}

const NOTHING: readonly CitedKey[] = [];
// family -> cited word or phrase in lower case -> keys of that family
const ALIASES = z.record(z.string(), z.record(z.string(), z.array(z.string()))).parse(aliasTable);

const LOG_OF_NAME = new Map(Object.entries(z.record(z.string(), z.array(z.string())).parse(logTable)).map(([name, kinds]) => [name.toLowerCase(), kinds]));

/**
 * The one log that a log source's name itself names, whatever its channel says: a flow log, an access log, a trace provider.
 * Empty for names of logs that hold records of many kinds.
 */
export function kindsOfName(family: string, rawName: string): readonly RecordKindId[] {
  const name = foldName(rawName).toLowerCase();
  const listed = LOG_OF_NAME.get(name);
  if (listed) return listed;
  if (family !== "windows-etw") return [];
  return kindsOfFamily(family).filter((kind) => splitKind(kind).key.toLowerCase() === name.replace(/^etw:/, ""));
}

/** What a log source's channel names, in its own words; empty for prose. Case and spacing do not matter. */
export function parseChannel(family: string, name: string, channel: string): readonly CitedKey[] {
  const text = channel.replace(/\s+/g, " ").trim();
  if (family === "edr-defender") return defenderKeys(`${name} ${text}`);
  if (text === "" && family !== "linux-auditd") return NOTHING;
  if (family.startsWith("windows-")) return windowsKeys(family, name, text);
  if (family === "linux-sysmon") return eventNumbers(text).map((id) => cited("event_id", id, [kindId(family, id)], "Linux-Sysmon/Operational"));
  if (family === "macos-esf") return esKeys(text);
  if (family === "macos-osquery" || family === "linux-osquery") return osqueryKeys(family, text);
  if (family === "linux-auditd") return auditKeys(name, text);
  if (family === "nsm-zeek") return zeekKeys(text);
  if (family === "macos-unifiedlog") return unifiedLogKeys(text);
  if (family === "aws-cloudtrail") return cloudTrailKeys(text);
  return namedKeys(family, text);
}

function cited(kind: EventKeyKind, value: string, kinds: readonly RecordKindId[], channel?: string): CitedKey {
  return { key: channel === undefined ? { kind, value } : { kind, value, channel }, kinds };
}

function windowsKeys(family: string, rawName: string, text: string): readonly CitedKey[] {
  const name = foldName(rawName);
  const numbers = eventNumbers(text);
  if (numbers.length === 0) return namedKeys(family, text);
  return numbers.map((id) => {
    const log = windowsLogOf(name, id);
    const kind = windowsEventKind(log.real, id);
    return cited("event_id", id, [kindId(kind.family, kind.key)], log.real);
  });
}

// ES_EVENT_TYPE_NOTIFY_EXEC, ES_EVENT_MMAP, es_event_file_rename_t anywhere; bare event names only as a list or before a colon.
function esKeys(text: string): readonly CitedKey[] {
  const names = [...text.matchAll(/\bes_event_(?:type_)?(?:notify_|auth_)?([a-z_]+?)(?:_t)?\b/gi)].map((match) => (match[1] ?? "").toLowerCase().replace(/^file_/, ""));
  if (names.length === 0) names.push(...leadingWords(text).filter((word) => ES_EVENTS.has(word)));
  return unique(names).map((name) => cited("es_event", name, [kindId("macos-esf", name)]));
}

const READING = /\b([a-z][a-z0-9_]*)#(snapshot|removed)\b/gi;

// "launchd#snapshot" is a reading of the table (polled-rows.ts), and never the table's own rows beside it.
function osqueryKeys(family: string, text: string): readonly CitedKey[] {
  const readings = [...text.matchAll(READING)].flatMap(([, table = "", form = ""]) => (OSQUERY_TABLES.has(table.toLowerCase()) ? [keyOfRow(table.toLowerCase(), formOfRow(table.toLowerCase(), form.toLowerCase(), Number.NaN))] : []));
  return [...unique(readings).map((key) => cited("osquery_table", key, [kindId(family, key)])), ...tableKeys(family, text.replaceAll(READING, ""))];
}

function tableKeys(family: string, text: string): readonly CitedKey[] {
  const words = unique([...text.toLowerCase().matchAll(/[a-z][a-z0-9_]*/g)].map((match) => match[0]));
  const tables = words.filter((word) => word.includes("_") && OSQUERY_TABLES.has(word));
  const leading = leadingWords(text).flatMap((word) => ALIASES[family]?.[word] ?? (OSQUERY_TABLES.has(word) ? [word] : []));
  return unique([...tables, ...leading]).map((table) => cited("osquery_table", table, [kindId(family, table)]));
}

const PLAIN_WORDS = new Set("open read write connect access rename link mount kill time bind stat fork exit send socket clone accept listen select poll signal sync pause wait alarm getpid uname reboot chroot swapon creat shutdown sleep idle security syslog setuid setgid".split(" "));
const AUDIT_TYPE = /\b(?:USER|CRED|ADD|DEL|GRP|ROLE|DAEMON|SERVICE|SYSTEM|CONFIG|ANOM|NETFILTER|KERN|ACCT|RESP|MAC|CRYPTO|VIRT|DEV)_[A-Z_]+\b|\b(?:EXECVE|PATH|PROCTITLE|SOCKADDR|LOGIN|TTY|AVC)\b/g;

const NAMED_TYPES = new Set(["EXECVE", "PROCTITLE", "PATH", "MMAP", "MEMPROTECT", "USER_LOGIN", "USER_AUTH", "USER_CMD", "CONFIG_CHANGE", "DAEMON", "AUTH", "SOCKADDR", "LOGIN", "SERVICE_START", "SERVICE_STOP"]);

// Unmistakable names anywhere; names that are also English words only as a list, before a colon, or beside "syscall".
function auditKeys(name: string, text: string): readonly CitedKey[] {
  const lower = text.toLowerCase();
  const words = unique([...lower.matchAll(/[a-z_][a-z0-9_]*/g)].map((match) => match[0]));
  const leading = new Set(leadingWords(text));
  const beside = new Set([...lower.matchAll(/([a-z_0-9/,]+)(?:\(\))? (?:syscalls?|system calls?|calls?)\b/g)].flatMap((match) => (match[1] ?? "").split(/[/,]/)));
  const calls = words.filter((word) => isSyscallName(word) && (!PLAIN_WORDS.has(word) || leading.has(word) || beside.has(word)));
  const types = unique([...text.matchAll(AUDIT_TYPE)].map((match) => match[0]));
  // auditd:EXECVE names its record type whatever the channel says; auditd:SYSCALL, auditd:FILE and auditd:FS name none.
  const typeOfName = /^auditd:(\w+)$/i.exec(name.trim())?.[1] ?? "";
  const named = NAMED_TYPES.has(typeOfName.toUpperCase()) ? [typeOfName.toUpperCase()] : [];
  return unique([...calls, ...types, ...named]).flatMap((key): CitedKey[] => {
    const keys = ALIASES["linux-auditd"]?.[key.toLowerCase()] ?? [key];
    return [cited(isSyscallName(key) ? "syscall" : "audit_type", key, keys.map((real) => kindId("linux-auditd", real)))];
  });
}

function zeekKeys(text: string): readonly CitedKey[] {
  const lower = text.toLowerCase();
  const known = new Set(kindsOfFamily("nsm-zeek").map((kind) => splitKind(kind).key));
  const files = [...lower.matchAll(/\b([a-z0-9_]+)\.log\b/g)].map((match) => match[1] ?? "");
  const leading = leadingWords(text).flatMap((word) => ALIASES["nsm-zeek"]?.[word] ?? (known.has(word) ? [word] : []));
  const phrases = Object.entries(ALIASES["nsm-zeek phrases"] ?? {}).flatMap(([phrase, keys]) => (lower.includes(phrase) ? keys : []));
  const found = unique([...files, ...leading, ...phrases]).filter((log) => known.has(log));
  return found.map((log) => cited("log", log, [kindId("nsm-zeek", log)]));
}

// subsystem == "com.apple.TCC", com.apple.network, process = 'sshd', or a list of daemon names and nothing else.
function unifiedLogKeys(text: string): readonly CitedKey[] {
  const known = new Map(kindsOfFamily("macos-unifiedlog").map((kind) => [splitKind(kind).key.toLowerCase(), splitKind(kind).key]));
  const subsystems = [...text.matchAll(/\bcom\.apple\.[A-Za-z0-9_.-]*[A-Za-z0-9]/g)].map((match) => match[0]).filter((name) => !/\.plist$/i.test(name) && !/(?:ByHost|quarantine|PowerManagement|loginwindow|system\.logging|ResourceFork|TCC\/TCC)/.test(name) || /subsystem/i.test(text));
  const assigned = [...text.matchAll(/\b(?:subsystem|process)\s*(?:==?|:)\s*['"]?([A-Za-z][A-Za-z0-9_.-]*)/gi)].map((match) => match[1] ?? "").filter((word) => word.includes(".") || known.has(word.toLowerCase()));
  const daemons = leadingWords(text).filter((word) => known.has(word));
  const named = [...text.toLowerCase().matchAll(/\b(sshd|loginwindow|tccd|opendirectoryd|authd|screensharingd|syspolicyd|launchd|diskarbitrationd|mdnsresponder|networkd|softwareupdated|pkginstalld|system_installd|socketfilterfw|reportcrash|crashreporter)\b/g)].map((match) => match[1] ?? "");
  const words = unique([...subsystems, ...assigned, ...[...named, ...daemons].map((word) => CRASH_WORDS.get(word) ?? known.get(word) ?? word)].map((key) => known.get(key.toLowerCase()) ?? key));
  // A line is keyed by its subsystem, else by its process: the lines of a daemon stand under both names.
  return words.map((key) => cited("other", key, (ALIASES["macos-unifiedlog"]?.[key.toLowerCase()] ?? [key]).map((real) => kindId("macos-unifiedlog", real))));
}

const CRASH_WORDS: ReadonlyMap<string, string> = new Map([["crashreporter", "ReportCrash"], ["reportcrash", "ReportCrash"], ["mdnsresponder", "mDNSResponder"]]);

const OPERATION = /\b(?:Console(?=Login)|(?:Get|List|Describe|Create|Delete|Update|Put|Run|Start|Stop|Terminate|Assume|Attach|Detach|Modify|Copy|Register|Deregister|Authorize|Revoke|Send|Invoke|Execute|Leave|Request|Import|Upload|Disable|Enable|Decrypt|Pass|Revert|Set|Remove|Add|EC2)(?=[A-Z]))[A-Za-z0-9]+|\bDecrypt\b/g;

function cloudTrailKeys(text: string): readonly CitedKey[] {
  return unique([...text.matchAll(OPERATION)].map((match) => match[0])).map((operation) => cited("api", operation, loggedNames(operation).map((name) => kindId("aws-cloudtrail", name))));
}

// A table of advanced hunting ("DeviceProcessEvents"), in the name or the channel, or one of its actions ("DeviceEvents/DriverLoad").
function defenderKeys(text: string): readonly CitedKey[] {
  const tables = unique([...text.matchAll(/\b(?:Device|Alert)[A-Z][A-Za-z]+(?:\/[A-Za-z]+)?/g)].map((match) => match[0]));
  return tables.map((table) => ({ key: { kind: "other" as const, value: table }, kinds: kindsOfLog("edr-defender", table) })).filter(({ kinds }) => kinds.length > 1 || (kinds[0] !== undefined && kindsOfFamily("edr-defender").includes(kinds[0])));
}

// Everything else: operations and log names that our tables know, as they stand or by an alias of theirs.
function namedKeys(family: string, text: string): readonly CitedKey[] {
  const lower = text.toLowerCase();
  const known = kindsOfFamily(family).map((kind) => splitKind(kind).key).filter((key) => key.length > 3 && /[A-Z ._/-]/.test(key) && contains(lower, key.toLowerCase()));
  const aliased = Object.entries(ALIASES[family] ?? {}).flatMap(([phrase, keys]) => (contains(lower, phrase) ? keys : []));
  const kind: EventKeyKind = family.startsWith("windows-") || family.startsWith("macos-") || family === "linux-syslog" || family === "esxi" ? "log" : "api";
  return unique([...known, ...aliased]).map((key) => cited(kind, key, LOG_FAMILIES.has(family) ? kindsOfLog(family, key) : [kindId(family, key)]));
}

// A log of these is cited by its name alone ("/var/log/hostd.log"): every record of it is meant, whatever it reports.
const LOG_FAMILIES: ReadonlySet<string> = new Set(["esxi", "vcenter-nsx"]);

function kindsOfLog(family: string, log: string): readonly RecordKindId[] {
  const whole = kindId(family, log);
  return [whole, ...kindsOfFamily(family).filter((kind) => kind.startsWith(`${whole}/`))];
}

function contains(text: string, phrase: string): boolean {
  const at = text.indexOf(phrase);
  if (at < 0) return false;
  return !/[a-z0-9]/.test(text[at - 1] ?? " ") && !/[a-z0-9]/.test(text[at + phrase.length] ?? " ");
}

/** Words of a list ("open, write", "socket/connect", "launchd or process_events"), alone or in front of a colon; none where the text is a sentence. */
function leadingWords(text: string): readonly string[] {
  const head = (/^([^:]{1,60}):{1,2}(?:\s|[a-z])/.exec(text)?.[1] ?? text).toLowerCase().replace(/\(\)/g, "").replace(/ (?:events?|logs?|syscalls?|attach|system calls?)\b/g, "");
  const parts = head.split(/\s*(?:,|\/|\||\+|&|;|\bor\b|\band\b)\s*/).map((part) => part.trim()).filter((part) => part !== "");
  const words = parts.filter((part) => /^[a-z_][a-z0-9_.]*$/.test(part));
  return words.length === parts.length || (words.length >= 2 && words[0] === parts[0]) ? words : [];
}

function unique(items: readonly string[]): string[] {
  return [...new Set(items)];
}
