import { expect, test } from "vitest";
import { DEFAULT_LIMITS } from "../read-events";
import { openReader } from "../open-reader";
import { buildEvtx } from "../testing/build-evtx";
import type { RecordFacts } from "../types";
import { formatById } from "./index";

/** What the first record of a text says of itself, without what it does not say. */
function factsOf(format: string, text: string): RecordFacts {
  const known = formatById(format);
  if (known === undefined) throw new Error(format);
  const reader = openReader(known, DEFAULT_LIMITS);
  const [item] = [...reader.push(Buffer.from(`${text}\n`)), ...reader.end()].filter((one) => !("skipped" in one));
  if (item === undefined || !("record" in item)) throw new Error(JSON.stringify(item));
  return JSON.parse(JSON.stringify(item.record.facts ?? {}));
}

const token = (pid: number, pidversion: number) => ({ pid, pidversion, euid: 501, asid: 1 });
const MS = Date.UTC(2026, 1, 3, 9);

test.each<[name: string, format: string, record: string | object, facts: RecordFacts]>([
  [
    "a Sysmon event: when its log wrote it, its number in the channel, its parent's id",
    "windows-json",
    { EventID: 1, Channel: "Microsoft-Windows-Sysmon/Operational", SourceName: "Microsoft-Windows-Sysmon", Hostname: "ws-1", EventRecordID: 77, UtcTime: "2026-02-03 09:00:00.000", TimeCreated: "2026-02-03T09:00:01.500Z", Image: "C:\\a.exe", ProcessGuid: "{1}", ParentProcessGuid: "{2}" },
    { seq: { stream: "Microsoft-Windows-Sysmon/Operational", number: 77, counts: "shared" }, written: MS + 1500, parentKey: "{2}" },
  ],
  [
    "a Security event: one clock, so no write time",
    "windows-json",
    { EventID: 4688, Channel: "Security", SourceName: "Microsoft-Windows-Security-Auditing", Hostname: "ws-1", TimeCreated: "2026-02-03T09:00:00.000Z", NewProcessName: "C:\\a.exe", NewProcessId: "0x10" },
    {},
  ],
  [
    "an event of Winlogbeat: when the platform took it in",
    "windows-json",
    { "@timestamp": "2026-02-03T09:00:00.000Z", event: { ingested: "2026-02-03T09:00:07.000Z" }, winlog: { channel: "Security", event_id: 4624, record_id: "5", computer_name: "ws-1", provider_name: "Microsoft-Windows-Security-Auditing", event_data: { TargetUserName: "ana" } } },
    { seq: { stream: "Security", number: 5, counts: "shared" }, ingested: MS + 7000 },
  ],
  [
    "an Endpoint Security message: its client's counter, the parent's pid and version, a cut path",
    "eslogger",
    { schema_version: 1, event_type: 9, global_seq_num: 12, time: "2026-02-03T09:00:00.000000001Z", process: { executable: { path: "/bin/zsh" }, audit_token: token(10, 1) }, event: { exec: { target: { executable: { path: "/bin/ls", path_truncated: true }, audit_token: token(10, 2), parent_audit_token: token(9, 4) }, args: ["ls"] } } },
    { seq: { stream: "client", number: 12, counts: "own" }, truncated: true, parentKey: "9.4" },
  ],
  ["an audit event: its serial, and arguments that are missing", "auditd", 'type=SYSCALL msg=audit(1770109200.000:348): arch=c000003e syscall=59 success=yes pid=5 ppid=4 exe="/bin/ls"\ntype=EXECVE msg=audit(1770109200.000:348): argc=3 a0="ls"', { seq: { stream: "audit", number: 348, counts: "shared" }, truncated: true }],
  ["an audit event whose arguments are all there", "auditd", 'type=SYSCALL msg=audit(1770109200.000:348): arch=c000003e syscall=59 success=yes pid=5 ppid=4 exe="/bin/ls"\ntype=EXECVE msg=audit(1770109200.000:348): argc=1 a0="ls"', { seq: { stream: "audit", number: 348, counts: "shared" } }],
  [
    "an osquery row: when the daemon logged it, the parent's pid and version",
    "osquery",
    { name: "pack_es_process_events", hostIdentifier: "mac-1", unixTime: 1_770_109_203, action: "added", columns: { event_type: "exec", time: "1770109200", pid: "8", pidversion: "2", parent: "7", parent_pidversion: "1", path: "/bin/ls", global_seq_num: "9" } },
    { seq: { stream: "es_process_events", number: 9, counts: "shared" }, ingested: MS + 3000, parentKey: "7.1" },
  ],
  [
    "an ECS event: created, ingested, id, sequence and parent",
    "ecs-endpoint",
    { "@timestamp": "2026-02-03T09:00:00.000Z", ecs: { version: "8.11.0" }, agent: { id: "a1", type: "endpoint" }, data_stream: { dataset: "endpoint.events.process" }, host: { name: "mac-1" }, event: { category: ["process"], type: ["start"], action: "exec", id: "e1", sequence: 3, created: "2026-02-03T09:00:01.000Z", ingested: "2026-02-03T09:00:04.000Z" }, process: { pid: 8, executable: "/bin/ls", parent: { entity_id: "p1" } } },
    { seq: { stream: "a1", number: 3, counts: "shared" }, written: MS + 1000, ingested: MS + 4000, id: "e1", parentKey: "p1" },
  ],
  ["a CloudTrail event: its id", "cloudtrail", { eventVersion: "1.11", eventTime: "2026-02-03T09:00:00Z", eventSource: "s3.amazonaws.com", eventName: "GetObject", userIdentity: { type: "IAMUser" }, recipientAccountId: "111122223333", eventID: "id-1" }, { id: "id-1" }],
  ["a connection of Zeek: its uid", "zeek-json", { _path: "conn", ts: 1_770_109_200.5, uid: "C1", "id.orig_h": "10.0.0.1", "id.orig_p": 1, "id.resp_h": "203.0.113.1", "id.resp_p": 2, proto: "tcp" }, { id: "C1" }],
  ["another log of Zeek: the uid is the connection's", "zeek-json", { _path: "dns", ts: 1_770_109_200.5, uid: "C1", "id.orig_h": "10.0.0.1", "id.orig_p": 1, "id.resp_h": "203.0.113.1", "id.resp_p": 53, query: "example.test" }, {}],
  [
    "an entry of the unified log: ticks within a boot, which only order",
    "macos-unified-log",
    { timestamp: "2026-02-03 10:00:00.000000+0100", machTimestamp: 99, bootUUID: "B", processImagePath: "/usr/libexec/tccd", processID: 5, eventMessage: "x", eventType: "logEvent", subsystem: "com.apple.TCC" },
    { seq: { stream: "B", number: 99, counts: "order" } },
  ],
  [
    "a Sysmon event as XML: as from JSON",
    "windows-xml",
    '<Event><System><Provider Name="Microsoft-Windows-Sysmon"/><EventID>1</EventID><TimeCreated SystemTime="2026-02-03T09:00:01.5000000Z"/><EventRecordID>77</EventRecordID><Channel>Microsoft-Windows-Sysmon/Operational</Channel><Computer>ws-1</Computer></System><EventData><Data Name="UtcTime">2026-02-03 09:00:00.000</Data><Data Name="ProcessGuid">{1}</Data><Data Name="ParentProcessGuid">{2}</Data></EventData></Event>',
    { seq: { stream: "Microsoft-Windows-Sysmon/Operational", number: 77, counts: "shared" }, written: MS + 1500, parentKey: "{2}" },
  ],
  [
    "Sysmon for Linux behind a syslog header: the header's time is none of the sensor's",
    "sysmon-linux",
    'Feb  3 09:00:09 web-03 sysmon: <Event><System><Provider Name="Linux-Sysmon" Guid="{ff}"/><EventID>1</EventID><TimeCreated SystemTime="2026-02-03T09:00:01.250000000Z"/><EventRecordID>7</EventRecordID><Channel>Linux-Sysmon/Operational</Channel><Computer>web-03</Computer></System><EventData><Data Name="UtcTime">2026-02-03 09:00:00.000</Data><Data Name="ProcessGuid">{1}</Data><Data Name="ParentProcessGuid">{00000000-0000-0000-0000-000000000000}</Data></EventData></Event>',
    { seq: { stream: "Linux-Sysmon/Operational", number: 7, counts: "shared" }, written: MS + 1250 },
  ],
  [
    "a start in laurel: itself and its parent by the events that began their programs, and arguments that were cut",
    "laurel",
    { ID: "1770109200.000:348", SYSCALL: { syscall: 59, SYSCALL: "execve", ppid: 4, pid: 5, exe: "/bin/tar", PPID: { EVENT_ID: "1770109100.000:300", exe: "/bin/sh" } }, EXECVE: { argc: 3, ARGV: ["tar", "<<< 1 args, 900 bytes >>>", "z"] } },
    { seq: { stream: "audit", number: 348, counts: "shared" }, truncated: true, processKey: "1770109200.000:348", parentKey: "1770109100.000:300" },
  ],
  [
    "a call in laurel: its process by the event that began it; arguments as one text are not cut",
    "laurel",
    { ID: "1770109201.000:349", SYSCALL: { syscall: 42, SYSCALL: "connect", ppid: 4, pid: 5, exe: "/bin/tar", PID: { EVENT_ID: "1770109200.000:348" } } },
    { seq: { stream: "audit", number: 349, counts: "shared" }, processKey: "1770109200.000:348" },
  ],
  [
    "arguments that laurel joined into one text lack none",
    "laurel",
    { ID: "1770109200.000:348", SYSCALL: { syscall: 59, SYSCALL: "execve", ppid: 4, pid: 5, exe: "/bin/tar" }, EXECVE: { argc: 3, ARGV_STR: "tar cf z" } },
    { seq: { stream: "audit", number: 348, counts: "shared" }, processKey: "1770109200.000:348" },
  ],
  [
    "an event of auditbeat: both clocks behind it, its serial, its parent, and arguments that are missing",
    "auditbeat",
    { "@timestamp": "2026-02-03T09:00:00.000Z", host: { name: "web-03" }, event: { module: "auditd", created: "2026-02-03T09:00:01.000Z", ingested: "2026-02-03T09:00:04.000Z" }, process: { pid: 8, args: ["tar"], entity_id: "e2", parent: { entity_id: "e1" } }, auditd: { message_type: "syscall", sequence: 348, data: { syscall: "execve", argc: "3" } } },
    { seq: { stream: "audit", number: 348, counts: "shared" }, written: MS + 1000, ingested: MS + 4000, parentKey: "e1", truncated: true },
  ],
  [
    "a message of Santa: when it was processed, its parent, a cut path",
    "santa",
    { machine_id: "mac-7", event_time: "2026-02-03T09:00:00Z", processed_time: "2026-02-03T09:00:00.200Z", boot_session_uuid: "b", execution: { target: { id: { pid: 70, pidversion: 2 }, parent_id: { pid: 41, pidversion: 3 }, executable: { path: "/bin/zsh", truncated: true } }, args: [], decision: "DECISION_ALLOW" } },
    { written: MS + 200, parentKey: "41.3", truncated: true },
  ],
  ["a line of Santa: one clock, and a parent by its number only", "santa", "[2026-02-03T09:00:00.000Z] I santad: action=EXEC|decision=ALLOW|reason=CERT|pid=42|pidversion=8|ppid=41|uid=501|user=eva|path=/usr/bin/zip|args=zip", {}],
  [
    "telemetry of Jamf Protect: its counter and the parent",
    "jamf-protect",
    { glob_seq_num: 12, event_type: 9, time: "2026-02-03T09:00:00Z", host: { hostname: "mac-7", protectVersion: "7.1.0" }, metadata: { vendor: "Jamf" }, process: { executable: { path: "/bin/zsh" }, audit_token: token(10, 1) }, event: { exec: { target: { executable: { path: "/bin/ls" }, audit_token: token(10, 2), parent_audit_token: token(9, 4) }, args: ["ls"] } } },
    { seq: { stream: "client", number: 12, counts: "own" }, parentKey: "9.4" },
  ],
  [
    "a connection of Jamf Protect: the parent of the extension that saw it is nobody's",
    "jamf-protect",
    { glob_seq_num: 13, event_type: 9, time: "2026-02-03T09:00:00Z", host: { hostname: "mac-7", protectVersion: "7.1.0" }, metadata: { vendor: "Jamf" }, process: { executable: { path: "/ext" }, audit_token: token(90, 1), parent_audit_token: token(1, 1) }, event: { network_connect: { instigator: { executable: { path: "/bin/curl" }, audit_token: token(44, 1) }, remote_endpoint: { host: "203.0.113.9", port: 443 } } } },
    { seq: { stream: "client", number: 13, counts: "own" } },
  ],
  ["an alert of Jamf Protect: its own id", "jamf-protect", { eventType: "GPProcessEvent", host: { hostname: "mac-7" }, match: { uuid: "m-1", event: { timestamp: 1_770_109_200.5, pid: 5 } }, related: { processes: [] } }, { id: "m-1" }],
  [
    "an event of Falcon: its id, when the cloud took it in, the parent's id",
    "crowdstrike-fdr",
    { event_simpleName: "ProcessRollup2", event_platform: "Win", aid: "a", cid: "c", id: "i-1", timestamp: "1770109203000", ProcessStartTime: "1770109200.000", TargetProcessId: "2", ParentProcessId: "1" },
    { id: "i-1", ingested: MS + 3000, parentKey: "1" },
  ],
  ["an event of Falcon that only the cloud dates has one clock", "crowdstrike-fdr", { event_simpleName: "DnsRequest", event_platform: "Win", aid: "a", cid: "c", id: "i-2", timestamp: "1770109203000", DomainName: "example.test", ContextProcessId: "2" }, { id: "i-2" }],
  [
    "a row of Defender's streaming export: when Defender received it, and who started the process",
    "defender-device",
    { time: "2026-02-03T09:00:20Z", tenantId: "t", category: "AdvancedHunting-DeviceProcessEvents", properties: { Timestamp: "2026-02-03T09:00:00Z", DeviceId: "d", DeviceName: "ws-1", ActionType: "ProcessCreated", FolderPath: "C:\\a.exe", ProcessId: 7, ReportId: 3, InitiatingProcessId: 5, InitiatingProcessCreationTime: "2026-02-03T08:00:00Z" } },
    { ingested: MS + 20_000, parentKey: "5.2026-02-03T08:00:00Z", id: "d/3/2026-02-03T09:00:00Z" },
  ],
  [
    "an OCSF event: id, order, when it was logged, that it was cut, how many it stands for, and the parent",
    "ocsf",
    { class_uid: 1007, activity_id: 1, time: MS, count: 4, metadata: { version: "1.5.0", uid: "u-1", sequence: 9, log_name: "security", logged_time: MS + 2000, is_truncated: true, product: { name: "X" } }, device: { hostname: "ws-1" }, process: { pid: 7, uid: "p-2", parent_process: { uid: "p-1" } } },
    { seq: { stream: "security", number: 9, counts: "shared" }, id: "u-1", ingested: MS + 2000, truncated: true, parentKey: "p-1", sampled: 4 },
  ],
  ["an OCSF event that gives its times as text", "ocsf", { class_uid: 4001, activity_id: 1, time: MS, metadata: { version: "1.5.0", logged_time_dt: "2026-02-03T09:00:02Z" }, device: { hostname: "ws-1" } }, { ingested: MS + 2000 }],
])("%s", (_, format, record, facts) => {
  expect(factsOf(format, typeof record === "string" ? record : JSON.stringify(record))).toEqual(facts);
});

test("an event of a binary log says of itself what the same event as XML says", () => {
  const known = formatById("evtx");
  if (known === undefined) throw new Error("evtx");
  const event = { Provider: "Microsoft-Windows-Sysmon", EventID: "1", Channel: "Microsoft-Windows-Sysmon/Operational", Computer: "ws-1", SystemTime: "2026-02-03T09:00:01.500Z", UtcTime: "2026-02-03 09:00:00.000", ProcessGuid: "{1}", ParentProcessGuid: "{2}" };
  const [item] = [...openReader(known, DEFAULT_LIMITS).push(buildEvtx([event]))].filter((one) => !("skipped" in one));
  if (item === undefined || !("record" in item)) throw new Error(JSON.stringify(item));
  expect(item.record.facts).toMatchObject({ seq: { stream: "Microsoft-Windows-Sysmon/Operational", number: 1, counts: "shared" }, written: MS + 1500, parentKey: "{2}" });
});
