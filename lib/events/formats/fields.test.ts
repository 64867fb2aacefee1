import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { DEFAULT_LIMITS } from "../read-events";
import type { ParsedRecord } from "../types";
import { formatById } from "./index";

const FOLDER = join(import.meta.dirname, "__fixtures__");
const recordsOf = (id: string, content?: string, zone = "UTC"): ParsedRecord[] => {
  const name = readdirSync(FOLDER).find((file) => file.startsWith(`${id}.`)) ?? "";
  const reader = formatById(id)?.open({ ...DEFAULT_LIMITS, zone });
  if (reader === undefined) throw new Error(id);
  const bytes = content === undefined ? readFileSync(join(FOLDER, name)) : Buffer.from(content);
  return [...reader.push(bytes), ...reader.end()].flatMap((item) => ("record" in item ? [item.record] : []));
};
const brief = ({ kind, host, fields }: ParsedRecord): Record<string, string | number | null> & { kind: string } => ({ kind: `${kind.family}:${kind.key}`, host, ...fields });

describe("what each format makes of its records", () => {
  test("eslogger: exec shows the new image with its own token, whichever way the token is printed", () => {
    const [exec, create, rename] = recordsOf("eslogger").map(brief);
    expect(exec).toMatchObject({ kind: "macos-esf:exec", host: null, image: "/usr/bin/zip", cmd: "zip -r out.zip Documents", parent_image: "/bin/zsh", pid: 42, proc_uid: "42.8", ppid: 41, user: 501, proc_hash: "BB", cwd: "/Users/eva" });
    expect(create).toMatchObject({ kind: "macos-esf:create", image: "/usr/bin/zip", pid: 42, proc_uid: "42.8", user: 501, file_path: "/Users/eva/out.zip", file_op: "create" });
    expect(rename).toMatchObject({ kind: "macos-esf:rename", file_old_path: "/Users/eva/out.zip", file_path: "/Users/eva/in.zip" });
  });

  test("unified log: the subsystem is the key, else the process; redacted messages are empty; the closing line is no record", () => {
    const [first, second, ...rest] = recordsOf("macos-unified-log");
    expect(first && brief(first)).toMatchObject({ kind: "macos-unifiedlog:com.example.agent", image: "/usr/libexec/exampled", pid: 77, user: 501, app_msg: "began" });
    expect(first?.time).toMatchObject({ ms: Date.UTC(2026, 1, 3, 8, 0, 0, 123), precision: "us", zone: "known" });
    expect(second && brief(second)).toMatchObject({ kind: "macos-unifiedlog:second" });
    expect(second?.fields["app_msg"]).toBeUndefined();
    expect(rest).toEqual([]);
  });

  test("osquery: every row is a record; table and platform come from the query and its columns", () => {
    const [exec, root, volume, socket] = recordsOf("osquery").map(brief);
    expect(exec).toMatchObject({ kind: "macos-osquery:es_process_events", host: "mac-7", image: "/usr/bin/zip", cmd: "zip -r out.zip", user: "eva", proc_uid: "42.8" });
    expect([root?.["kind"], root?.["mount_point"], volume?.["mount_point"]]).toEqual(["macos-osquery:mounts#snapshot", "/", "/Volumes/x"]);
    expect(socket).toMatchObject({ kind: "linux-osquery:socket_events", host: "lin-1", dst_ip: "203.0.113.4", dst_port: "443", image: "/usr/bin/curl", user: "1000" });
  });

  test("Windows: flat, nested, winlogbeat and text-only records give the same fields", () => {
    const [flat, nested, beat, text, failed] = recordsOf("windows-json").map(brief);
    expect(flat).toMatchObject({ kind: "windows-sysmon:1", host: "PC-1.example.test", ts: "2026-02-03 08:00:00.123", cmd: "tar -cf x", parent_image: "C:\\Windows\\System32\\cmd.exe", user: "EX\\eva" });
    expect(nested).toMatchObject({ kind: "windows-security:4688", host: "pc-1", image: "C:\\Windows\\System32\\tar.exe", pid: 42, ppid: 41, parent_image: "C:\\Windows\\explorer.exe", cmd: "tar -cf x", user: "eva" });
    expect(beat).toMatchObject({ kind: "windows-sysmon:3", image: "C:\\a.exe", pid: 42, dst_ip: "203.0.113.4", dst_port: 443, src_ip: "10.0.0.4", direction: "true" });
    expect(text).toMatchObject({ kind: "windows-sysmon:11", ts: "2026-02-03 08:00:00.900", image: "C:\\a.exe", file_path: "C:\\Users\\eva\\x.tar", pid: "42" });
    expect(failed).toMatchObject({ kind: "windows-security:4625", user: "eva", target_user: "eva", src_ip: "10.0.0.9", auth_result: "failure", auth_reason: "Unknown user name.", logon_type: "3" });
  });

  test("Windows: a time without a zone is read in the zone that the options name, and says so", () => {
    const failed = recordsOf("windows-json", undefined, "Europe/Berlin")[4];
    expect(failed?.time).toMatchObject({ ms: Date.UTC(2026, 1, 3, 8, 0, 2), zone: "unknown" });
  });

  test("Windows: a log beside the big ones carries its channel in the key", () => {
    const event = (channel: string, id: number) => JSON.stringify({ Channel: channel, SourceName: "x", EventID: id, Hostname: "h", TimeCreated: "2026-02-03T08:00:00Z" });
    const kinds = recordsOf("windows-json", [event("Microsoft-Windows-Windows Defender/Operational", 1116), event("System", 7045), event("Vendor/Log", 1)].join("\n")).map((r) => brief(r).kind);
    expect(kinds).toEqual(["windows-defence:Microsoft-Windows-Windows Defender/Operational/1116", "windows-system:7045", "windows-misc:Vendor/Log/1"]);
  });

  test("ECS: category and action, else type, are the key; search hits are unwrapped", () => {
    const [exec, create] = recordsOf("ecs-endpoint").map(brief);
    expect(exec).toMatchObject({ kind: "edr-generic:process/exec", host: "mac-7", cmd: "zip -r out.zip", parent_image: "/bin/zsh", proc_uid: "e1" });
    expect(create).toMatchObject({ kind: "edr-generic:file/creation", file_path: "/Users/eva/out.zip", image: "/usr/bin/zip" });
  });

  test("auditd: lines join by serial though they interleave, values are decoded, calls named by architecture", () => {
    const byKind = new Map(recordsOf("auditd").map((record) => [brief(record).kind, brief(record)]));
    expect(byKind.size).toBe(4);
    expect(byKind.get("linux-auditd:execve")).toMatchObject({ host: "web-1", image: "/usr/bin/perl", cmd: "perl -e print 1", cwd: "/root", pid: "42", ppid: "41", user: "0", session_id: "3" });
    expect(byKind.get("linux-auditd:connect")).toMatchObject({ dst_ip: "203.0.113.4", dst_port: 443, image: "/usr/bin/curl" });
    expect(byKind.get("linux-auditd:rename")).toMatchObject({ file_old_path: "/home/eva/a.txt", file_path: "/home/eva/b c", file_op: "rename" });
    expect(byKind.get("linux-auditd:USER_LOGIN")).toMatchObject({ user: "eva", src_ip: "10.0.0.9", auth_result: "success" });
  });

  test("auoms: one syslog message is one event, with its command line unquoted", () => {
    expect(recordsOf("oms-auditd").map(brief)).toMatchObject([{ kind: "linux-auditd:execve", host: "WEB-1", cmd: 'sh -c "id; uname"', user: "www", image: "/bin/sh" }]);
  });

  test("Zeek: the local side stands for the host, whichever end it is", () => {
    const [out, inbound] = recordsOf("zeek-tsv").map(brief);
    expect(out).toMatchObject({ kind: "nsm-zeek:conn", host: "10.0.0.4", dst_ip: "203.0.113.4", dst_port: "443", bytes_out: "100", conn_uid: "C1" });
    expect(inbound).toMatchObject({ host: "192.168.1.9" });
    expect(inbound?.["app_proto"]).toBeUndefined();
    const [dns, conn] = recordsOf("zeek-json").map(brief);
    expect(dns).toMatchObject({ kind: "nsm-zeek:dns", dns_query: "example.test", rdata: "203.0.113.4" });
    expect(conn).toMatchObject({ kind: "nsm-zeek:conn", src_ip: "10.0.0.4", bytes_out: 10 });
  });

  test("CloudTrail: the account stands for the host; what was acted upon is found inside the request", () => {
    const [get, create] = recordsOf("cloudtrail").map(brief);
    expect(get).toMatchObject({ kind: "aws-cloudtrail:GetObject", host: "111122223333", storage_obj: "b/k/1", cloud_account: "111122223333", cred_id: "ASIAEXAMPLE" });
    expect(create).toMatchObject({ kind: "aws-cloudtrail:CreateUser", host: "111122223333", user: "eva", target_user: "mallory", cloud_result: "AccessDenied" });
  });
});
