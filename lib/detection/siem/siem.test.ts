import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { SightlineError } from "@/lib/shared/errors";
import { matchRules } from "./match-rules";
import { planSiemImport } from "./plan-siem-import";
import { readSiemFile } from "./read-siem-file";
import { readWhen } from "./read-when";
import type { SiemRuleRow } from "./stored-siem";

const ID = "5f1abf38-2ce1-4f3b-9d11-1f2b3c4d5e6f";
const read = (text: string) => readSiemFile("list", Buffer.from(text));
const T = (text: string): number => Date.parse(text);

describe("lists of rules", () => {
  test("Splunk by REST: disabled or unscheduled searches do not run", () => {
    const entry = (name: string, content: object) => ({ name, content });
    const found = read(JSON.stringify({ entry: [
      entry("Runs", { search: `index=a \`comment("${ID}")\``, disabled: false, is_scheduled: true, cron_schedule: "*/5 * * * *", "action.correlationsearch.annotations": '{"mitre_attack":["T1059.001"]}' }),
      entry("Off", { search: "index=a", disabled: "1", is_scheduled: 1 }),
      entry("By hand", { search: "index=a", disabled: 0, is_scheduled: 0, cron_schedule: "0 0 * * *" }),
      entry("Nothing", { disabled: 0 }),
    ] }));
    expect(found.rules.map(({ name, enabled, schedule, tags }) => [name, enabled, schedule, tags])).toEqual([["Runs", true, "*/5 * * * *", ["T1059.001"]], ["Off", false, "", []], ["By hand", false, "", []]]);
    expect(found.refused).toMatchObject([{ line: 4, name: "Nothing", field: "search" }]);
  });

  test("Splunk by CSV: a query may hold lines and commas, rows are refused by their line", () => {
    const found = read(`title,search,disabled,is_scheduled,cron_schedule\nA,"index=a,\n| head ""1""",0,1,5 * * * *\n,index=b,0,1,\nC,index=c,1,1,\n`);
    expect(found.rules.map(({ line, name, query, enabled }) => [line, name, query, enabled])).toEqual([[2, "A", 'index=a,\n| head "1"', true], [5, "C", "index=c", false]]);
    expect(found.refused).toMatchObject([{ line: 4, field: "title" }]);
  });

  test("savedsearches.conf: lines go on behind a backslash, [default] holds for all, silence means enabled and not scheduled", () => {
    const found = read("# searches\n[default]\nenableSched = 1\n\n[First]\nsearch = index=a \\\n| stats count\ncron_schedule = 0 * * * *\n[Second]\nsearch = index=b\ndisabled = 1\n[Third]\nsearch = index=c\nenableSched = 0\n");
    expect(found.rules.map(({ line, name, query, enabled, schedule }) => [line, name, query, enabled, schedule])).toEqual([[5, "First", "index=a\n| stats count", true, "0 * * * *"], [9, "Second", "index=b", false, ""], [12, "Third", "index=c", false, ""]]);
  });

  test("Sentinel: a template, an API list and an array of rules", () => {
    const properties = { displayName: "A", enabled: true, query: "x", queryFrequency: "PT1H", techniques: ["T1059"], tactics: ["Execution"] };
    const template = { resources: [{ type: "Microsoft.OperationalInsights/workspaces/providers/alertRules", name: `[concat(parameters('workspace'),'/Microsoft.SecurityInsights/${ID}')]`, kind: "Scheduled", properties }, { type: "x/other", properties: {} }] };
    const api = { value: [{ id: `/subscriptions/s/providers/Microsoft.SecurityInsights/alertRules/${ID}`, name: ID, type: "Microsoft.SecurityInsights/alertRules", kind: "NRT", properties: { ...properties, enabled: false } }, { type: "Microsoft.SecurityInsights/alertRules", kind: "Fusion", properties: {} }] };
    const rows = [read(JSON.stringify(template)), read(JSON.stringify(api)), read(JSON.stringify(api.value))].map(({ rules, refused, warnings }) => [rules.map(({ externalId, enabled, schedule, tags }) => [externalId, enabled, schedule, tags]), refused.length, warnings.length]);
    expect(rows).toEqual([[[[ID, true, "PT1H", ["T1059", "Execution"]]], 0, 1], [[[ID, false, "near real time", ["T1059", "Execution"]]], 1, 0], [[[ID, false, "near real time", ["T1059", "Execution"]]], 1, 0]]);
  });

  test("Elastic: rules line by line, what else an export holds is passed over", () => {
    const rule = { id: "x", rule_id: ID, name: "A", enabled: true, interval: "5m", query: "q", tags: ["OS: Windows"], threat: [{ technique: [{ id: "T1059", subtechnique: [{ id: "T1059.001" }] }] }], execution_summary: { last_execution: { date: "2026-11-20T10:00:00.000Z" } } };
    const found = read([rule, { list_id: "l", type: "detection" }, { rule_id: 7 }, { exported_count: 1 }].map((one) => JSON.stringify(one)).join("\n"));
    expect(found.rules).toMatchObject([{ line: 1, externalId: ID, schedule: "every 5m", lastRun: T("2026-11-20T10:00:00Z"), tags: ["T1059", "T1059.001", "OS: Windows"] }]);
    expect(found.refused).toMatchObject([{ line: 3 }]);
    expect(read(JSON.stringify(rule)).rules).toHaveLength(1);
  });

  test("a CSV of any SIEM: what is neither yes nor no, or no time, is refused by its line", () => {
    const found = read("name;enabled;last_run;tags\nA;yes;2026-11-20T10:00:00Z;attack.t1059 x\nB;perhaps;;\nC;;yesterday;\nD;;;\n");
    expect(found.rules.map(({ name, enabled, lastRun, tags }) => [name, enabled, lastRun, tags])).toEqual([["A", true, T("2026-11-20T10:00:00Z"), ["T1059", "attack.t1059", "x"]], ["D", null, null, []]]);
    expect(found.refused.map(({ line, field }) => [line, field])).toEqual([[3, "enabled"], [4, "last_run"]]);
  });

  test("what is no list is refused with what would be", () => {
    for (const text of ["", "hello", "{}", "[]", "a,b\n1,2", "{broken", "\u0000"]) expect(() => read(text)).toThrow(SightlineError);
  });

  test("whatever comes, it is read or refused", () => {
    const piece = fc.constantFrom("[A]", "search = x\\", "name,enabled", "rule,host,time", "a,1", '"', "\n", "{", "}", '{"rule_id":"a","name":"b"}', '{"entry":[{"name":"a","content":{}}]}', '{"value":[{"type":"alertRules","properties":{"displayName":null}}]}', ";", "\\");
    fc.assert(fc.property(fc.oneof(fc.array(piece, { maxLength: 12 }).map((parts) => Buffer.from(parts.join(""))), fc.uint8Array({ maxLength: 60 })), (bytes) => {
      try {
        readSiemFile("f", bytes);
      } catch (error) {
        if (!(error instanceof SightlineError)) throw error;
      }
    }), { numRuns: 300 });
  });
});

