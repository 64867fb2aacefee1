import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { componentsOfKind, platformsOfKind, verdictOnKind } from "@/lib/telemetry/record-kinds";
import { requiredFields } from "@/lib/telemetry/required-fields";
import { DEFAULT_LIMITS } from "../read-events";
import type { ParsedRecord } from "../types";
import { formatById } from "./index";

const FOLDER = join(import.meta.dirname, "__fixtures__");

function recordsOf(id: string, content?: string | object): ParsedRecord[] {
  const reader = formatById(id)?.open(DEFAULT_LIMITS);
  if (reader === undefined) throw new Error(id);
  const name = readdirSync(FOLDER).find((file) => file.startsWith(`${id}.`)) ?? "";
  const bytes = content === undefined ? readFileSync(join(FOLDER, name)) : Buffer.from(typeof content === "string" ? content : JSON.stringify(content));
  return [...reader.push(bytes), ...reader.end()].flatMap((item) => ("record" in item ? [item.record] : []));
}

const kindOf = ({ kind }: ParsedRecord) => `${kind.family}:${kind.key}`;
const byKind = (id: string) => new Map(recordsOf(id).map((record): [string, Readonly<Record<string, string | number | null>>] => [kindOf(record), { ...record.fields, host: record.host }]));

/** Components that a record of these fields does not prove, with what it lacks. */
function shortOf(record: ParsedRecord): string[] {
  const kind = kindOf(record);
  return componentsOfKind(kind).flatMap((id) => {
    const { required, anyOf } = requiredFields(id, kind);
    const missing = [...required.filter((field) => record.fields[field] === undefined), ...anyOf.filter((group) => !group.some((field) => record.fields[field] !== undefined)).map((group) => group.join("|"))];
    return missing.length === 0 ? [] : [`${kind} ${id}: ${missing.join(", ")}`];
  });
}

describe("Santa", () => {
  const events = byKind("santa");

  test("an execution has its arguments unescaped; a denied one is no process start", () => {
    const [exec, denied] = recordsOf("santa");
    expect(exec?.fields).toMatchObject({ image: "/usr/bin/zip", cmd: "zip -r out.zip a|b\nc", pid: "42", ppid: "41", proc_uid: "42.8", user: "eva", proc_hash: "aa01", proc_signer: "Software Signing" });
    expect(exec?.fields["parent_image"]).toBeUndefined();
    expect([exec && kindOf(exec), exec?.host, exec?.time?.precision, exec?.time?.zone]).toEqual(["edr-santa:EXEC", "mac-7", "ms", "known"]);
    expect(denied && kindOf(denied)).toBe("edr-santa:EXEC/DENY");
    expect(componentsOfKind("edr-santa:EXEC/DENY")).not.toContain("DC0032");
    expect(denied?.fields["app_msg"]).toContain("DENY");
  });

  test("file events name the acting process and both paths", () => {
    const [, , write, rename, , link] = recordsOf("santa");
    expect(write?.fields).toMatchObject({ file_path: "/Users/eva/out.zip", image: "/usr/bin/zip", user: "eva", file_op: "WRITE" });
    expect(rename?.fields).toMatchObject({ file_old_path: "/Users/eva/out.zip", file_path: "/Users/eva/in.zip", image: "/bin/mv" });
    expect(link?.fields).toMatchObject({ file_old_path: "/Users/eva/a", file_path: "/Users/eva/b" });
    expect(events.get("edr-santa:DELETE")).toMatchObject({ file_path: "/Users/eva/in.zip" });
    expect(events.get("edr-santa:DISKAPPEAR")).toMatchObject({ mount_point: "/Volumes/STICK", device_id: "0123456789", device_class: "Example Stick" });
  });

  test("log-ins tell the account that tried, not the daemon's", () => {
    const logins = recordsOf("santa").filter(({ kind }) => /LOGIN$/.test(kind.key));
    expect(logins.map(({ fields }) => [fields["user"], fields["auth_result"], fields["src_ip"]])).toEqual([["eva", "success", "203.0.113.4"], ["mallory", "failure", undefined], ["mallory", "failure", "203.0.113.9"]]);
    expect(logins[1]?.fields["auth_reason"]).toBe("Login incorrect");
  });

  test("JSON messages give the same kinds; bytes are decoded, the image before exec stands for the parent", () => {
    const json = recordsOf("santa").filter(({ time }) => time?.field !== "line");
    expect(json.map(kindOf)).toEqual(["edr-santa:EXEC", "edr-santa:OPENSSH_LOGIN", "edr-santa:RENAME"]);
    expect(json[0]?.fields).toMatchObject({ image: "/bin/zsh", parent_image: "/usr/bin/login", cmd: "zsh -c id; uname", proc_uid: "70.2", cwd: "/Users/eva", proc_hash: "aa04" });
    expect(json[0]?.facts).toMatchObject({ parentKey: "41.3" });
    expect(json[0]?.time?.precision).toBe("ns");
    expect(json[2]?.fields).toMatchObject({ file_path: "/Users/eva/d", file_old_path: "/Users/eva/c", image: "/bin/mv", user: "eva" });
  });

  test("keys come in any order, and a later pair of the same name belongs to somebody's arguments", () => {
    const [record] = recordsOf("santa", "[2026-02-03T08:00:00.000Z] I santad: action=EXEC|args=tool a=b|user=eva|pid=1|path=/a|decision=ALLOW|x-y|user=root\n");
    expect(record?.fields).toMatchObject({ user: "eva", image: "/a", cmd: "tool a=b" });
  });
});

