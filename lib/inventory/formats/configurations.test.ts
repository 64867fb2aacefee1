import fc from "fast-check";
import { describe, expect, test } from "vitest";
import SUBCATEGORIES from "./auditpol/subcategories.json";
import { detectInventoryFormat } from "./index";
import { readTables } from "./osquery/read-tables";
import { splitJson } from "../split-json";

const read = (format: string, text: string, platforms: readonly string[] = []) =>
  detectInventoryFormat({ name: "f", text }, format).format.parse({ name: "f", text }, { latest: "2026-11-22", today: "2026-11-21", segment: "S", platforms, hosts: 7, asOf: "2026-11-01" });
/** channel -> off, "" (unconditional) or the condition */
const said = (...args: Parameters<typeof read>): Record<string, string> =>
  Object.fromEntries(read(...args).claims.map(({ claim }) => [`${claim.logSource === "linux:osquery" ? "linux " : ""}${claim.channel}`, claim.hostsReporting === 0 ? "off" : claim.condition]));

describe("audit rules", () => {
  test("the first rule that matches decides: a never rule restricts what stands behind it, and nothing before it", () => {
    expect(said("auditd-rules", "-a always,exit -F arch=b64 -S execve\n-a always,exit -F arch=b32 -S execve\n-a never,exit -S execve -F uid=33\n")).toEqual({ execve: "" });
    expect(said("auditd-rules", "-a never,exit -S execve -F uid=33\n-a always,exit -F arch=b64 -S execve\n-a always,exit -F arch=b32 -S execve\n")).toEqual({ execve: "not where uid=33 (line 1)" });
    expect(said("auditd-rules", "-a never,exit -S execve\n-a always,exit -S execve -S connect\n")).toEqual({ execve: "off", connect: "" });
    expect(said("auditd-rules", "-a always,exit -S execve\n-A never,exit -S execve\n")).toEqual({ execve: "off" });
  });

  test("-e 0 and -a never,task turn every system call off", () => {
    for (const line of ["-e 0", "-a never,task"]) expect(Object.values(said("auditd-rules", `-a always,exit -S execve\n${line}\n`))).toEqual(["off"]);
  });

  test("a rule for one width says so where the other exists; a rule without fields beats one with", () => {
    expect(said("auditd-rules", "-a always,exit -F arch=b64 -S execve\n")).toEqual({ execve: "64-bit programs only: no rule for arch=b32" });
    expect(said("auditd-rules", "-a always,exit -F arch=b64 -S execve -F auid>=1000\n-a always,exit -S execve -k all\n")).toEqual({ execve: "" });
  });

  test("-D and -d take rules away again, and a file with -D is whole", () => {
    const text = "-a always,exit -S execve\n-D\n-a always,exit -S connect\n-a always,exit -S bind\n-d always,exit -S connect\n-w /etc/shadow -p r\n-W /etc/shadow -p r\n";
    expect(read("auditd-rules", text).whole).toBe(true);
    expect(said("auditd-rules", text)).toEqual({});
    expect(read("auditd-rules", "-a always,exit -S execve\n").whole).toBe(false);
  });

  test("throwing EXECVE records away leaves starts without arguments", () => {
    expect(said("auditd-rules", "-a always,exclude -F msgtype=EXECVE\n-a always,exit -S execve -S connect\n")).toEqual({ execve: "without arguments: EXECVE records are thrown away", connect: "" });
  });
});

test("a configuration of another system than the segment's says that no analytic can rest on it", () => {
  const losses = (platforms: readonly string[]) => read("auditd-rules", "-a always,exit -S execve\n", platforms).losses.filter(({ what }) => what === "auditd:SYSCALL");
  expect(losses(["Windows"])).toEqual([expect.objectContaining({ kind: "unused", text: expect.stringContaining("no source of Windows") })]);
  expect(losses(["Windows", "Linux"])).toEqual([]);
  expect(losses([])).toEqual([]);
});