describe("alerts", () => {
  test("columns by the names of three products", () => {
    for (const header of ["rule,host,time,id", "ss_name,dest,_time,sid", "AlertName,CompromisedEntity,TimeGenerated,SystemAlertId", "kibana.alert.rule.name,host.name,@timestamp,kibana.alert.uuid"]) {
      expect(read(`${header}\nA,ws-1,2026-11-20T10:00:00Z,7\n`).alerts, header).toEqual([{ line: 2, rule: "A", host: "ws-1", at: T("2026-11-20T10:00:00Z"), id: "7" }]);
    }
  });

  test("rows without rule, host or time are refused; times without a zone are read as UTC, and counted", () => {
    const found = read('rule,host,time\nA,h,"Nov 20, 2026 @ 10:00:00.500"\n,h,1\nA,,1700000000\nA,h,soon\n');
    expect([found.alerts.map(({ at }) => at), found.refused.map(({ line, field }) => [line, field]), found.warnings]).toEqual([[T("2026-11-20T10:00:00.500Z")], [[3, "rule"], [4, "host"], [5, "time"]], ["1 of 4 times name no zone and were read as UTC."]]);
  });

  test.each([
    ["2026-11-20T10:00:00+01:00", "2026-11-20T09:00:00Z"], ["1763632800", "2025-11-20T10:00:00Z"], ["1763632800000", "2025-11-20T10:00:00Z"], ["1763632800.5", "2025-11-20T10:00:00.500Z"],
    ["11/20/2026, 1:02:03.000 PM", "2026-11-20T13:02:03Z"], ["11/20/2026, 12:00:00 AM", "2026-11-20T00:00:00Z"], ["Feb 30, 2026 @ 10:00:00.000", null], ["", null], ["13/20/2026 10:00:00", null],
  ])("the time %s", (text, iso) => expect(readWhen(text)?.ms ?? null).toBe(iso === null ? null : T(iso)));
});