describe("Jamf Protect", () => {
  const events = byKind("jamf-protect");

  test("telemetry is Endpoint Security with a host and names", () => {
    expect(events.get("edr-jamf:exec")).toMatchObject({ host: "mac-7", image: "/usr/bin/zip", cmd: "zip -r out.zip", parent_image: "/bin/zsh", pid: 42, proc_uid: "42.8", ppid: 41, user: "eva", proc_hash: "ab42" });
    expect(recordsOf("jamf-protect")[0]?.facts).toMatchObject({ seq: { number: 1, counts: "own" }, parentKey: "41.3" });
    expect(events.get("edr-jamf:sudo")).toMatchObject({ user: "eva", target_user: "root", auth_result: "success", cmd: "/usr/bin/id" });
    expect(events.get("edr-jamf:od_group_add")).toMatchObject({ target_user: "mallory", target_group: "admin" });
  });

  test("a connection belongs to the instigator, not to the network extension that saw it", () => {
    expect(events.get("edr-jamf:network_connect")).toMatchObject({ image: "/usr/bin/curl", pid: 44, user: "eva", dst_ip: "203.0.113.4", dst_port: "443", dst_host: "files.example.test", proto: "tcp" });
  });

  test("BSM records of older versions: arguments in their order, milliseconds joined", () => {
    expect(events.get("edr-jamf:AUE_EXECVE")).toMatchObject({ host: "mac-8", image: "/usr/bin/bsdtar", cmd: "/usr/bin/tar -cf x.tar z", parent_image: "/bin/zsh", ppid: 41, user: "eva" });
    expect(recordsOf("jamf-protect").find(({ kind }) => kind.key === "AUE_EXECVE")?.time).toMatchObject({ ms: Date.UTC(2026, 1, 3, 8, 0, 5, 7), precision: "ms" });
    expect(events.get("edr-jamf:AUE_CONNECT")).toMatchObject({ dst_ip: "203.0.113.4", dst_port: 443, pid: 51 });
  });

  test("an alert is a message about an act, never the act's own kind", () => {
    expect(events.get("edr-jamf:alert/GPFSEvent")).toMatchObject({ app_msg: "A launch daemon was created", file_path: "/Library/LaunchDaemons/x.plist", image: "/bin/bash", parent_image: "/usr/libexec/installd", user: "root" });
    expect(componentsOfKind("edr-jamf:alert/GPFSEvent")).toEqual(["DC0038"]);
    expect(events.get("edr-jamf:alert/GPUSBEvent")).toMatchObject({ device_id: "0123456789" });
  });
});

