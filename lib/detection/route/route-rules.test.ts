import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { projectRoot } from "@/lib/db/project-root";
import { detectFormat, headOf } from "@/lib/events/detect-format";
import { formatById } from "@/lib/events/formats/index";
import { openReader } from "@/lib/events/open-reader";
import { DEFAULT_LIMITS } from "@/lib/events/read-events";
import type { ParsedRecord } from "@/lib/events/types";
import { familyById } from "@/lib/telemetry/family-of";
import { viewRecord } from "../evaluate/rule-view";
import { buildRuleEngine } from "../index/rule-engine";
import { parseRuleFile } from "../sigma/parse-rule-file";
import type { SigmaLogsource, SigmaRule } from "../sigma/rule-types";
import { accepts, facetsOf, isServed } from "./facets-of";
import { routeRules } from "./route-rules";
import table from "./sigma-logsources.json";
import { sourceOf } from "./source-of";

const FIXTURES = join(projectRoot(), "lib/events/formats/__fixtures__");
const records: ParsedRecord[] = [];

beforeAll(() => {
  for (const name of readdirSync(FIXTURES)) {
    const bytes = readFileSync(join(FIXTURES, name));
    const found = detectFormat(headOf(bytes));
    const format = found.kind === "format" ? formatById(found.format) : undefined;
    if (format === undefined) continue;
    const reader = openReader(format, DEFAULT_LIMITS);
    for (const item of [...reader.push(bytes), ...reader.end()]) if ("record" in item) records.push(item.record);
  }
});

function source(logsource: string): SigmaLogsource {
  const [product = "", category = "", service = ""] = logsource.split("/");
  return { product: product || null, category: category || null, service: service || null };
}

function served(record: Pick<ParsedRecord, "kind" | "fields" | "native">, logsource: string): boolean {
  return accepts(source(logsource), facetsOf(sourceOf(record, viewRecord(record))));
}

function windows(Channel: string, EventID: number, family: string, key: string, data: Record<string, unknown> = {}) {
  return { kind: { family, key }, fields: {}, native: { Channel, EventID, Computer: "h", ...data } };
}