describe("matching and planning", () => {
  const matcher = matchRules([{ id: "r1", sigmaId: ID, title: "One" }, { id: "r2", sigmaId: null, title: "Two" }, { id: "r3", sigmaId: null, title: "Twin" }, { id: "r4", sigmaId: null, title: "twin" }]);
  const rule = (name: string, more = {}) => ({ line: 1, externalId: name, name, enabled: true, schedule: "", lastRun: null, lastAlert: null, query: "", tags: [], about: "", ...more });
  const row = (name: string, more = {}): SiemRuleRow => ({ id: `row ${name}`, system: "s", externalId: name, name, ruleId: null, matchedBy: "", enabled: true, schedule: "", lastRun: null, lastAlert: null, query: "", tags: [], asOf: 0, fileName: "f", ...more });

  test("a Sigma id anywhere in the rule, else the title; a title of two rules names neither", () => {
    const by = (name: string, more = {}) => Object.values(matcher.byRule(rule(name, more)));
    expect([by("x", { query: `search # ${ID.toUpperCase()}` }), by(" two "), by("Twin"), by("Two", { about: ID })]).toEqual([["r1", "sigma-id"], ["r2", "title"], [null, ""], ["r1", "sigma-id"]]);
  });

  test("new, changed, same and no longer listed; a match made by hand and known times outlive a list", () => {
    const known = [row("Two", { ruleId: "r2", matchedBy: "title" }), row("Gone"), row("Hand", { ruleId: "r1", matchedBy: "hand", lastRun: 9 })];
    const plan = planSiemImport({ system: "s", known, rules: [rule("Two"), rule("New"), rule("Hand", { enabled: false, lastRun: 5 }), rule("New", { enabled: null })], alerts: [], matcher });
    expect([plan.rules.map(({ change, draft: { name, ruleId, lastRun, enabled } }) => [change, name, ruleId, lastRun, enabled]), plan.removed.map(({ name }) => name), plan.repeated]).toEqual([[["same", "Two", "r2", null, true], ["new", "New", null, null, null], ["changed", "Hand", "r1", 9, false]], ["Gone"], ["New"]]);
  });

  test("alerts move the last alert on, follow their rule's match, and stand once each", () => {
    const alert = (name: string, at: number, id: string | null = null) => ({ line: 2, rule: name, host: "WS-1.example.test", at, id });
    const plan = planSiemImport({ system: "s", known: [row("Mine", { ruleId: "r1", matchedBy: "sigma-id", lastAlert: 5 })], rules: null, alerts: [alert("Mine", 7), alert("Mine", 7), alert("One", 3, "i"), alert("Other", 1)], matcher });
    expect(plan.rules.map(({ change, draft }) => [change, draft.lastAlert])).toEqual([["changed", 7]]);
    expect(plan.alerts.map(({ ruleName, ruleId, hostKey }) => [ruleName, ruleId, hostKey])).toEqual([["Mine", "r1", "ws-1"], ["One", "r1", "ws-1"], ["Other", null, "ws-1"]]);
    expect([plan.removed, plan.unlisted]).toEqual([[], ["One", "Other"]]);
  });
});
