import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ParsedRecord } from "@/lib/events/types";
import { compileRule } from "../evaluate/compile-rule";
import { viewRecord } from "../evaluate/rule-view";
import { linkRules } from "../sigma/link-rules";
import { parseRuleFile } from "../sigma/parse-rule-file";
import type { CountedSeries, SegmentSample } from "./check-types";
import { prepareCheck } from "./check-rules";

type Row = Pick<ParsedRecord, "kind" | "fields" | "native">;

function sysmon(id: number, data: Record<string, string>): Row {
  return { kind: { family: "windows-sysmon", key: String(id) }, fields: {}, native: { EventID: id, Channel: "Microsoft-Windows-Sysmon/Operational", Computer: "h", ...data } };
}

function windows(family: string, channel: string, id: number, data: Record<string, string> = {}): Row {
  return { kind: { family, key: String(id) }, fields: {}, native: { EventID: id, Channel: channel, Computer: "h", ...data } };
}

/** One series per list of records, with these hosts beside those of the examples. */
function sample(...groups: readonly { readonly rows: readonly Row[]; readonly hosts?: readonly string[]; readonly newest?: number | null }[]): SegmentSample {
  return {
    series: groups.map(({ rows, hosts = [], newest = 1000 }): CountedSeries => ({ kind: `${rows[0]?.kind.family ?? ""}:${rows[0]?.kind.key ?? ""}`, hosts: new Map(["h1", ...hosts].map((host) => [host, { records: 10, newest }])) })),
    examples: groups.flatMap(({ rows }, series) => rows.map((record) => ({ series, host: "h1", record }))),
  };
}

function check(yaml: string, on: SegmentSample) {
  const set = linkRules([parseRuleFile("r.yml", yaml)]);
  expect(set.refused).toEqual([]);
  return prepareCheck(set)(on);
}

function ask(logsource: string, detection: string, on: SegmentSample) {
  const [verdict] = check(`title: R\nlogsource: {${logsource}}\ndetection:\n${detection}\n`, on).rules;
  if (verdict === undefined) throw new Error("no verdict");
  return verdict;
}

const PROCESS = "product: windows, category: process_creation";
const start = { Image: "C:\\a.exe", CommandLine: "a -x" };