describe("records of real formats are shown to the rules of their logsource, and to no others", () => {
  test.each([
    ["windows-sysmon:1", "windows/process_creation", "linux/process_creation"],
    ["windows-sysmon:11", "windows/file_event", "windows/process_creation"],
    ["windows-sysmon:3", "windows/network_connection", "windows/dns_query"],
    ["windows-security:4688", "windows/process_creation", "windows//system"],
    ["windows-security:4625", "windows//security", "windows/process_creation"],
    ["windows-system:7045", "windows//system", "windows//security"],
    ["linux-sysmon:1", "linux/process_creation", "windows/process_creation"],
    ["linux-auditd:execve", "linux/process_creation", "linux/file_event"],
    ["linux-auditd:execve", "linux//auditd", "linux//syslog"],
    ["linux-auditd:rename", "linux/file_event", "linux/process_creation"],
    ["linux-auditd:connect", "linux/network_connection", "windows/network_connection"],
    ["linux-syslog:sshd", "linux//sshd", "linux//sudo"],
    ["linux-syslog:cron", "linux//cron", "linux//auth"],
    ["linux-syslog:sudo", "linux//auth", "linux//cron"],
    ["macos-esf:exec", "macos/process_creation", "linux/process_creation"],
    ["macos-esf:create", "macos/file_event", "macos/process_creation"],
    ["macos-osquery:es_process_events", "macos/process_creation", "linux/process_creation"],
    ["edr-santa:EXEC", "macos/process_creation", "macos/file_event"],
    ["edr-jamf:exec", "macos/process_creation", "windows/process_creation"],
    ["edr-defender:DeviceEvents/NamedPipeEvent@Windows", "windows/pipe_created", "macos/pipe_created"],
    ["edr-crowdstrike:DnsRequest@macOS", "macos/dns_query", "windows/dns_query"],
    ["edr-generic:process/open", "windows/process_access", "macos/process_access"],
    ["edr-generic:library/load", "windows/image_load", "linux/image_load"],
    ["ocsf:1007/1@macOS", "macos/process_creation", "windows/process_creation"],
    ["nsm-zeek:dns", "zeek//dns", "zeek//http"],
    ["nsm-zeek:dns", "/dns", "/proxy"],
    ["nsm-suricata:http", "/proxy", "/dns"],
    ["aws-cloudtrail:CreateUser", "aws//cloudtrail", "azure//activitylogs"],
    ["azure-activity:microsoft.compute/snapshots/write", "azure//activitylogs", "azure//signinlogs"],
    ["entra-id:SignInLogs", "azure//signinlogs", "azure//auditlogs"],
    ["entra-id:Add user", "azure//auditlogs", "azure//signinlogs"],
    ["m365:New-InboxRule", "m365//audit", "azure//auditlogs"],
    ["gcp:storage.objects.get", "gcp//gcp.audit", "gcp//google_workspace.admin"],
    ["google-workspace:admin/CREATE_USER", "gcp//google_workspace.admin", "gcp//google_workspace.login"],
    ["google-workspace:login/login_failure", "gcp//google_workspace.login", "gcp//google_workspace.admin"],
    ["okta-idp:user.session.start", "okta//okta", "onelogin//onelogin.events"],
    ["saas-collab:git.clone", "github//audit", "bitbucket//audit"],
    ["kubernetes:create/pods", "kubernetes/application/audit", "kubernetes//events"],
    ["kubernetes:event/BackOff", "kubernetes//events", "kubernetes//audit"],
    ["firewall:traffic", "/firewall", "/proxy"],
    ["docker-containerd:container/create", "docker", "linux"],
  ])("%s", (kind, wanted, unwanted) => {
    const found = records.filter((record) => `${record.kind.family}:${record.kind.key}` === kind);
    expect(found.length, "the fixtures hold such a record").toBeGreaterThan(0);
    for (const record of found) expect({ wanted: served(record, wanted), unwanted: served(record, unwanted) }).toEqual({ wanted: true, unwanted: false });
  });

  test("Windows logs give the service by their channel, also where several logs share a family", () => {
    expect(served(windows("Microsoft-Windows-TaskScheduler/Operational", 106, "windows-system", "106"), "windows//taskscheduler")).toBe(true);
    expect(served(windows("Microsoft-Windows-TaskScheduler/Operational", 106, "windows-system", "106"), "windows//system")).toBe(false);
    expect(served(windows("Windows PowerShell", 400, "windows-powershell", "400"), "windows/ps_classic_start/powershell-classic")).toBe(true);
    expect(served(windows("PowerShellCore/Operational", 4104, "windows-powershell", "4104"), "windows/ps_script/powershell")).toBe(true);
    expect(served(windows("Microsoft-Windows-Windows Defender/Operational", 1116, "windows-defence", "Microsoft-Windows-Windows Defender/Operational/1116"), "windows//windefend")).toBe(true);
    expect(served({ kind: { family: "windows-misc", key: "Microsoft-Windows-NTLM/Operational/8001" }, fields: {}, native: {} }, "windows//ntlm")).toBe(true);
  });

  test("Sysmon's event 12 is told by what was done: created keys are no deletion", () => {
    const event = (EventType: string) => windows("Microsoft-Windows-Sysmon/Operational", 12, "windows-sysmon", "12", { EventType });
    expect([served(event("CreateKey"), "windows/registry_add"), served(event("CreateKey"), "windows/registry_delete"), served(event("DeleteValue"), "windows/registry_delete"), served(event("DeleteValue"), "windows/registry_add"), served(event("CreateKey"), "windows/registry_event")]).toEqual([true, false, true, false, true]);
  });

  test("an opened file is told by what it was opened for: one that is made or emptied is a file event, one that is read is none", () => {
    const call = (key: string, flags: string, nametype = "NORMAL", exit = "3", more: readonly Record<string, string>[] = []) => ({
      kind: { family: "linux-auditd", key },
      fields: { exit_code: exit, api_args: key === "open" ? `a0=7f a1=${flags} a2=1b6 a3=0` : `a0=ffffff9c a1=7f a2=${flags} a3=1b6` },
      native: [{ type: "SYSCALL" }, { type: "PATH", nametype: "PARENT" }, { type: "PATH", nametype }, ...more],
    });
    const fileEvent = (record: ReturnType<typeof call>) => served(record, "linux/file_event");
    expect([fileEvent(call("openat", "241")), fileEvent(call("openat", "241", "CREATE")), fileEvent(call("open", "441")), fileEvent(call("open", "201"))]).toEqual([true, true, true, true]);
    expect([fileEvent(call("openat", "80000")), fileEvent(call("open", "0")), fileEvent(call("openat", "401")), fileEvent(call("openat", "40")), fileEvent(call("openat", "O_RDWR|O_CREAT"))]).toEqual([false, false, false, false, true]);
    expect([fileEvent(call("openat", "241", "CREATE", "-13")), fileEvent(call("openat", "241", "NORMAL", "EACCES(Permission denied)"))]).toEqual([false, false]);
    expect([fileEvent(call("openat2", "7f")), fileEvent(call("openat2", "7f", "NORMAL", "3", [{ type: "OPENAT2", oflag: "01101" }]))]).toEqual([false, true]);
    expect(served(call("openat", "80000"), "linux//auditd")).toBe(true);
  });

  test("the same is told from laurel's and auditbeat's records", () => {
    const made = records.filter(({ kind }) => kind.family === "linux-auditd" && kind.key === "openat");
    expect(made.length).toBeGreaterThan(0);
    for (const record of made) expect(served(record, "linux/file_event")).toBe(JSON.stringify(record.native).includes("CREATE"));
    const beat = (a2: string, nametype: string) => ({ kind: { family: "linux-auditd", key: "openat" }, fields: {}, native: { auditd: { message_type: "syscall", data: { syscall: "openat", a2 }, paths: [{ nametype }] } } });
    expect([served(beat("241", "NORMAL"), "linux/file_event"), served(beat("80000", "CREATE"), "linux/file_event"), served(beat("80000", "NORMAL"), "linux/file_event")]).toEqual([true, true, false]);
  });

  test("a sensor of several systems: the record's own word decides; one that says nothing is shown to the rules of each", () => {
    const endpoint = (host: unknown) => ({ kind: { family: "edr-generic", key: "process/exec" }, fields: {}, native: { host } });
    expect([served(endpoint({ os: { type: "linux" } }), "linux/process_creation"), served(endpoint({ os: { type: "linux" } }), "windows/process_creation"), served(endpoint({}), "linux/process_creation"), served(endpoint({}), "windows/process_creation")]).toEqual([true, false, true, true]);
  });

  test("every family of the table exists", () => {
    for (const family of Object.keys(table.families)) expect(familyById(family)?.id, family).toBe(family);
  });
});