describe("Microsoft Defender", () => {
  const events = byKind("defender-device");
  const of = (key: string) => events.get(`edr-defender:${key}@Windows`);

  test("in process events the row is the new process; everywhere else the initiating process acts", () => {
    expect(of("DeviceProcessEvents/ProcessCreated")).toMatchObject({ host: "pc-7.example.test", image: "C:\\Windows\\System32\\tar.exe", cmd: "tar -cf x.tar Documents", pid: 42, ppid: 41, parent_image: "c:\\windows\\system32\\cmd.exe", parent_cmd: "cmd.exe /c tar", user: "eva", proc_hash: "ab42" });
    expect(of("DeviceNetworkEvents/ConnectionSuccess")).toMatchObject({ image: "c:\\windows\\system32\\cmd.exe", pid: 41, dst_ip: "203.0.113.4", dst_port: 443, dst_host: "files.example.test", parent_image: "explorer.exe" });
    expect(of("DeviceFileEvents/FileRenamed")).toMatchObject({ file_path: "C:\\Users\\eva\\y.tar", file_old_path: "C:\\Users\\eva\\x.tar", image: "c:\\windows\\system32\\cmd.exe" });
    expect(of("DeviceImageLoadEvents/ImageLoaded")).toMatchObject({ module_path: "C:\\Users\\eva\\z.dll" });
    expect(of("DeviceRegistryEvents/RegistryValueSet")).toMatchObject({ reg_value: "x", reg_data: "C:\\x.exe" });
  });

  test("the canonical source of an accepted connection is the remote end", () => {
    expect(of("DeviceNetworkEvents/InboundConnectionAccepted")).toMatchObject({ src_ip: "203.0.113.9", dst_ip: "192.0.2.7", dst_port: 3389, direction: "inbound" });
  });

  test("a log-on's account is the one that logged on", () => {
    expect(of("DeviceLogonEvents/LogonFailed")).toMatchObject({ user: "mallory", auth_result: "failure", auth_reason: "InvalidUserNameOrPassword", src_ip: "203.0.113.9", logon_type: "Network", auth_method: "NTLM" });
  });

  test("AdditionalFields are read as object and as text, by action", () => {
    expect(of("DeviceEvents/PowerShellCommand")).toMatchObject({ cmd: "Get-ChildItem" });
    expect(of("DeviceEvents/CreateRemoteThreadApiCall")).toMatchObject({ api_name: "CreateRemoteThreadApiCall", target_image: "C:\\Windows\\System32\\notepad.exe", target_pid: 77, pid: 41 });
    expect(of("DeviceEvents/ScheduledTaskCreated")).toMatchObject({ job_name: "\\Updater" });
    expect(of("DeviceEvents/ServiceInstalled")).toMatchObject({ svc_name: "Updater", svc_path: "C:\\s.exe", svc_account: "LocalSystem" });
    expect(of("DeviceEvents/NamedPipeEvent")).toMatchObject({ pipe_name: "\\Device\\NamedPipe\\x" });
    expect(of("DeviceNetworkEvents/HttpConnectionInspected")).toMatchObject({ url: "/x", http_method: "GET", dst_host: "files.example.test", app_proto: "http" });
  });

  test("a row's platform is what it says, else what its paths show, else unsaid", () => {
    const row = (path: string, more: object = {}) => ({ Timestamp: "2026-02-03T08:00:00Z", DeviceId: "d", ActionType: "ProcessCreated", FolderPath: path, FileName: "x", ...more });
    const key = (value: object) => recordsOf("defender-device", value)[0]?.kind.key;
    expect(key(row("/usr/bin/x"))).toBe("DeviceProcessEvents/ProcessCreated");
    expect(key(row("/Applications/x.app/Contents/MacOS/x"))).toBe("DeviceProcessEvents/ProcessCreated@macOS");
    expect(key(row("/usr/bin/x", { OSPlatform: "Ubuntu" }))).toBe("DeviceProcessEvents/ProcessCreated@Linux");
    expect(key(row("C:\\x", { OSPlatform: "macOS" }))).toBe("DeviceProcessEvents/ProcessCreated@macOS");
    expect(platformsOfKind("edr-defender:DeviceProcessEvents/ProcessCreated@macOS")).toEqual(["macOS"]);
  });

  test("a row whose action no table is known for is refused, unless the export names the table", () => {
    const row = { Timestamp: "2026-02-03T08:00:00Z", DeviceId: "d", DeviceName: "pc-7", ActionType: "SomethingNew" };
    expect(recordsOf("defender-device", row)).toEqual([]);
    expect(recordsOf("defender-device", { ...row, Type: "DeviceEvents" }).map(kindOf)).toEqual(["edr-defender:DeviceEvents/SomethingNew"]);
    expect(recordsOf("defender-device", { time: "2026-02-03T08:00:01Z", category: "AdvancedHunting-DeviceEvents", properties: row }).map(kindOf)).toEqual(["edr-defender:DeviceEvents/SomethingNew"]);
    expect(verdictOnKind("edr-defender:DeviceEvents/SomethingNew")).toBe("unknown");
  });

  test("a path that is only a folder is completed with the file's name, one that is whole is not", () => {
    const row = (FolderPath: string, FileName: string) => recordsOf("defender-device", { Timestamp: "2026-02-03T08:00:00Z", DeviceId: "d", ActionType: "FileCreated", FolderPath, FileName })[0]?.fields["file_path"];
    expect(row("C:\\a", "b.txt")).toBe("C:\\a\\b.txt");
    expect(row("C:\\a\\B.TXT", "b.txt")).toBe("C:\\a\\B.TXT");
    expect(row("/x/gunzip", "zip")).toBe("/x/gunzip/zip");
  });
});