describe("Windows audit policy", () => {
  const row = (tail: string, value: string, words = "x") => `H,System,Name,{0CCE92${tail}-69AE-11D9-BED3-505054503030},${words},,${value}`;
  const HEADER = "Rechnername,Richtlinienziel,Unterkategorie,Unterkategorie-GUID,Aufnahmeeinstellung,Ausschlusseinstellung,Einstellungswert";

  test("knows the 59 subcategories of Windows, each with events that lie in the Security log's range", () => {
    expect(Object.keys(SUBCATEGORIES)).toHaveLength(59);
    for (const { success, failure } of Object.values(SUBCATEGORIES)) for (const event of [...success, ...failure]) expect(Number(event) >= 4608 && Number(event) <= 6424).toBe(true);
  });

  test("success and failure write different events; a localised header changes nothing", () => {
    expect(said("auditpol-csv", `${HEADER}\n${row("15", "1")}\n`)).toEqual({ "EventCode=4624": "", "EventCode=4648": "", "EventCode=4625": "off" });
    expect(said("auditpol-csv", `${HEADER}\n${row("15", "2")}\n`)).toEqual({ "EventCode=4625": "", "EventCode=4624": "off", "EventCode=4648": "off" });
    expect(said("auditpol-csv", `${HEADER}\n${row("15", "", "Success and Failure")}\n`)).toEqual({ "EventCode=4624": "", "EventCode=4648": "", "EventCode=4625": "" });
  });

  test("an event that two subcategories write is on when one of them is", () => {
    expect(said("auditpol-csv", `${HEADER}\n${row("15", "0")}\n${row("17", "2")}\n`)["EventCode=4625"]).toBe("");
  });

  test("command lines and audit lists are set elsewhere, and said to be", () => {
    expect(said("auditpol-csv", `${HEADER}\n${row("2B", "3")}\n`)["EventCode=4688"]).toContain("command line");
    expect(said("auditpol-csv", `${HEADER}\n${row("1D", "3")}\n`)["EventCode=4663"]).toContain("files and folders whose own audit list (SACL)");
  });
});

describe("osquery", () => {
  const config = (query: string, more = "") => `{"schedule": {"q": {"query": ${JSON.stringify(query)}, "interval": 60}}${more}}`;

  test.each([
    ["select * from process_events", ["process_events"], ""],
    ["SELECT a FROM \"users\" u, groups g WHERE u.gid = g.gid", ["users", "groups"], "u.gid = g.gid"],
    ["select * from (select pid from processes where pid > 1) p left join process_envs e on e.pid = p.pid -- from shadow", ["processes", "process_envs"], ""],
    ["with x as (select * from hash) select * from x, file where path like '/etc/%' limit 5", ["hash", "file"], "path like '/etc/%'"],
    ["select 'from users' from os_version", ["os_version"], ""],
    ["select 1", [], ""],
  ])("%s reads %j", (sql, tables, filter) => {
    const found = readTables(sql);
    expect([[...found.tables].sort(), found.filter]).toEqual([[...tables].sort(), filter]);
  });

  test("any text gives tables or none, at once", () => {
    fc.assert(fc.property(fc.array(fc.constantFrom("select", "from", "(", ")", ",", "join", "where", "x", "'", '"', "--", "/*", "with", " as ", "\n"), { maxLength: 60 }), (words) => {
      expect(readTables(words.join(" ")).tables.every((table) => table.length > 0)).toBe(true);
    }));
  });

  test("tables of events need their flags: on, off, or on if another file says so", () => {
    const starts = "select * from process_events";
    expect(said("osquery-config", config(starts, ', "options": {"disable_audit": false}'), ["Linux"])).toEqual({ "linux process_events": "" });
    expect(said("osquery-config", config(starts, ', "options": {"disable_audit": "true"}'), ["Linux"])).toEqual({ "linux process_events": "off" });
    expect(said("osquery-config", config(starts, ', "options": {"disable_audit": false, "disable_events": 1}'), ["Linux"])).toEqual({ "linux process_events": "off" });
    expect(said("osquery-config", config(starts), ["Linux"])["linux process_events"]).toContain("--disable_audit=false");
    expect(said("osquery-config", config("select * from es_process_events"), ["macOS"]).es_process_events).toContain("--disable_endpointsecurity=false");
  });

  test("process_events on macOS is never producible, whatever the flags say", () => {
    expect(said("osquery-config", config("select * from process_events", ', "options": {"disable_audit": false}'), ["macOS"])).toEqual({ process_events: "off" });
  });

  test("a query that takes snapshots shows what there is: it claims the reading, never the table whose rows tell what changed", () => {
    const snapshot = (query: string, platform: string) => said("osquery-config", `{"schedule": {"q": {"query": ${JSON.stringify(query)}, "interval": 60, "snapshot": true}}}`, [platform]);
    expect(Object.keys(snapshot("select * from launchd", "macOS"))).toEqual(["launchd#snapshot"]);
    expect(snapshot("select * from launchd", "macOS")["launchd#snapshot"]).toContain("every 60 s");
    expect(snapshot("select * from shell_history", "Linux")).toEqual({ "linux shell_history": "off" }); // only acts rest on it
    expect(Object.keys(snapshot("select * from process_events", "Linux"))).toEqual(["linux process_events"]); // events are acts, however they are logged
    const both = said("osquery-config", '{"schedule": {"a": {"query": "select * from shell_history", "interval": 60, "snapshot": "true"}, "b": {"query": "select * from shell_history", "interval": 60, "snapshot": false}}}', ["Linux"]);
    expect(both["linux shell_history"]).toContain("every 60 s");
  });

  test("a state is read at intervals, and a state joined to events is not collected", () => {
    expect(said("osquery-config", config("select * from crontab"), ["Linux"])["linux crontab"]).toContain("every 60 s");
    expect(Object.keys(said("osquery-config", config("select * from process_events join users using (uid)", ', "options": {"disable_audit": false}'), ["Linux"]))).toEqual(["linux process_events"]);
  });
});