describe("routing rules", () => {
  const rule = (logsource: string): SigmaRule => {
    const parsed = parseRuleFile("r.yml", `title: R\nlogsource:\n${logsource}\ndetection:\n  selection:\n    Image|endswith: zip\n  condition: selection\n`).documents[0];
    if (parsed?.kind !== "rule") throw new Error("no rule");
    return parsed;
  };
  const rules = [rule("  product: windows\n  category: process_creation"), rule("  product: macos\n  category: process_creation"), rule("  category: process_creation"), rule("  product: opencanary\n  category: application")];
  const mac = { kind: { family: "macos-esf", key: "exec" }, fields: { image: "/usr/bin/zip" }, native: {} };

  test("a rule without a product is asked on every product; a rule whose logsource nothing serves is named", () => {
    const engine = buildRuleEngine(rules);
    const router = routeRules(rules, engine);
    expect(router.unrouted).toEqual([3]);
    expect(engine.match(router.groupOf(mac, viewRecord(mac)), viewRecord(mac))).toEqual([1, 2]);
  });

  test("--ignore-logsource asks every rule of every record", () => {
    const engine = buildRuleEngine(rules);
    const router = routeRules(rules, engine, true);
    expect([router.unrouted, engine.match(router.groupOf(mac, viewRecord(mac)), viewRecord(mac))]).toEqual([[], [0, 1, 2, 3]]);
  });

  test("what is served is what some record can be", () => {
    expect(["windows/process_creation", "linux//auditd", "windows//windefend", "/proxy", "macos/process_creation", "fortigate//event"].map((one) => isServed(source(one)))).toEqual([true, true, true, true, true, true]);
    expect(["opencanary/application", "macos/registry_set", "windows//auditd", "nonsense"].map((one) => isServed(source(one)))).toEqual([false, false, false, false]);
  });
});