describe("CrowdStrike Falcon", () => {
  const events = byKind("crowdstrike-fdr");

  test("a process start: the system's number beside the sensor's id, and a parent by name", () => {
    const start = events.get("edr-crowdstrike:ProcessRollup2@Windows");
    expect(start).toMatchObject({ host: "0000000000000000000000000000aid7", pid: "2296", proc_uid: "289741187433", parent_image: "explorer.exe", cmd: "tar -cf x.tar Documents", user: "S-1-5-21-1" });
    expect(start?.["ppid"]).toBeUndefined();
    const [first, mac] = recordsOf("crowdstrike-fdr");
    expect(first?.time).toMatchObject({ ms: Date.UTC(2026, 1, 3, 8, 0, 0, 402), field: "ProcessStartTime" });
    expect(first?.facts).toMatchObject({ parentKey: "289734651298", ingested: Date.UTC(2026, 1, 3, 8, 0, 0, 400) });
    expect([mac?.host, mac?.fields["user"], mac?.kind.key]).toEqual(["mac-7", "eva", "ProcessRollup2@macOS"]);
  });

  test("a process that ran before the sensor is told of, not started", () => {
    expect(componentsOfKind("edr-crowdstrike:SyntheticProcessRollup2")).toEqual(["DC0034"]);
    expect(recordsOf("crowdstrike-fdr")[2]?.time?.field).toBe("ContextTimeStamp");
  });

  test("what a process did names it by the sensor's id", () => {
    expect(events.get("edr-crowdstrike:NetworkConnectIP4@Windows")).toMatchObject({ proc_uid: "289741187433", dst_ip: "203.0.113.4", dst_port: "443", src_ip: "192.0.2.7", proto: "tcp", direction: "outbound" });
    expect(events.get("edr-crowdstrike:NetworkReceiveAcceptIP6@Linux")).toMatchObject({ src_ip: "2001:db8::9", dst_ip: "2001:db8::7", dst_port: "22", direction: "inbound" });
    expect(events.get("edr-crowdstrike:FileRenameInfo@Windows")).toMatchObject({ file_old_path: "\\Device\\HarddiskVolume3\\a", file_path: "\\Device\\HarddiskVolume3\\b" });
    expect(events.get("edr-crowdstrike:InjectedThread@Windows")).toMatchObject({ proc_uid: "289741187433", target_pid: "77" });
    expect(events.get("edr-crowdstrike:AsepValueUpdate@Windows")).toMatchObject({ reg_value: "x", reg_data: "C:\\x.exe" });
    expect(events.get("edr-crowdstrike:ScheduledTaskRegistered@Windows")).toMatchObject({ job_name: "\\Updater", job_action: "C:\\u.exe /q" });
    expect(events.get("edr-crowdstrike:ScriptControlScanInfo@macOS")).toMatchObject({ script_text: "id; uname" });
    expect(events.get("edr-crowdstrike:UserLogon@Windows")).toMatchObject({ host: "PC-7", user: "eva", auth_result: "success", src_ip: "203.0.113.9", logon_type: "10" });
  });

  test("the log search's own export is read too", () => {
    expect(recordsOf("crowdstrike-fdr").at(-1)).toMatchObject({ host: "mac-8", kind: { key: "SensorHeartbeat@macOS" }, time: { field: "@timestamp" } });
  });
});