describe("AWS trails", () => {
  const trail = (selectors: string) => `{"trailList": [{"Name": "t", "TrailARN": "arn:t", "IsMultiRegionTrail": true, "HasCustomEventSelectors": true}]}\n{"TrailARN": "arn:t", ${selectors}}`;

  test("all management events claim each component whole, data events only what a type names", () => {
    const { claims } = read("cloudtrail-selectors", trail('"EventSelectors": [{"ReadWriteType": "All", "IncludeManagementEvents": true, "DataResources": []}]'));
    expect(claims.find(({ claim }) => claim.component === "Instance Creation")?.claim).toMatchObject({ channel: "", condition: "" });
    expect(claims.some(({ claim }) => claim.channel.includes("GetObject,") || /\bGetObject\b/.test(claim.channel))).toBe(false);
    const data = read("cloudtrail-selectors", trail('"EventSelectors": [{"ReadWriteType": "All", "IncludeManagementEvents": false, "DataResources": [{"Type": "AWS::S3::Object", "Values": ["arn:aws:s3"]}]}]')).claims;
    expect(data.every(({ claim }) => claim.condition === "" && !claim.channel.includes("RunInstances"))).toBe(true);
    expect(data.some(({ claim }) => claim.channel.includes("GetObject"))).toBe(true);
  });

  test("a trail that is not logging is off; one region is a condition", () => {
    expect(said("cloudtrail-selectors", '{"trailList": [{"Name": "t", "TrailARN": "a", "IsLogging": false}]}')).toEqual({ "": "off" });
    const { claims } = read("cloudtrail-selectors", '{"trailList": [{"Name": "t", "TrailARN": "a", "IsMultiRegionTrail": false, "HomeRegion": "eu-west-1"}]}');
    expect(new Set(claims.map(({ claim }) => claim.condition))).toEqual(new Set(["only in the region eu-west-1"]));
  });

  test("outputs that stand one behind another are taken apart without losing a byte of their strings", () => {
    fc.assert(fc.property(fc.array(fc.jsonValue().filter((value) => typeof value === "object" && value !== null), { minLength: 2, maxLength: 5 }), (values) => {
      expect(splitJson(values.map((value) => JSON.stringify(value)).join("\n")).map((text): unknown => JSON.parse(text))).toEqual(values.map((value): unknown => JSON.parse(JSON.stringify(value))));
    }));
  });
});

test.each([
  ["auditd-rules", "-a never,exit -S bpf -F uid=1\n".repeat(300) + "-a always,exit -S all\n".repeat(10_000)],
  ["osquery-config", JSON.stringify({ schedule: Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`q${n}`, { query: "select * from ( ".repeat(20_000), interval: 1 }])) })],
  ["cloudtrail-selectors", JSON.stringify({ trailList: Array.from({ length: 20_000 }, (_, n) => ({ Name: `t${n}`, TrailARN: `a${n}` })) })],
  ["sysmon-config", `<Sysmon><EventFiltering><RegistryEvent onmatch="include">${'<TargetObject condition="is">x</TargetObject>'.repeat(100_000)}</RegistryEvent></EventFiltering></Sysmon>`],
])("a %s of absurd size is read or refused, and never hangs", (format, text) => {
  try {
    for (const { claim } of read(format, text).claims) expect(claim.condition.length).toBeLessThanOrEqual(2_000);
  } catch (error) {
    expect(error).toMatchObject({ code: "TOO_LARGE" });
  }
});
