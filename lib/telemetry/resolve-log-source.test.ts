import { describe, expect, test } from "vitest";
import { componentByName } from "./component-index";
import { equivalenceClasses, equivalenceClassesOf, equivalenceClassOf, membersOfClass } from "./equivalence";
import { carries, componentsOfKind, knownKinds, splitKind } from "./record-kinds";
import { resolveLogSource } from "./resolve-log-source";
import type { Resolution } from "./types";

function resolve(component: string, name: string, channel: string, platform: string | null): Resolution {
  const found = componentByName(component);
  if (!found) throw new Error(`no component ${component}`);
  return resolveLogSource({ component: { id: found.id, name: found.name }, name, channel }, platform);
}

function kinds(resolution: Resolution, met: "as-cited" | "equivalent"): readonly string[] {
  return resolution.accepts.flatMap((item) => (item.met === met ? [item.kind] : []));
}

describe("the analytics that the demonstration rests on", () => {
  test("AN0749: process start by Endpoint Security, libraries of dyld's cache not producible, archives by file creation", () => {
    const start = resolve("Process Creation", "macos:unifiedlog", "Execution of Python, Swift, or other binaries invoking archiving libraries", "macOS");
    expect([start.basis, start.verdict]).toEqual(["curated", "producible"]);
    expect(kinds(start, "as-cited")).toEqual([]);
    expect(kinds(start, "equivalent")).toEqual(expect.arrayContaining(["macos-esf:exec", "macos-osquery:es_process_events", "edr-generic:process/exec"]));
    expect(start.accepts.map((item) => item.kind)).not.toContain("macos-esf:fork");
    const load = resolve("Module Load", "macos:unifiedlog", "Loading of libz.dylib, libarchive.dylib by non-standard applications", "macOS");
    expect(load.verdict).toBe("not-producible");
    expect(kinds(load, "equivalent")).toContain("macos-esf:mmap");
    const file = resolve("File Creation", "macos:unifiedlog", "Creation of .zip, .gz, .dmg archives in /Users, /tmp, or application directories", "macOS");
    expect(kinds(file, "equivalent")).toEqual(expect.arrayContaining(["macos-esf:create", "macos-esf:rename", "edr-generic:file/creation"]));
  });

  test("AN1316: quarantine and crash lines, file events, es_process_events for exec, and a connection", () => {
    const log = resolve("Application Log Content", "macos:unifiedlog", "opened document|clicked link|EXC_BAD_ACCESS|abort|LSQuarantine", "macOS");
    expect(log.basis).toBe("curated");
    expect(kinds(log, "as-cited")).toEqual(expect.arrayContaining(["macos-unifiedlog:com.apple.launchservices", "macos-unifiedlog:ReportCrash"]));
    expect(log.accepts.find((item) => item.kind === "macos-unifiedlog:ReportCrash")?.fields.required).toEqual(["ts", "app_name", "app_msg"]);
    const file = resolve("File Creation", "fs:fileevents", "create/write/rename in user-writable paths", "macOS");
    expect(kinds(file, "as-cited")).toContain("macos-fs:fileevents");
    expect(kinds(file, "equivalent")).toContain("macos-esf:create");
    const start = resolve("Process Creation", "macos:osquery", "exec", "macOS");
    expect(kinds(start, "as-cited")).toEqual(["macos-osquery:es_process_events"]);
    expect(kinds(start, "equivalent")).toContain("macos-esf:exec");
    const net = resolve("Network Connection Creation", "NSM:Flow", "new outbound connection from exploited lineage", "macOS");
    expect(kinds(net, "as-cited")).toContain("nsm-zeek:conn");
  });

  test("AN0173: a script start for the predicate, no process_events on current macOS, sudo for system.log", () => {
    const script = resolve("Script Execution", "macos:unifiedlog", "log stream --predicate 'eventMessage contains \"python\"'", "macOS");
    expect([script.basis, script.confidence]).toEqual(["curated", "low"]);
    expect(kinds(script, "equivalent")).toContain("macos-esf:exec");
    const start = resolve("Process Creation", "macos:osquery", "process_events", "macOS");
    expect(start.verdict).toBe("not-producible");
    expect(start.substitute).toContain("es_process_events");
    expect(start.accepts.map((item) => item.kind)).toContain("macos-osquery:es_process_events");
    expect(start.accepts.map((item) => item.kind)).not.toContain("macos-osquery:process_events");
    expect(kinds(resolve("Command Execution", "macos:syslog", "system.log", "macOS"), "as-cited")).toEqual(["macos-system-text:sudo"]);
  });

  test("AN0598: neither com.apple.network nor ES_EVENT_TYPE_NOTIFY_CONNECT can be produced", () => {
    const flow = resolve("Network Traffic Flow", "macos:unifiedlog", "com.apple.network", "macOS");
    expect(flow.verdict).toBe("not-producible");
    expect(kinds(flow, "equivalent")).toContain("nsm-zeek:conn");
    const connect = resolve("Network Connection Creation", "macos:endpointsecurity", "ES_EVENT_TYPE_NOTIFY_CONNECT", "macOS");
    expect([connect.verdict, connect.basis]).toEqual(["not-producible", "channel"]);
    expect(connect.eventKeys).toEqual([{ kind: "es_event", value: "connect" }]);
    expect(connect.source).toContain("ESTypes.h");
    expect(kinds(connect, "equivalent")).toEqual(expect.arrayContaining(["nsm-zeek:conn", "edr-generic:network/connection_attempted"]));
    expect(kinds(connect, "equivalent")).not.toContain("macos-osquery:process_open_sockets");
  });

  test("AN0747: Security 4688 with Sysmon 1 as equivalent, Sysmon 7 and 11 as cited", () => {
    const start = resolve("Process Creation", "WinEventLog:Security", "EventCode=4688", "Windows");
    expect(start.eventKeys).toEqual([{ kind: "event_id", value: "4688", channel: "Security" }]);
    expect(kinds(start, "as-cited")).toEqual(["windows-security:4688"]);
    expect(kinds(start, "equivalent")).toContain("windows-sysmon:1");
    expect(kinds(resolve("Module Load", "WinEventLog:Sysmon", "EventCode=7", "Windows"), "as-cited")).toEqual(["windows-sysmon:7"]);
    expect(kinds(resolve("File Creation", "WinEventLog:Sysmon", "EventCode=11", "Windows"), "as-cited")).toEqual(["windows-sysmon:11"]);
  });

  test("AN0748: execve, opens that create for auditd:FILE, and no library name in audit's MMAP", () => {
    const command = resolve("Command Execution", "auditd:SYSCALL", "execve: Execution of python, perl, or custom binaries invoking compression libraries", "Linux");
    expect(command.eventKeys).toEqual([{ kind: "syscall", value: "execve" }]);
    expect(kinds(command, "as-cited")).toContain("linux-auditd:execve");
    const load = resolve("Module Load", "auditd:MMAP", "load: Loading of libzip.so, libz.so, or libbz2.so by processes not normally associated with archiving", "Linux");
    expect([load.verdict, load.confidence]).toEqual(["not-producible", "high"]);
    const file = resolve("File Creation", "auditd:FILE", "create: Creation of .zip, .gz, .bz2 files in /tmp, /var/tmp, or /home directories", "Linux");
    expect(kinds(file, "as-cited")).toEqual(["linux-auditd:open", "linux-auditd:openat", "linux-auditd:openat2", "linux-auditd:creat"]);
  });
});