describe("OCSF", () => {
  const events = byKind("ocsf");

  test("class and activity are the key, behind them the device's system", () => {
    expect(events.get("ocsf:1007/1@macOS")).toMatchObject({ host: "mac-7", image: "/usr/bin/zip", cmd: "zip -r out.zip", pid: 42, ppid: 41, parent_image: "/bin/zsh", user: "eva", proc_hash: "ab" });
    expect(events.get("ocsf:1001/5@macOS")).toMatchObject({ file_old_path: "/Users/eva/a", file_path: "/Users/eva/b", image: "/bin/mv" });
    expect(events.get("ocsf:1005/1@Windows")).toMatchObject({ module_path: "C:\\z.dll", image: "C:\\a.exe", pid: 43 });
    expect(events.get("ocsf:1009/1@Windows")).toMatchObject({ script_text: "Get-ChildItem" });
    expect(events.get("ocsf:1006/1@Windows")).toMatchObject({ job_name: "\\Updater", job_action: "C:\\u.exe /q" });
    expect(events.get("ocsf:201002/2@Windows")).toMatchObject({ reg_key: "HKCU\\Software\\Run", reg_data: "C:\\x.exe" });
    expect(events.get("ocsf:201004/1@Windows")).toMatchObject({ svc_name: "Updater", svc_path: "C:\\u.exe", svc_account: "LocalSystem" });
    expect(events.get("ocsf:3006/3@Windows")).toMatchObject({ target_group: "Administrators", target_user: "mallory", user: "eva" });
    expect(events.get("ocsf:4003/1")).toMatchObject({ host: "192.168.1.7", dns_query: "files.example.test", rdata: "203.0.113.4" });
  });

  test("the activity comes from type_uid where a table left it out; seconds are told from milliseconds", () => {
    const end = recordsOf("ocsf")[1];
    expect(end && kindOf(end)).toBe("ocsf:1007/2@Windows");
    expect(end?.time).toMatchObject({ ms: Date.UTC(2026, 1, 3, 8, 0, 1), precision: "s" });
    expect(end?.fields["parent_image"]).toBeUndefined();
  });

  test("a sign-in of a service is not one of a host", () => {
    expect(events.get("ocsf:3002/1@Linux")).toMatchObject({ host: "web-1", user: "eva", auth_result: "success", auth_method: "publickey" });
    expect(events.get("ocsf:3002/1")).toMatchObject({ host: "tenant-1", auth_result: "failure", auth_reason: "INVALID_CREDENTIALS" });
    expect(platformsOfKind("ocsf:3002/1")).not.toContain("Linux");
  });

  test("CloudTrail in Security Lake is CloudTrail", () => {
    expect(events.get("aws-cloudtrail:CreateUser")).toMatchObject({ host: "111122223333", user: "arn:aws:iam::111122223333:user/eva", cloud_action: "CreateUser", cloud_result: "AccessDenied", cred_id: "AKIAEXAMPLE", cloud_resource: "arn:aws:iam::111122223333:user/mallory" });
  });
});

describe("ECS of modules and integrations", () => {
  const events = byKind("ecs");

  test.each([
    ["linux-syslog:sshd", { host: "web-1", user: "mallory", auth_result: "failure", src_ip: "203.0.113.9", auth_method: "password" }],
    ["linux-syslog:useradd", { target_user: "mallory" }],
    ["aws-cloudtrail:CreateUser", { host: "111122223333", cloud_account: "111122223333", src_ip: "203.0.113.9", cred_id: "AKIAEXAMPLE" }],
    ["entra-id:NonInteractiveUserSignInLogs", { host: "tenant-1", auth_result: "success", app_name: "Example App" }],
    ["m365:New-InboxRule", { host: "tenant-1", user: "eva@example.test", src_ip: "203.0.113.9" }],
    ["okta-idp:user.session.start", { user: "eva", auth_result: "success" }],
    ["gcp:v1.compute.instances.insert", { host: "project-1", user: "eva@example.test" }],
    ["nsm-zeek:conn", { host: "192.168.1.7", dst_ip: "203.0.113.4", bytes_out: 100 }],
    ["nsm-suricata:alert", { host: "192.168.1.7", app_msg: "An example rule" }],
    ["nsm-packetbeat:flow", { host: "192.168.1.7", dst_port: 443, packets: 16 }],
    ["nsm-packetbeat:dns", { dns_query: "files.example.test", rdata: "203.0.113.4" }],
    ["macos-osquery:es_process_events", { host: "mac-7", image: "/usr/bin/zip", cmd: "zip -r out.zip" }],
    ["edr-santa:EXEC", { host: "mac-7", image: "/usr/bin/zip" }],
    ["edr-crowdstrike:ProcessRollup2@Windows", { host: "PC-7", parent_image: "cmd.exe" }],
    ["edr-defender:DeviceProcessEvents/ProcessCreated@Windows", { ppid: 41 }],
    ["firewall:traffic", { host: "fw-1", dst_port: 443 }],
  ])("%s", (kind, fields) => {
    expect(events.get(kind)).toMatchObject(fields);
  });

  test("a data set that nobody claims is read and carries nothing", () => {
    expect(events.has("ecs-other:example.app/page-viewed")).toBe(true);
    expect(componentsOfKind("ecs-other:example.app/page-viewed")).toEqual([]);
  });

  test("endpoint events stay with the endpoint's format, Windows events with theirs", () => {
    const endpoint = { "@timestamp": "2026-02-03T08:00:00Z", ecs: { version: "8.17.0" }, data_stream: { dataset: "endpoint.events.process" }, event: { category: ["process"], action: "exec" }, host: { name: "mac-7" } };
    expect(recordsOf("ecs", endpoint).map(({ format }) => format)).toEqual(["ecs-endpoint"]);
    expect(recordsOf("ecs-endpoint", endpoint).map(kindOf)).toEqual(["edr-generic:process/exec"]);
    expect(recordsOf("ecs", { ...endpoint, data_stream: { dataset: "windows.sysmon_operational" }, winlog: {} })).toEqual([]);
  });
});

