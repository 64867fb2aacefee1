import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { requiredFields } from "@/lib/telemetry/required-fields";
import { DEFAULT_LIMITS } from "../read-events";
import type { ParsedRecord } from "../types";
import { formatById } from "./index";

function recordsOf(id: string, content: string | Uint8Array): ParsedRecord[] {
  const reader = formatById(id)?.open(DEFAULT_LIMITS);
  if (reader === undefined) throw new Error(id);
  return [...reader.push(Buffer.from(content)), ...reader.end()].flatMap((item) => ("record" in item ? [item.record] : []));
}

const lines = (values: readonly object[]): string => values.map((value) => `${JSON.stringify(value)}\n`).join("");

describe("the class of object that a record is about", () => {
  test("Windows object access: by ObjectType, and not said where the event prints none", () => {
    const access = (id: number, data: object) => ({ EventTime: "2026-02-03 08:00:00", EventID: id, Channel: "Security", Hostname: "pc-1", SourceName: "Microsoft-Windows-Security-Auditing", "@timestamp": "2026-02-03T08:00:00Z", ...data });
    const records = recordsOf(
      "windows-json",
      lines([
        access(4663, { ObjectType: "File", ObjectName: "C:\\x.txt" }),
        access(4663, { ObjectType: "Key", ObjectName: "\\REGISTRY\\MACHINE\\SAM" }),
        access(4656, { ObjectType: "Process", ObjectName: "\\Device\\HarddiskVolume2\\Windows\\System32\\lsass.exe" }),
        access(4656, { ObjectType: "SAM_DOMAIN", ObjectName: "CN=Builtin" }),
        access(4656, { ObjectType: "-", ObjectName: "-" }),
        access(4660, { HandleId: "0x1c" }),
        access(4688, { ObjectType: "File", NewProcessName: "C:\\a.exe" }),
      ]),
    );
    expect(records.map(({ objectClass }) => objectClass)).toEqual(["file", "registry-key", "process", "sam-domain", undefined, undefined, undefined]);
  });

  test("auditd: by the address family of SOCKADDR", () => {
    const event = (serial: number, saddr: string | null) =>
      `type=SYSCALL msg=audit(1770112800.100:${serial}): arch=c000003e syscall=42 success=yes exit=0 a0=3 a1=7f a2=6e a3=0 pid=9 ppid=1 uid=0 auid=1000 exe="/usr/bin/nc"\n${saddr === null ? "" : `type=SOCKADDR msg=audit(1770112800.100:${serial}): saddr=${saddr}\n`}type=PROCTITLE msg=audit(1770112800.100:${serial}): proctitle="nc"\n`;
    const records = recordsOf("auditd", [event(1, "020001BBCB0071040000000000000000"), event(2, "01002F72756E2F782E736F636B00"), event(3, "100000000000000000000000"), event(4, "0A0001BB0000000020010DB800000000000000000000000100000000"), event(5, null), event(6, "2800")].join(""));
    expect(records.map(({ kind, objectClass }) => [kind.key, objectClass])).toEqual([["connect", "inet-socket"], ["connect", "unix-socket"], ["connect", "netlink-socket"], ["connect", "inet-socket"], ["connect", undefined], ["connect", undefined]]);
  });

  test("Zeek: an answer without question or query type asks nothing; a question whose name is missing is still one", () => {
    const dns = (more: object) => ({ _path: "dns", ts: 1770112800.5, uid: "C1", "id.orig_h": "10.0.0.4", "id.orig_p": 5353, "id.resp_h": "10.0.0.1", "id.resp_p": 53, proto: "udp", trans_id: 7, ...more });
    const records = recordsOf("zeek-json", lines([dns({ query: "example.test", qtype: 1, rcode: 0 }), dns({ qtype: 1 }), dns({ rcode: 0 })]));
    expect(records.map(({ objectClass }) => objectClass)).toEqual(["dns-question", "dns-question", "dns-answer"]);
  });

  test("osquery sockets: by the family column", () => {
    const row = (family: string) => ({ name: "socket_events", hostIdentifier: "lin-1", unixTime: 1770112800, action: "added", columns: { action: "connect", path: "/usr/bin/nc", family, pid: "9", remote_address: family === "1" ? "" : "203.0.113.4", time: "1770112800" } });
    expect(recordsOf("osquery", lines([row("2"), row("1"), row("10"), row("77")])).map(({ objectClass }) => objectClass)).toEqual(["inet-socket", "unix-socket", "inet-socket", undefined]);
  });
});

describe("required objects", () => {
  test("are stated per component and record kind", () => {
    expect(requiredFields("DC0055", "windows-security:4663").objects).toEqual(["file"]);
    expect(requiredFields("DC0063", "windows-security:4663").objects).toEqual(["registry-key"]);
    expect(requiredFields("DC0035", "windows-security:4656").objects).toEqual(["process"]);
    expect(requiredFields("DC0082", "linux-auditd:connect").objects).toEqual(["inet-socket"]);
    expect(requiredFields("DC0032", "windows-sysmon:1")).not.toHaveProperty("objects");
  });

  test("a file's path does not pass for a process that was opened", () => {
    const { required, anyOf } = requiredFields("DC0035", "windows-security:4663");
    expect([...required, ...anyOf.flat()]).toContain("target_image");
    expect([...required, ...anyOf.flat()]).not.toContain("file_path");
  });
});

describe("values that a source hid", () => {
  test("CloudTrail and the unified log say of which field", () => {
    const [login] = recordsOf("cloudtrail", JSON.stringify({ Records: [{ eventVersion: "1.11", eventTime: "2026-02-03T08:00:00Z", eventSource: "signin.amazonaws.com", eventName: "ConsoleLogin", awsRegion: "eu-west-1", sourceIPAddress: "203.0.113.9", userIdentity: { type: "IAMUser", userName: "HIDDEN_DUE_TO_SECURITY_REASONS", accountId: "111122223333" }, recipientAccountId: "111122223333" }] }));
    expect(login?.fields["user"]).not.toBe("HIDDEN_DUE_TO_SECURITY_REASONS");
    const [message] = recordsOf("macos-unified-log", lines([{ timestamp: "2026-02-03 08:00:00.123456+0000", eventMessage: "<private>", eventType: "logEvent", subsystem: "com.example.agent", processImagePath: "/usr/libexec/exampled", processID: 7, machTimestamp: 5, messageType: "Default", traceID: 1, bootUUID: "B" }]));
    expect(message?.redacted).toEqual(["app_msg"]);
    expect(message?.fields["app_msg"]).toBeUndefined();
  });
});

const SAMPLE = join(process.env["SIGHTLINE_SAMPLES"] ?? join(import.meta.dirname, "../../../../shared"), "events/linux/auditd-raw/audit-rhel7.log");
test.skipIf(!existsSync(SAMPLE))("a real audit log: sockets of a known address family have their class, and only network sockets fill a destination", () => {
  const sockets = recordsOf("auditd", readFileSync(SAMPLE)).filter(({ native }) => JSON.stringify(native).includes('"saddr"'));
  const unspecified = (record: ParsedRecord): boolean => JSON.stringify(record.native).includes('"saddr":"0000');
  expect(new Set(sockets.map(({ objectClass }) => objectClass))).toEqual(new Set(["inet-socket", "netlink-socket", "unix-socket", undefined]));
  for (const record of sockets) {
    expect(record.objectClass === undefined).toBe(unspecified(record));
    if (record.fields["dst_ip"] !== undefined) expect(record.objectClass).toBe("inet-socket");
  }
});
