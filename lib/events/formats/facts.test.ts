import { expect, test } from "vitest";
import { DEFAULT_LIMITS } from "../read-events";
import { openReader } from "../open-reader";
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
])("%s", (_, format, record, facts) => {
  expect(factsOf(format, typeof record === "string" ? record : JSON.stringify(record))).toEqual(facts);
});