describe("osquery", () => {
  const kinds = (name: string, rows: object[], more: object = {}) => recordsOf("osquery", { name, action: "snapshot", hostIdentifier: "h", unixTime: 1770105605, snapshot: rows, ...more }).map(kindOf);

  test("a table of one system decides", () => {
    expect(kinds("pack/x/sip_config", [{ config_flag: "sip" }])).toEqual(["macos-osquery:sip_config#snapshot"]);
    expect(kinds("deb_packages", [{ name: "x" }])).toEqual(["linux-osquery:deb_packages#snapshot"]);
    expect(kinds("scheduled_tasks", [{ path: "\\x" }])).toEqual(["windows-misc:osquery/scheduled_tasks#snapshot"]);
  });

  test("then decorations, inside or at the top", () => {
    expect(kinds("logged_in_users", [{ user: "eva" }], { decorations: { platform: "darwin" } })).toEqual(["macos-osquery:logged_in_users#snapshot"]);
    expect(kinds("logged_in_users", [{ user: "eva" }], { host_platform: "ubuntu" })).toEqual(["linux-osquery:logged_in_users#snapshot"]);
  });

  test("then what any of the rows shows, for all of them", () => {
    expect(kinds("users", [{ username: "root", directory: "/var/root" }, { username: "eva", directory: "/Users/eva" }])).toEqual(["macos-osquery:users#snapshot", "macos-osquery:users#snapshot"]);
    expect(kinds("mounts", [{ path: "/", device: "/dev/disk3s1", type: "apfs" }])).toEqual(["macos-osquery:mounts#snapshot"]);
    expect(kinds("mounts", [{ path: "/", device: "/dev/nvme0n1p1", type: "ext4" }])).toEqual(["linux-osquery:mounts#snapshot"]);
    expect(kinds("users", [{ username: "eva", directory: "C:\\Users\\eva" }])).toEqual(["windows-misc:osquery/users#snapshot"]);
    expect(kinds("processes", [{ pid: "1", path: "/sbin/launchd" }, { pid: "2", path: "/System/Library/x" }])).toEqual(["macos-osquery:processes#snapshot", "macos-osquery:processes#snapshot"]);
  });

  test("where nothing tells, the family does not claim a system, and its records prove for neither of two", () => {
    expect(kinds("logged_in_users", [{ user: "eva", tty: "console" }])).toEqual(["osquery:logged_in_users#snapshot"]);
    expect(platformsOfKind("osquery:logged_in_users")).toEqual(["macOS", "Linux", "Containers"]);
    expect(componentsOfKind("osquery:logged_in_users")).toEqual(componentsOfKind("macos-osquery:logged_in_users"));
    expect(kinds("socket_events", [{ action: "connect", pid: "1", remote_address: "203.0.113.4" }])).toEqual(["linux-osquery:socket_events"]);
  });

  test("a difference shows a change only once the list has been read before; what is gone is no sight of it", () => {
    const row = (action: string, counter?: number) => ({ name: "launchd", hostIdentifier: "mac-7", unixTime: 1770105605, action, ...(counter === undefined ? {} : { counter }), columns: { label: "com.example.agent", path: "/Library/LaunchAgents/com.example.agent.plist" } });
    expect([row("added", 0), row("added", 4), row("added"), row("removed", 5)].flatMap((one) => recordsOf("osquery", one)).map(kindOf)).toEqual(
      ["launchd#snapshot", "launchd", "launchd#snapshot", "launchd#removed"].map((key) => `macos-osquery:${key}`),
    );
    const batch = { name: "launchd", hostIdentifier: "mac-7", unixTime: 1770105605, counter: 2, diffResults: { added: [{ label: "a" }], removed: [{ label: "b" }] } };
    expect(recordsOf("osquery", batch).map(kindOf)).toEqual(["macos-osquery:launchd", "macos-osquery:launchd#removed"]);
  });

  const LISTS: readonly (readonly [string, string, object])[] = [
    ["macos-osquery:launchd", "DC0060", { label: "com.example.agent", program: "/opt/agent", path: "/Library/LaunchAgents/com.example.agent.plist" }],
    ["macos-osquery:launchd", "DC0001", { label: "com.example.agent", program_arguments: "/opt/agent --now" }],
    ["macos-osquery:alf_exceptions", "DC0051", { path: "/Applications/X.app", state: "2" }],
    ["macos-osquery:kernel_extensions", "DC0031", { name: "com.example.kext", path: "/Library/Extensions/x.kext" }],
    ["linux-osquery:systemd_units", "DC0060", { id: "evil.service", fragment_path: "/etc/systemd/system/evil.service" }],
    ["linux-osquery:kernel_modules", "DC0079", { name: "rootkit" }],
    ["linux-osquery:shadow", "DC0013", { username: "eva" }],
    ["windows-misc:osquery/services", "DC0060", { name: "evil", path: "C:\\evil.exe" }],
    ["windows-misc:osquery/scheduled_tasks", "DC0001", { name: "evil", action: "C:\\evil.exe" }],
    ["windows-misc:osquery/wmi_cli_event_consumers", "DC0008", { name: "evil", command_line_template: "cmd /c evil" }],
    ["windows-misc:osquery/wmi_filter_consumer_binding", "DC0008", { consumer: "evil", filter: "startup" }],
    ["windows-misc:osquery/windows_security_center", "DC0018", { antivirus: "Good" }],
    ["windows-misc:osquery/logon_sessions", "DC0088", { user: "eva", logon_type: "Interactive" }],
    ["windows-misc:osquery/pipes", "DC0048", { name: "evil", pid: "7" }],
  ];

  test.each(LISTS)("a row that was added to %s fills what %s asks for", (kind, component, columns) => {
    const table = kind.replace(/^.*[:/]/, "");
    const [record] = recordsOf("osquery", { name: table, hostIdentifier: "h-1", unixTime: 1770105605, action: "added", counter: 4, columns });
    if (record === undefined) throw new Error("no record");
    expect(kindOf(record)).toBe(kind);
    const { required, anyOf } = requiredFields(component, kind);
    const filled = new Set(["ts", "host", ...Object.keys(record.fields)]);
    expect([required.filter((field) => !filled.has(field)), anyOf.filter((group) => !group.some((field) => filled.has(field)))]).toEqual([[], []]);
  });

  test("a row of a table of events is an event, however it was asked for", () => {
    expect(kinds("es_process_events", [{ path: "/bin/ls", pid: "1", event_type: "exec" }])).toEqual(["macos-osquery:es_process_events"]);
    expect(kinds("process_open_sockets", [{ pid: "1", family: "2", remote_address: "203.0.113.4" }], { decorations: { platform: "darwin" } })).toEqual(["macos-osquery:process_open_sockets#snapshot"]);
  });
});