describe("whether a rule can fire on what came from a segment", () => {
  test.each([
    ["nothing came", PROCESS, "  s: {Image: a}\n  condition: s", sample(), "no-source", []],
    ["only another log came", PROCESS, "  s: {Image: a}\n  condition: s", sample({ rows: [windows("windows-system", "System", 7045)] }), "no-source", []],
    ["the log came, and never the event of the category", PROCESS, "  s: {Image: a}\n  condition: s", sample({ rows: [sysmon(3, { Image: "a" })] }), "key-never-seen", []],
    ["the event came with its field", PROCESS, "  s: {Image: a}\n  condition: s", sample({ rows: [sysmon(1, start)] }), "can-fire", []],
    ["the field is there and says nothing", PROCESS, "  s: {Image: a, CommandLine|contains: b}\n  condition: s", sample({ rows: [sysmon(1, { Image: "a", CommandLine: "-" })] }), "field-empty", ["CommandLine"]],
    ["no record has the field", PROCESS, "  s: {Image: a, Shell|contains: b}\n  condition: s", sample({ rows: [sysmon(1, start)] }), "field-unmapped", ["Shell"]],
    ["an alternative without the field is enough", PROCESS, "  s1: {Shell: b}\n  s2: {Image: a}\n  condition: 1 of s*", sample({ rows: [sysmon(1, start)] }), "can-fire", []],
    ["the field stands behind a not", PROCESS, "  s: {Image: a}\n  f: {Shell: b}\n  condition: s and not f", sample({ rows: [sysmon(1, start)] }), "can-fire", []],
    ["a not about absence needs the field", PROCESS, "  s: {Image: a}\n  f: {Shell: null}\n  condition: s and not f", sample({ rows: [sysmon(1, start)] }), "field-unmapped", ["Shell"]],
    ["absence itself is asked for", PROCESS, "  s: {Image: a, Shell: null}\n  condition: s", sample({ rows: [sysmon(1, start)] }), "can-fire", []],
    ["neq speaks of a field that is there", PROCESS, "  s: {Image: a, Shell|neq: b}\n  condition: s", sample({ rows: [sysmon(1, start)] }), "field-unmapped", ["Shell"]],
    ["exactly what the sensor writes for nothing is asked for", PROCESS, "  s: {CommandLine: '-'}\n  condition: s", sample({ rows: [sysmon(1, { CommandLine: "-" })] }), "can-fire", []],
    ["fieldref needs both fields", PROCESS, "  s: {Image|fieldref: Shell}\n  condition: s", sample({ rows: [sysmon(1, start)] }), "field-unmapped", ["Shell"]],
    ["fields filled in different records help nobody", PROCESS, "  s: {Image: a, CommandLine: b}\n  condition: s", sample({ rows: [sysmon(1, { Image: "a" }), sysmon(1, { CommandLine: "b" })] }), "field-empty", ["CommandLine"]],
    ["the number of the event came", "product: windows, service: security", "  s: {EventID: 4720}\n  condition: s", sample({ rows: [windows("windows-security", "Security", 4720)] }), "can-fire", []],
    ["the number of the event never came", "product: windows, service: security", "  s: {EventID: [4720, 4722]}\n  condition: s", sample({ rows: [windows("windows-security", "Security", 4688)] }), "key-never-seen", []],
    ["the event came from another provider", "product: windows, service: system", "  s: {EventID: 16, Provider_Name: A}\n  condition: s", sample({ rows: [windows("windows-system", "System", 16, { SourceName: "B" })] }), "key-never-seen", []],
    ["another log of the same family", "product: windows, service: taskscheduler", "  s: {EventID: 106}\n  condition: s", sample({ rows: [windows("windows-system", "System", 106)] }), "no-source", []],
    ["keywords stand anywhere", "product: windows, service: security", "  s: [mimikatz]\n  condition: s", sample({ rows: [windows("windows-security", "Security", 4688)] }), "can-fire", []],
    ["a sensor of another system", "product: linux, category: process_creation", "  s: {Image: a}\n  condition: s", sample({ rows: [sysmon(1, start)] }), "no-source", []],
  ] as const)("%s", (_, logsource, detection, on, state, fields) => {
    const found = ask(logsource, detection, on);
    expect([found.state, found.lacking.map(({ field }) => field)]).toEqual([state, fields]);
  });

  test("names the event that is asked for, and what came instead", () => {
    const found = ask("product: windows, service: security", "  s: {EventID: [4720, 4722]}\n  condition: s", sample({ rows: [windows("windows-security", "Security", 4688)] }));
    expect([found.wanted, found.kinds, found.records]).toEqual([["EventID [4720,4722]"], ["windows-security:4688"], 10]);
  });

  test("a series whose examples all would do counts with all its hosts, another with those of its examples alone", () => {
    const whole = ask(PROCESS, "  s: {Image: a}\n  condition: s", sample({ rows: [sysmon(1, start)], hosts: ["h2", "h3"] }));
    const mixed = ask(PROCESS, "  s: {Shell: a}\n  condition: s", sample({ rows: [sysmon(1, start), sysmon(1, { ...start, Shell: "x" })], hosts: ["h2", "h3"] }));
    expect([[...whole.hosts], whole.records, whole.newest, [...mixed.hosts], mixed.records]).toEqual([["h1", "h2", "h3"], 30, 1000, ["h1"], 10]);
  });
});