describe("references that cannot be met as cited", () => {
  test("auditd under macOS is a mismatch, and the platform's own process starts meet it", () => {
    const resolution = resolve("Process Creation", "auditd:SYSCALL", "execve", "macOS");
    expect(resolution.verdict).toBe("platform-mismatch");
    expect(resolution.accepts.every((item) => item.met === "equivalent")).toBe(true);
    expect(resolution.accepts.map((item) => item.kind)).toContain("macos-esf:exec");
  });

  test("Sysmon for Windows under macOS is a mismatch", () => {
    expect(resolve("Process Creation", "WinEventLog:Sysmon", "EventCode=1", "macOS").verdict).toBe("platform-mismatch");
  });

  test("osquery's tables that rest on OpenBSM are not written on current macOS: processes, sockets, users", () => {
    for (const [component, table, other] of [["Process Creation", "process_events", "macos-esf:exec"], ["Network Connection Creation", "socket_events", "nsm-zeek:conn"], ["User Account Authentication", "user_events", "macos-esf:authentication"]] as const) {
      const resolution = resolve(component, "macos:osquery", table, "macOS");
      expect([resolution.verdict, kinds(resolution, "as-cited")]).toEqual(["not-producible", []]);
      expect(kinds(resolution, "equivalent")).toContain(other);
      expect(resolution.substitute && resolution.source).toBeTruthy();
    }
  });

  test("a record that is never written is met by the same act alone, not by whatever carries its component", () => {
    const resolution = resolve("OS API Execution", "AWS:CloudTrail", "GetMetadata", "IaaS");
    expect([resolution.verdict, resolution.accepts]).toEqual(["not-producible", []]);
  });

  test("PassRole is never logged", () => {
    const resolution = resolve("User Account Metadata", "AWS:CloudTrail", "PassRole", "IaaS");
    expect(resolution.verdict).toBe("not-producible");
    expect(resolution.source).toContain("AWS");
  });

  test("CreateFunction is logged under the name that holds the API's date", () => {
    expect(kinds(resolve("Cloud Service Modification", "AWS:CloudTrail", "CreateFunction", "IaaS"), "as-cited")).toEqual(["aws-cloudtrail:CreateFunction20150331"]);
  });

  test("Internet scans belong to no segment", () => {
    const resolution = resolve("Response Content", "Internet Scan", "", "PRE");
    expect([resolution.verdict, resolution.accepts.length]).toEqual(["external", 0]);
  });

  test("an event that exists but says something else is not accepted, whatever else the log holds", () => {
    const resolution = resolve("Service Creation", "WinEventLog:System", "EventCode=7036", "Windows");
    expect(resolution.accepts.map((item) => item.kind)).not.toContain("windows-system:7036");
    expect(kinds(resolution, "as-cited")).toEqual([]);
    expect(kinds(resolution, "equivalent")).toEqual(["windows-security:4697", "windows-system:7045", "windows-misc:osquery/services", "edr-defender:DeviceEvents/ServiceInstalled", "edr-crowdstrike:CreateService", "ocsf:201004/1"]);
  });

  test("a name resolution, Sysmon 22, does not prove a connection beside Sysmon 3", () => {
    const resolution = resolve("Network Connection Creation", "WinEventLog:Sysmon", "EventCode=3, 22", "Windows");
    expect(kinds(resolution, "as-cited")).toEqual(["windows-sysmon:3"]);
    expect(resolution.reason).toContain("22");
  });
});