describe("accounts, modules and drives", () => {
  const line = (type: string, rest: string) => `type=${type} msg=audit(1770105600.000:${rest.length}): ${rest}\n`;
  const fields = (type: string, rest: string) => recordsOf("auditd", line(type, rest))[0]?.fields;
  const START = "pid=9 uid=0 auid=1000 ses=1";

  test("the account that a record of account management names is the target, not who acted", () => {
    const added = fields("ADD_USER", `${START} msg='op=add-user acct="mallory" exe="/usr/sbin/useradd" hostname=web-1 addr=? terminal=pts/0 res=success'`);
    expect(added).toMatchObject({ target_user: "mallory", image: "/usr/sbin/useradd" });
    expect(added?.["user"]).not.toBe("mallory");
    expect(fields("GRP_MGMT", `${START} msg='op=add-user-to-group grp="wheel" acct="mallory" exe="/usr/sbin/usermod" res=success'`)).toMatchObject({ target_user: "mallory", target_group: "wheel" });
  });

  test("opening a drive is told from opening a file", () => {
    const open = (path: string) =>
      recordsOf("auditd", [line("SYSCALL", `arch=c000003e syscall=257 success=yes exit=3 ppid=1 ${START} comm="dd" exe="/usr/bin/dd" key="x"`), line("PATH", `item=0 name="${path}" nametype=NORMAL`)].join("").replace(/:\d+\)/g, ":7)"))[0];
    expect(open("/dev/sda")?.fields["device_id"]).toBe("/dev/sda");
    expect(open("/dev/null")?.fields["device_id"]).toBeUndefined();
    expect(open("/etc/passwd")?.fields["device_id"]).toBeUndefined();
    expect([open("/dev/sda")?.objectClass, open("/etc/passwd")?.objectClass]).toEqual(["device", "file"]);
  });
});