describe("correlations", () => {
  const yaml = (type: string, more = "") => `title: A
name: a
logsource: {product: windows, category: process_creation}
detection: {s: {Image: a}, condition: s}
---
title: B
name: b
logsource: {product: windows, category: network_connection}
detection: {s: {Image: a}, condition: s}
---
title: C
correlation:
  type: ${type}
  rules: [a, b]
  timespan: 5m
${more}`;
  const both = sample({ rows: [sysmon(1, { ...start, User: "-" })], hosts: ["h2"] }, { rows: [sysmon(3, { Image: "a", User: "x" })] });

  test("need every stage where they are about time, and one where they count", () => {
    const one = sample({ rows: [sysmon(1, start)] });
    expect([check(yaml("temporal"), one), check(yaml("event_count", "  condition: {gte: 2}"), one), check(yaml("temporal", "  condition: {gte: 1}"), one)].map(({ correlations: [found] }) => [found?.state, found?.stage])).toEqual([["key-never-seen", "B"], ["can-fire", null], ["can-fire", null]]);
  });

  test("can fire on hosts that send every stage", () => {
    expect(check(yaml("temporal_ordered"), both).correlations.map(({ state, hosts }) => [state, [...hosts]])).toEqual([["can-fire", ["h1"]]]);
  });

  test("count the records of a rule once, however often and by way of whom it is referred to", () => {
    const level = (i: number): string => `title: L${i}\nname: l${i}\nid: i${i}\ncorrelation: {type: event_count, rules: [${i === 1 ? "a, b" : `l${i - 1}, i${i - 1}`}], timespan: 5m, condition: {gte: 1}}\n`;
    const chain = `${yaml("temporal")}\n---\n${Array.from({ length: 45 }, (_, i) => level(i + 1)).join("---\n")}`;
    const { correlations } = check(chain, both);
    expect(correlations).toHaveLength(46);
    expect(new Set(correlations.map(({ state, records, examples }) => `${state} ${records} ${examples}`))).toEqual(new Set([`can-fire ${correlations[0]?.records ?? 0} ${correlations[0]?.examples ?? 0}`]));
  });

  test("need the field that they group by, their rules do not", () => {
    const found = check(yaml("temporal", "  group-by: [User]"), both);
    expect([found.rules.map(({ state }) => state), found.correlations.map(({ state, lacking, stage }) => [state, lacking, stage])]).toEqual([["can-fire", "can-fire"], [["field-empty", [{ field: "User", state: "field-empty" }], "A"]]]);
  });
});

test("a rule that matches a record is never said to be unable to fire on it", () => {
  const name = fc.constantFrom("EventID", "Image", "CommandLine", "User", "Shell", "Provider_Name");
  const value = fc.constantFrom("a", "-", "", "1", "b*");
  const line = fc.tuple(name, fc.constantFrom("", "|contains", "|neq", "|exists", "|startswith"), value, fc.boolean()).map(([field, modifier, text, absent]) => `${field}${modifier}: ${modifier === "|exists" ? String(absent) : absent && modifier === "" ? "null" : JSON.stringify(text)}`);
  const rule = fc.tuple(fc.uniqueArray(line, { minLength: 1, maxLength: 3, selector: (one) => one.split(":")[0] }), fc.uniqueArray(line, { minLength: 1, maxLength: 2, selector: (one) => one.split(":")[0] }), fc.constantFrom("s", "s and not f", "s or f", "not s", "not (s and f)", "1 of them"));
  const record = fc.dictionary(fc.constantFrom("Image", "CommandLine", "User", "Shell"), fc.constantFrom("a", "-", "", "bb"));
  fc.assert(
    fc.property(rule, fc.array(record, { minLength: 1, maxLength: 4 }), ([s, f, condition], rows) => {
      const set = linkRules([parseRuleFile("r.yml", `title: R\nlogsource: {product: windows, service: sysmon}\ndetection:\n  s:\n${s.map((one) => `    ${one}\n`).join("")}  f:\n${f.map((one) => `    ${one}\n`).join("")}  condition: ${condition}\n`)]);
      const [only] = set.rules;
      fc.pre(only !== undefined);
      const records = rows.map((row) => sysmon(1, row));
      const test = compileRule(only);
      const [verdict] = prepareCheck(set)(sample({ rows: records })).rules;
      if (records.some((one) => test(viewRecord(one)))) expect(verdict?.state).toBe("can-fire");
      if (verdict?.state === "can-fire") expect(verdict.hosts.size).toBe(1);
      else expect(verdict?.hosts.size).toBe(0);
    }),
    { numRuns: 300 },
  );
});
