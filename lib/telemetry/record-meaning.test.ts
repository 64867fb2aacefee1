import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CANONICAL_FIELDS, isEmptyValue } from "./canonical-fields";
import { carriersOf } from "./carriers";
import { cloudOperationComponents, loggedNames } from "./cloud-operations";
import { COMPONENTS, componentById, componentByName } from "./component-index";
import { FAMILIES, familyById, familyOf } from "./family-of";
import { isSyscallName, syscallName } from "./linux-syscalls";
import { parseChannel } from "./parse-channel";
import { componentsOfKind, knownKinds, platformsOfKind, splitKind, verdictOnKind } from "./record-kinds";
import { reasonsNotCarried, requiredFields } from "./required-fields";
import { kindsOfClaim } from "./resolve-claim";
import { unresolvedReport } from "./unresolved-report";
import { eventNumbers, windowsEventKind } from "./windows-event";

describe("empty values", () => {
  test.each(["", "  ", "-", "?", "(null)", "<private>", "N/A", "(none)", "(empty)", null, undefined, [], ["-", ""], Number.NaN])("%j says nothing", (value) => {
    expect(isEmptyValue(value)).toBe(true);
  });

  test.each([0, false, "0", "unknown", "--", "{00000000-0000-0000-0000-000000000000}", ["-", "x"], { a: 1 }])("%j is a value", (value) => {
    expect(isEmptyValue(value)).toBe(false);
  });

  test("the zero GUID is empty where an id is meant, the null session where a session is, audit's -1 where a user is", () => {
    expect(isEmptyValue("{00000000-0000-0000-0000-000000000000}", "proc_uid")).toBe(true);
    expect(isEmptyValue("{00000000-0000-0000-0000-000000000000}", "reg_data")).toBe(false);
    expect(isEmptyValue("0x0", "session_id")).toBe(true);
    expect(isEmptyValue(4294967295, "user")).toBe(true);
    expect(isEmptyValue(4294967295, "bytes_out")).toBe(false);
  });
});

describe("families", () => {
  test.each([
    ["macOS:unifiedlog", "macos-unifiedlog"],
    [" NSM:FLow ", "nsm-zeek"],
    ["esxis:vmkernel", "esxi"],
    ["networkconfig ", "network-device"],
    ["WinEventLog:CodeIntegrity", "windows-defence"],
    ["MobiledEDR:telemetry", "mobile-edr"],
    ["Operational Databases", "ics-process-data"],
    ["something of my own", "unknown"],
  ])("%j is of the family %s", (name, family) => {
    expect(familyOf(name).id).toBe(family);
  });

  test("every family has an id without a colon, is found by it, and every table's family exists", () => {
    for (const family of FAMILIES) {
      expect(family.id).not.toContain(":");
      expect(familyById(family.id)).toBe(family);
    }
    expect([...new Set(knownKinds().map((kind) => splitKind(kind).family))].filter((id) => familyById(id) === null)).toEqual([]);
  });

  test("no text makes the lookup fail or forget what it said", () => {
    fc.assert(
      fc.property(fc.string(), (name) => {
        expect(familyOf(` ${name} `).id).toBe(familyOf(name).id);
      }),
    );
  });
});

describe("data components", () => {
  test("109 of the enterprise matrix and 14 of mobile and ICS, each with fields that exist", () => {
    expect(COMPONENTS).toHaveLength(123);
    const fields = COMPONENTS.flatMap((component) => [...component.required, ...component.anyOf.flat(), ...component.recommended]);
    expect([...new Set(fields)].filter((field) => !CANONICAL_FIELDS.has(field))).toEqual([]);
  });

  test("are found by name in any case, and by id", () => {
    expect(componentByName(" process  CREATION ")?.id).toBe("DC0032");
    expect(componentByName("dc0032")).toBe(componentById("DC0032"));
    expect(componentByName("Process")).toBeNull();
  });

  test("every component that a record kind carries is one of ours, and every kind comes from some platform", () => {
    expect(knownKinds().flatMap((kind) => componentsOfKind(kind).filter((id) => componentById(id) === null))).toEqual([]);
    expect(knownKinds().filter((kind) => platformsOfKind(kind).length === 0)).toEqual([]);
  });

  test("what was judged to carry nothing is not in the table", () => {
    expect(verdictOnKind("windows-sysmon:22")).toBe("none");
    expect(verdictOnKind("windows-sysmon:1")).toBe("carries");
    expect(verdictOnKind("windows-security:1166")).toBe("unknown");
  });
});