describe("SentinelOne and Carbon Black, in the vocabulary of generic EDR records", () => {
  const keys = (id: string) => recordsOf(id).map(({ kind }) => kind.key);

  test("SentinelOne: a connection is told by its direction, a sign-in by whether it succeeded; what has no generic name keeps its own", () => {
    expect(keys("sentinelone")).toEqual([
      "process/creation", "network/connection_attempted", "network/connection_accepted", "file/creation", "file/rename", "registry/modification", "dns/unresolved", "library/load", "process/open", "authentication/log_on", "authentication/start", "script/amsi", "process/creation",
    ]);
    const [start, , , , renamed] = recordsOf("sentinelone");
    expect(start).toMatchObject({ host: "ws-07", fields: { cmd: "tar -cf x.tar Documents", proc_uid: "U-NEW", ppid: 4100, parent_image: "C:\\Windows\\explorer.exe" }, facts: { parentKey: "U-PARENT", id: "E_1", ingested: Date.UTC(2026, 1, 3, 8, 0, 4) } });
    expect(renamed?.fields).toMatchObject({ file_path: "C:\\Users\\ana\\y.tar", file_old_path: "C:\\Users\\ana\\x.tar" });
    const other = { "event.time": 1_770_105_600_000, "event.type": "Named Pipe Creation", "event.category": "named_pipe", "dataSource.name": "SentinelOne", "endpoint.name": "ws-07", "namedPipe.name": "x" };
    expect(recordsOf("sentinelone", other).map(({ kind, fields }) => [kind.key, fields["pipe_name"]])).toEqual([["named_pipe/namedpipecreation", "x"]]);
  });

  test("Carbon Black: a file that was opened to be written is not written; both schemas' times are read", () => {
    expect(keys("carbon-black")).toEqual([
      "process/creation", "process/termination", "network/connection_attempted", "network/connection_accepted", "file/creation", "file/open", "file/modification", "registry/modification", "registry/creation", "library/load", "process/open", "script/amsi",
    ]);
    const [start, , , inbound] = recordsOf("carbon-black");
    expect(start).toMatchObject({ host: "WS-07", time: { ms: Date.UTC(2026, 1, 3, 8, 0, 1, 500), zone: "known" }, fields: { image: "c:\\windows\\system32\\tar.exe", cmd: "tar -cf x.tar Documents", proc_hash: "aa02", parent_image: "c:\\windows\\explorer.exe" }, facts: { ingested: Date.UTC(2026, 1, 3, 8, 0, 10) } });
    expect(inbound?.fields).toMatchObject({ src_ip: "192.0.2.9", dst_ip: "192.0.2.7", dst_port: 22 });
    const acted = { type: "endpoint.event.crossproc", action: "ACTION_CREATE_REMOTE_THREAD", device_id: "7", device_timestamp: "2026-02-03T08:00:00Z", process_guid: "a", process_path: "c:\\victim.exe", process_pid: 5, crossproc_name: "c:\\actor.exe", crossproc_guid: "b", crossproc_target: false };
    expect(recordsOf("carbon-black", acted)[0]).toMatchObject({ kind: { key: "process/injection" }, fields: { image: "c:\\actor.exe", target_image: "c:\\victim.exe", target_pid: 5, proc_uid: "b" } });
  });
});

describe("records of endpoint sensors", () => {
  test.each(["santa", "jamf-protect", "defender-device", "crowdstrike-fdr", "sentinelone", "carbon-black", "ocsf"])("fill what their components require: %s", (id) => {
    const own = recordsOf(id).filter(({ kind }) => /^(?:edr-|ocsf)/.test(kind.family));
    // Carbon Black names the value that was written, never what was written into it: such a record falls short, and must.
    expect(own.flatMap(shortOf)).toEqual(id === "carbon-black" ? ["edr-generic:registry/modification DC0063: reg_data"] : []);
    // The check itself: a start without a user proves nothing, and says what it lacks.
    const [start] = own.filter((record) => componentsOfKind(kindOf(record)).includes("DC0032"));
    const without = Object.fromEntries(Object.entries(start?.fields ?? {}).filter(([field]) => field !== "user"));
    expect(start && shortOf({ ...start, fields: without })).toContain(`${start === undefined ? "" : kindOf(start)} DC0032: user`);
  });

  test("are judged, each kind: it carries a component or says why it carries none", () => {
    const kinds = ["santa", "jamf-protect", "defender-device", "crowdstrike-fdr", "sentinelone", "carbon-black", "ocsf"].flatMap((id) => recordsOf(id).map(kindOf));
    expect(kinds.filter((kind) => verdictOnKind(kind) === "unknown")).toEqual([]);
  });
});
