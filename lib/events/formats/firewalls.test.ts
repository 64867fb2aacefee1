import { describe, expect, test } from "vitest";
import { componentsOfKind, kindId } from "@/lib/telemetry/record-kinds";
import { DEFAULT_LIMITS } from "../read-events";
import { openReader } from "../open-reader";
import type { ParsedRecord } from "../types";
import { readCiscoHeader } from "./cisco/read-header";
import { formatById } from "./index";

const REFERENCE = Date.UTC(2026, 1, 10);

function read(format: string, ...lines: string[]): ParsedRecord[] {
  const known = formatById(format);
  if (known === undefined) throw new Error(format);
  const reader = openReader(known, { ...DEFAULT_LIMITS, zone: "UTC", reference: REFERENCE });
  return [...reader.push(Buffer.from(lines.map((line) => `${line}\n`).join(""))), ...reader.end()].flatMap((item) => ("record" in item ? [item.record] : []));
}
const kindOf = (record: ParsedRecord | undefined) => (record === undefined ? "" : kindId(record.kind.family, record.kind.key));
const at = (text: string) => Date.parse(text);

describe("an administrator's log-in to a firewall", () => {
  test.each<[from: string, format: string, line: string, fields: Record<string, string>]>([
    ["FortiOS in CEF", "cef", "<13>Feb  3 11:15:40 fgt-1 CEF: 0|Fortinet|Fortigate|v7.4|32001|event:system login success|2|deviceExternalId=FGT1 FTNTFGTlogid=0100032001 cat=event:system FTNTFGTmethod=https duser=ana sproc=https(192.0.2.44) src=192.0.2.44 dst=192.0.2.1 act=login outcome=success reason=none", { user: "ana", src_ip: "192.0.2.44", auth_result: "success", auth_method: "https" }],
    ["FortiOS's own log", "fortigate", 'date=2026-02-03 time=10:45:00 devname="fgt-1" tz="+0100" logid="0100032001" type="event" subtype="system" user="ana" method="ssh" srcip=192.0.2.44 action="login" status="success"', { user: "ana", src_ip: "192.0.2.44", auth_result: "success", auth_method: "ssh" }],
    ["PAN-OS in CEF", "cef", "CEF:0|Palo Alto Networks|PAN-OS|11.1|general|SYSTEM|1|rt=Feb 03 2026 11:15:41 GMT cat=general msg=User ana logged in via CLI from 192.0.2.44 dvchost=pa-1", { user: "ana", src_ip: "192.0.2.44", auth_result: "success", auth_method: "CLI" }],
    ["PAN-OS in LEEF", "leef", 'LEEF:2.0|Palo Alto Networks|PAN-OS Syslog Integration|11.1|general|x7C|cat=SYSTEM|Subtype=general|devTime=Feb 03 2026 11:15:42 GMT|msg="User ana logged in via Web from 192.0.2.44 using https"|devName=pa-1', { user: "ana", src_ip: "192.0.2.44", auth_result: "success" }],
    ["PAN-OS's own log", "panos-csv", '1,2026/02/03 09:46:00,0030,SYSTEM,general,0,2026/02/03 09:46:00,,general,,0,0,general,informational,"User ana logged in via Web from 192.0.2.44 using https",1,0x0,0,0,0,0,,pa-1', { user: "ana", src_ip: "192.0.2.44", auth_result: "success", host: "pa-1" }],
    ["Cisco ASA", "cisco-syslog", 'Feb 03 2026 09:31:02 asa-1 : %ASA-6-605005: Login permitted from 192.0.2.44/51123 to inside:192.0.2.1/https for user "ana"', { user: "ana", src_ip: "192.0.2.44", auth_result: "success", host: "asa-1" }],
    ["Elastic's record of FortiOS", "ecs", JSON.stringify({ "@timestamp": "2026-02-03T09:45:00Z", ecs: { version: "8.17.0" }, data_stream: { dataset: "fortinet_fortigate.log" }, event: { code: "0100032001", category: ["authentication"], action: "login", outcome: "success", kind: "event" }, fortinet: { firewall: { type: "event" } }, observer: { name: "fgt-1" }, user: { name: "ana" }, source: { ip: "192.0.2.44" } }), { user: "ana", src_ip: "192.0.2.44", auth_result: "success" }],
  ])("is told by %s", (_, format, line, fields) => {
    const [record] = read(format, line);
    expect(kindOf(record)).toBe("firewall:login");
    expect(record?.fields).toMatchObject(fields);
    expect(record?.time).not.toBeNull();
  });

  test("one that failed is an authentication and no session; neither is traffic, though two addresses stand in it", () => {
    const lines: readonly [string, string][] = [
      ["cef", "Feb  3 11:15:40 fgt-1 CEF: 0|Fortinet|Fortigate|v7.4|32002|event:system login failed|7|FTNTFGTlogid=0100032002 cat=event:system duser=root src=192.0.2.66 dst=192.0.2.1 act=login outcome=failed"],
      ["fortigate", 'date=2026-02-03 time=10:45:01 logid="0100032002" type="event" subtype="system" user="root" srcip=192.0.2.66 dstip=192.0.2.1 status="failed"'],
      ["cisco-syslog", "<166>Feb  3 09:31:02 asa-1 %ASA-6-605004: Login denied from 192.0.2.66/51123 to inside:192.0.2.1/ssh for user \"root\""],
    ];
    for (const [format, line] of lines) {
      const [record] = read(format, line);
      expect(kindOf(record), format).toBe("firewall:login-failed");
      expect(record?.fields).toMatchObject({ user: "root", auth_result: "failure", src_ip: "192.0.2.66" });
    }
    expect([...componentsOfKind("firewall:login-failed")]).toEqual(["DC0002"]);
    expect([...componentsOfKind("firewall:login")].sort()).toEqual(["DC0002", "DC0067"]);
  });

  test("what may be any user's authentication, and other events of the system, are none", () => {
    const auth = 'Feb 3 1,2026/02/03 09:46:01,0030,SYSTEM,auth,0,2026/02/03 09:46:01,,auth-fail,,0,0,general,medium,"failed authentication for user \'ana\'.",1,0x0,0,0,0,0,,pa-1'.slice(6);
    expect(kindOf(read("panos-csv", auth)[0])).toBe("firewall:system");
    expect(kindOf(read("cef", "CEF:0|Palo Alto Networks|PAN-OS|11.1|auth|SYSTEM|1|rt=Feb 03 2026 11:15:41 GMT cat=auth-success msg=authenticated for user 'ana'. src=192.0.2.1 dst=192.0.2.2")[0])).toBe("firewall:system");
    expect(kindOf(read("cef", "CEF:0|Fortinet|Fortigate|v7.4|43008|event:user authentication success|3|rt=1770111660000 cat=event:user duser=ana src=192.0.2.1 dst=192.0.2.2")[0])).toBe("firewall:system");
  });
});