describe("required fields", () => {
  test("an eslogger exec must show who started what under whom, but no host: the record has none", () => {
    expect(requiredFields("DC0032", "macos-esf:exec")).toEqual({ required: ["ts", "user", "image", "pid"], anyOf: [["parent_image", "ppid"]] });
    expect(requiredFields("DC0032", "windows-sysmon:1").required).toContain("host");
  });

  test("a command execution needs its command whatever the sensor, save PowerShell, where the script text is the command", () => {
    for (const kind of ["windows-sysmon:1", "windows-security:4688", "macos-esf:exec", "linux-auditd:execve", "edr-generic:process/exec"]) {
      expect(requiredFields("DC0064", kind).required, kind).toContain("cmd");
    }
    expect(requiredFields("DC0064", "windows-powershell:4104")).toEqual({ required: ["ts", "host"], anyOf: [["cmd", "script_text"]] });
  });

  test("CloudTrail without an error code means success", () => {
    expect(requiredFields("DC0076", "aws-cloudtrail:RunInstances").required).not.toContain("cloud_result");
    expect(reasonsNotCarried("DC0076", "aws-cloudtrail:RunInstances")).toContain("No errorCode means success.");
  });

  test("an audit open is a drive access only when it names a device", () => {
    expect(requiredFields("DC0054", "linux-auditd:openat").required).toContain("device_id");
  });

  test("are fields that exist, for every kind and component", () => {
    const unknown = knownKinds().flatMap((kind) =>
      componentsOfKind(kind).flatMap((id) => {
        const { required, anyOf } = requiredFields(id, kind);
        return [...required, ...anyOf.flat()].filter((field) => !CANONICAL_FIELDS.has(field));
      }),
    );
    expect([...new Set(unknown)]).toEqual([]);
  });
});

describe("channels", () => {
  test.each([
    ["EventCode=1", ["1"]],
    ["EventCode=13, 14", ["13", "14"]],
    ["EventCode=4778, EventCode=4779", ["4778", "4779"]],
    ["EventCode=5005 (WLAN), EventCode=302 (Bluetooth)", ["5005", "302"]],
    ["System shutdowns due to bugcheck (Event ID 1001) or watchdog", ["1001"]],
    ["eventcode = 4624,4625", ["4624", "4625"]],
    ["port 5900 inbound", []],
  ])("%j names the events %j", (channel, numbers) => {
    expect(eventNumbers(channel)).toEqual(numbers);
  });

  const keys = (family: string, name: string, channel: string): readonly string[] => parseChannel(family, name, channel).map((item) => item.key.value);

  test("Endpoint Security events in every spelling that ATT&CK uses", () => {
    expect(keys("macos-esf", "macos:endpointsecurity", "ES_EVENT_TYPE_NOTIFY_EXEC, ES_EVENT_TYPE_NOTIFY_MMAP")).toEqual(["exec", "mmap"]);
    expect(keys("macos-esf", "macos:endpointsecurity", "ES_EVENT_MMAP")).toEqual(["mmap"]);
    expect(keys("macos-esf", "macos:endpointsecurity", "es_event_file_rename_t or es_event_file_write_t")).toEqual(["rename", "write"]);
    expect(keys("macos-esf", "macos:endpointsecurity", "exec: Exec of ffmpeg")).toEqual(["exec"]);
    expect(keys("macos-esf", "macos:endpointsecurity", "open or read syscall to ~/.bash_history")).toEqual([]);
  });

  test("system calls by unmistakable name anywhere, by plain words only as names", () => {
    expect(keys("linux-auditd", "auditd:SYSCALL", "execve of dd or sed targeting /proc/*/mem")).toEqual(["execve"]);
    expect(keys("linux-auditd", "auditd:SYSCALL", "open, write: Modification of /boot/grub/*")).toEqual(["open", "write"]);
    expect(keys("linux-auditd", "auditd:SYSCALL", "open/read syscalls of sensitive files")).toEqual(["open", "read"]);
    expect(keys("linux-auditd", "auditd:SYSCALL", "Processes that read or write caches")).toEqual([]);
    expect(keys("linux-auditd", "auditd:EXECVE", "grep on files with password fields")).toEqual(["EXECVE"]);
  });

  test("Zeek logs, osquery tables, cloud operations, subsystems", () => {
    expect(keys("nsm-zeek", "NSM:Flow", "ssl.log, x509.log")).toEqual(["ssl", "x509"]);
    expect(keys("nsm-zeek", "NSM:Flow", "dns, ssl, conn")).toEqual(["dns", "ssl", "conn"]);
    expect(keys("macos-osquery", "macos:osquery", "query: process_events, launchd, and tcc.db access")).toEqual(["process_events"]);
    expect(keys("aws-cloudtrail", "AWS:CloudTrail", "Delete* / Stop*: DeleteAlarms, StopLogging, or DisableMonitoring API calls")).toEqual(["DeleteAlarms", "StopLogging", "DisableMonitoring"]);
    expect(keys("macos-unifiedlog", "macos:unifiedlog", "subsystem=com.apple.TCC")).toEqual(["com.apple.TCC"]);
    expect(keys("macos-unifiedlog", "macos:unifiedlog", "loginwindow or sshd")).toEqual(["loginwindow", "sshd"]);
  });

  test("no text makes the parser fail", () => {
    const families = FAMILIES.map((family) => family.id);
    fc.assert(
      fc.property(fc.constantFrom(...families), fc.string(), fc.string(), (family, name, channel) => {
        expect(parseChannel(family, name, `${channel}: ${channel}, ${channel}`).every((item) => item.key.value !== "")).toBe(true);
      }),
    );
  });
});