describe("equivalence", () => {
  test("a changed account is not a new group member", () => {
    const change = resolve("User Account Modification", "WinEventLog:Security", "EventCode=4738", "Windows");
    expect(change.accepts.map((item) => item.kind)).not.toContain("windows-security:4728");
    expect(equivalenceClassOf("windows-security:4738", "DC0010")).not.toBe(equivalenceClassOf("windows-security:4728", "DC0010"));
  });

  test("every member of a class carries the class's component", () => {
    const wrong = equivalenceClasses().flatMap((name) => membersOfClass(name).filter((kind) => !carries(kind, name.slice(0, 6))));
    expect(wrong).toEqual([]);
  });

  test("every class is known by its members and no class has a single one listed twice", () => {
    for (const name of equivalenceClasses()) {
      const members = membersOfClass(name);
      expect(new Set(members).size, name).toBe(members.length);
      for (const kind of members) expect(equivalenceClassesOf(kind, name.slice(0, 6))).toContain(name);
    }
  });

  test("free text accepts kinds met in the data that no table names, when they carry the component", () => {
    const free = { component: { id: "DC0038", name: "Application Log Content" }, name: "macos:unifiedlog", channel: "A line of an application that nobody has judged" };
    const seen = ["macos-unifiedlog:com.example.mailer", "macos-esf:exec", "windows-application:77"];
    const accepted = resolveLogSource(free, "macOS", seen).accepts.map((item) => item.kind);
    expect(accepted).toContain("macos-unifiedlog:com.example.mailer");
    expect(accepted).not.toContain("macos-esf:exec");
    expect(accepted).not.toContain("windows-application:77");
  });
});

describe("the table of record kinds", () => {
  test("no key of a family holds two spellings of one name", () => {
    const folded = knownKinds().map((kind) => kind.toLowerCase()).filter((kind) => !kind.startsWith("macos-unifiedlog:"));
    expect(folded.filter((kind, at) => folded.indexOf(kind) !== at)).toEqual([]);
  });

  test("any unified-log line is application log content and nothing more, unless its subsystem says more", () => {
    expect(componentsOfKind("macos-unifiedlog:com.example.app")).toEqual(["DC0038"]);
    expect(componentsOfKind("macos-unifiedlog:loginwindow")).toEqual(expect.arrayContaining(["DC0002", "DC0038", "DC0067"]));
    expect(componentsOfKind("macos-esf:made_up")).toEqual([]);
  });

  test("keys may hold colons, families none", () => {
    expect(splitKind("aws-cloudtrail:a:b")).toEqual({ family: "aws-cloudtrail", key: "a:b" });
    expect(knownKinds().every((kind) => splitKind(kind).key !== "")).toBe(true);
  });
});