describe("Cisco's syslog", () => {
  test.each<[header: string, host: string | null, time: string | null]>([
    ["", null, null],
    ["<166>Feb 03 2026 10:23:03: ", null, "2026-02-03T10:23:03Z"],
    ["<166>Feb 03 2026 10:23:03 fw-1 : ", "fw-1", "2026-02-03T10:23:03Z"],
    ["<166>:Feb 03 10:23:03 UTC: ", null, "2026-02-03T10:23:03Z"],
    ["2026-02-03T10:23:05+01:00 fw-1 : ", "fw-1", "2026-02-03T09:23:05Z"],
    ["<189>Feb  3 10:23:02 sw-1 29: sw-1: Feb  3 10:23:01.123: ", "sw-1", "2026-02-03T10:23:01.123Z"],
    ["<189>Feb  3 10:23:02 sw-1 29: *Mar  1 00:00:46.123: ", "sw-1", "2026-02-03T10:23:02Z"],
    ["000123: .Feb  3 2026 10:23:02.5 UTC: ", null, "2026-02-03T10:23:02.500Z"],
    ["<189>44: 1w2d: ", null, null],
  ])("behind the header %j", (header, host, time) => {
    const found = readCiscoHeader(`${header}%SYS-5-CONFIG_I: Configured from console by ana on vty0 (192.0.2.44)`);
    expect(found).toMatchObject({ facility: "SYS", severity: 5, mnemonic: "CONFIG_I", host });
    const reading = found?.readTime("UTC", REFERENCE);
    expect(reading !== undefined && "time" in reading ? reading.time.ms : null).toBe(time === null ? null : at(time));
  });

  test("a mnemonic in the middle of a sentence is no message of a device", () => {
    for (const line of ["the message %SYS-5-CONFIG_I: was seen", "Feb  3 10:23:02 web-1 app[7]: got %ASA-6-605005: Login", "%d-5-x: y", `${"a".repeat(300)}%SYS-5-CONFIG_I: x`]) expect(readCiscoHeader(line)).toBeNull();
  });

  test("who began a connection is its source, whichever side is named first; its end says nothing of that", () => {
    const [out, back, end] = read(
      "cisco-syslog",
      "Feb 03 2026 09:31:03 fw-1 : %ASA-6-302013: Built outbound TCP connection 1 for outside:198.51.100.7/443 (198.51.100.7/443) to inside:192.0.2.15/40112 (203.0.113.5/40112)",
      "Feb 03 2026 09:31:04 fw-1 : %ASA-6-302015: Built inbound UDP connection 2 for outside:198.51.100.9/5353 (198.51.100.9/5353)(LOCAL\\ana) to dmz:192.0.2.80/53 (192.0.2.80/53)",
      "Feb 03 2026 09:31:05 fw-1 : %ASA-6-302014: Teardown TCP connection 1 for outside:198.51.100.7/443 to inside:192.0.2.15/40112 duration 0:00:02 bytes 10",
    );
    expect([out?.fields, back?.fields]).toMatchObject([
      { src_ip: "192.0.2.15", src_port: "40112", dst_ip: "198.51.100.7", dst_port: "443", proto: "tcp" },
      { src_ip: "198.51.100.9", src_port: "5353", dst_ip: "192.0.2.80", dst_port: "53", proto: "udp" },
    ]);
    expect([kindOf(out), kindOf(back), kindOf(end)]).toEqual(["firewall:traffic", "firewall:traffic", "firewall:system"]);
  });

  test("a router's log-ins, logged commands and visits to its configuration are told apart", () => {
    const records = read(
      "cisco-syslog",
      "Feb  3 10:00:00 sw-1 1: Feb  3 10:00:00.1: %SEC_LOGIN-5-LOGIN_SUCCESS: Login Success [user: ana] [Source: 192.0.2.44] [localport: 22] at 10:00:00 UTC Tue Feb 3 2026",
      "Feb  3 10:00:01 sw-1 2: Feb  3 10:00:01.1: %SYS-6-LOGOUT: User ana has exited tty session 2(192.0.2.44)",
      "Feb  3 10:00:02 sw-1 3: Feb  3 10:00:02.1: %PARSER-5-CFGLOG_LOGGEDCMD: User:ana  logged command:no logging host 192.0.2.9",
      "Feb  3 10:00:03 sw-1 4: Feb  3 10:00:03.1: %SYS-5-CONFIG_I: Configured from console by ana on vty0 (192.0.2.44)",
      "Feb  3 10:00:04 sw-1 5: Feb  3 10:00:04.1: %AUTHMGR-5-SUCCESS: Authorization succeeded for client (aabb.cc00.1122) on Interface Gi1/0/1",
      "Feb  3 10:00:05 sw-1 6: Feb  3 10:00:05.1: %SSH-5-SSH2_USERAUTH: User 'ana' authentication for SSH2 Session from 192.0.2.44 (tty = 0) using crypto cipher 'aes' Succeeded",
    );
    expect(records.map(kindOf)).toEqual(["network-device:login", "network-device:syslog", "network-device:config-log", "network-device:config-mode", "network-device:syslog", "network-device:aaa-authentication"]);
    expect(records[0]?.fields).toMatchObject({ user: "ana", src_ip: "192.0.2.44", auth_result: "success" });
    expect(records[2]?.fields).toMatchObject({ user: "ana", cmd: "no logging host 192.0.2.9" });
    expect([...componentsOfKind("network-device:config-mode")]).toEqual([]);
  });
});

test("a record without a time of its own has that of its syslog header, year or not", () => {
  const [record] = read("cef", "<13>Feb  3 11:15:40 fw-1 CEF:0|Example|Gate|1|7|opened|3|suser=ana");
  expect(record?.time?.ms).toBe(at("2026-02-03T11:15:40Z"));
});