describe("native names", () => {
  test("system calls by number and architecture", () => {
    expect([syscallName(59, "c000003e"), syscallName(221, "0xc00000b7"), syscallName(11, "40000003")]).toEqual(["execve", "execve", "execve"]);
    expect([syscallName(257, "c000003e"), syscallName(56, "c00000b7")]).toEqual(["openat", "openat"]);
    expect([syscallName(59, "sparc"), syscallName(99999, "c000003e")]).toEqual([null, null]);
    expect([isSyscallName("execve"), isSyscallName("toString")]).toEqual([true, false]);
  });

  test("Windows events by the log that holds them", () => {
    expect(windowsEventKind("Microsoft-Windows-Sysmon/Operational", 1)).toEqual({ family: "windows-sysmon", key: "1" });
    expect(windowsEventKind("Microsoft-Windows-TaskScheduler/Operational", 106)).toEqual({ family: "windows-system", key: "106" });
    expect(windowsEventKind("Microsoft-Windows-Windows Defender/Operational", 1116)).toEqual({ family: "windows-defence", key: "Microsoft-Windows-Windows Defender/Operational/1116" });
    expect(windowsEventKind("Contoso/Operational", 7)).toEqual({ family: "windows-misc", key: "Contoso/Operational/7" });
  });

  test("CloudTrail operations outside the table by verb and noun", () => {
    expect(loggedNames("ListFunctions")).toEqual(["ListFunctions20150331"]);
    expect(cloudOperationComponents("DescribeDBClusterSnapshots")).toEqual(["DC0047", "DC0062"]);
    expect(cloudOperationComponents("ModifyDBCluster")).toEqual(["DC0069"]);
    expect(cloudOperationComponents("Frobnicate")).toEqual([]);
  });
});

describe("claims", () => {
  const claim = (logSource: string, channel = "", component = "", platform: string | null = "macOS") => kindsOfClaim({ logSource, channel, component }, platform);

  test("all of a log source when channel and component are empty", () => {
    const all = claim("macos:endpointsecurity");
    expect(all.family).toBe("macos-esf");
    expect(all.kinds).toEqual(expect.arrayContaining(["macos-esf:exec", "macos-esf:mmap", "macos-esf:unlink"]));
  });

  test("what the channel names, and no more", () => {
    expect(claim("WinEventLog:Sysmon", "EventCode=1", "", "Windows").kinds).toEqual(["windows-sysmon:1"]);
    expect(claim("macos:osquery", "es_process_events").kinds).toEqual(["macos-osquery:es_process_events"]);
  });

  test("narrowed to the component, given by name or id", () => {
    expect(claim("WinEventLog:Security", "", "Process Creation", "Windows").kinds).toEqual(["windows-security:4688"]);
    expect(claim("WinEventLog:Security", "", "DC0032", "Windows").kinds).toEqual(["windows-security:4688"]);
    expect(claim("macos:unifiedlog", "", "Process Creation").kinds).toEqual([]);
  });

  test("what cannot be collected is said", () => {
    expect(claim("macos:endpointsecurity", "ES_EVENT_TYPE_NOTIFY_CONNECT").impossible).toContain("no event for IP connections");
    expect(claim("macos:osquery", "process_events")).toMatchObject({ kinds: [], impossible: expect.stringContaining("10.15") });
    expect(claim("auditd:SYSCALL", "execve").impossible).toContain("not a source of macOS");
  });

  test("an unknown log source claims what its component says, and nothing without one", () => {
    expect(claim("Our own agent", "", "Process Creation").kinds).toContain("macos-esf:exec");
    expect(claim("Our own agent")).toEqual({ family: "unknown", kinds: [] });
    expect(claim("Our own agent", "", "No such thing")).toEqual({ family: "unknown", kinds: [] });
  });

  test("kinds met in the data complete an open family", () => {
    const seen = ["macos-unifiedlog:com.example.app", "macos-esf:exec"];
    expect(kindsOfClaim({ logSource: "macos:unifiedlog", channel: "", component: "" }, "macOS", seen).kinds).toContain("macos-unifiedlog:com.example.app");
  });
});

describe("what is not known", () => {
  test("an unknown source, component and event are each listed", () => {
    const report = unresolvedReport([
      { ref: { component: { id: "DC9999", name: "New Thing" }, name: "vendor:new", channel: "" }, platform: "Windows" },
      { ref: { component: { id: "DC0018", name: "Host Status" }, name: "WinEventLog:Security", channel: "EventCode=1166" }, platform: "Windows" },
    ]);
    expect(report.map((item) => item.what)).toEqual(["unknown-source", "unknown-component", "no-carrier", "unknown-key"]);
  });

  test("a component without carrier on a platform says why", () => {
    const none = carriersOf("DC0063", "macOS");
    expect(none.kinds).toEqual([]);
    expect(none.none?.reason).toContain("Windows only");
    expect(carriersOf("DC0032", "macOS").none).toBeUndefined();
    expect(carriersOf("DC0032", "macOS").kinds).not.toContain("macos-osquery:process_events");
  });
});
