import { describe, expect, test } from "vitest";
import { rowsOf } from "./filter-checks";
import { unpackChecks } from "./unpack-checks";
import { unpackDeployed } from "./unpack-deployed";
import { NOTHING_FOUND, type CheckedSegment, type CheckRun, type StoredCheck } from "@/lib/detection/check/stored-check";
import { FOUND_STATES, type FoundByRule } from "@/lib/detection/check/found-by-rule";
import type { RuleHead } from "@/lib/detection/rules/rule-head";
import type { StoredRule } from "@/lib/detection/rules/stored-rule";
import type { SiemRuleRow } from "@/lib/detection/siem/stored-siem";
import { buildDeployedView } from "@/lib/reports/deployed-view";
import { buildCheckView, buildRuleCheckView, SHOWN_STATES } from "@/lib/reports/rule-check-view";

const segment = (id: string, platform: string): CheckedSegment => ({ id, name: id.toUpperCase(), assets: 5, population: { [platform]: 5 }, records: 1, examples: 1, unlooked: 0 });
const run = (at: string, segments: readonly CheckedSegment[]): CheckRun => ({ id: at, at, freshFrom: "2026-01-01T00:00:00.000Z", actor: "a", inputDigest: "", segments, counts: {} });
const row = (ruleId: string, segmentId: string, state: StoredCheck["state"], newest = "2026-01-05T00:00:00.000Z"): StoredCheck => ({ ruleId, segmentId, state, field: state.startsWith("field") ? "Image" : null, hosts: 1, hostsOf: 5, detail: { ...NOTHING_FOUND, newest } });
const head = (id: string, more: Partial<RuleHead> = {}): RuleHead => ({
  id, kind: "rule", title: `Rule ${id}`, author: null, level: "high", status: null, product: "windows", category: "process_creation", service: null, tags: [], placeholders: 0, refused: false, source: "ours", sourceKind: "imported", firstSeenAt: "2026-01-01T00:00:00.000Z", changedAt: "2026-01-01T00:00:00.000Z", accepted: [], proposed: 0, ...more,
});
const rule = (id: string, more: Partial<StoredRule> = {}): StoredRule => ({
  id, sourceId: "s", source: "ours", sourceKind: "imported", path: `${id}.yml`, position: 0, key: id, kind: "rule", sigmaId: null, name: null, title: `Rule ${id}`, status: null, level: "high", author: null, license: null, description: null, date: null, modified: null,
  references: [], tags: [], falsePositives: [], product: "windows", category: "process_creation", service: null, fields: [], placeholders: [], warnings: [], refusal: null, digest: "", state: "active", firstSeenAt: "2026-01-01T00:00:00.000Z", changedAt: "2026-01-01T00:00:00.000Z", ...more,
});
const words = (digits: string) => [...digits].map((digit) => SHOWN_STATES[Number(digit)]);

const now = { run: run("2026-01-10T00:00:00.000Z", [segment("a", "Windows"), segment("b", "macOS"), segment("c", "Windows")]), rows: [row("r", "a", "field-empty"), row("r", "c", "can-fire", "2025-01-01T00:00:00.000Z"), row("q", "a", "can-fire")] };
const before = { run: run("2026-01-09T00:00:00.000Z", [segment("a", "Windows"), segment("b", "macOS")]), rows: [row("r", "a", "can-fire")] };

const found = (rules: Record<string, Record<string, string>>, fields: Record<string, string> = {}): FoundByRule => new Map(Object.entries(rules).map(([id, states]) => [id, { segments: Object.keys(states), states: Object.values(states).flatMap((state) => FOUND_STATES.filter((one) => one === state)), field: fields[id] ?? "" }]));
const nowFound = { run: now.run, found: found({ r: { a: "field-empty", c: "stale" }, q: { a: "can-fire" } }, { r: "Image" }) };
const beforeFound = { run: before.run, found: found({ r: { a: "can-fire" } }) };

describe("the table of rules and segments", () => {
  const rules = [head("r"), head("q"), head("late", { changedAt: "2026-01-11T00:00:00.000Z" }), head("f", { kind: "filter" })];
  const view = buildCheckView(nowFound, beforeFound, rules, new Map(), () => true);
  const lines = unpackChecks(view.rules);

  test("a pair without a row has no source, or no hosts of the rule's platform; records that are no longer fresh are told apart", () => {
    expect(lines.map(({ id, states, field }) => [id, words(states), field])).toEqual([["r", ["field-empty", "other-platform", "stale"], "Image"], ["q", ["can-fire", "other-platform", "no-source"], ""]]);
    expect(view.unchecked).toBe(1);
  });

  test("changes are told against the run before, of segments that it looked at", () => {
    expect(lines.map(({ before: was }) => (was === null ? null : words(was)))).toEqual([["can-fire", "other-platform", "stale"], ["no-source", "other-platform", "no-source"]]);
    expect(rowsOf(lines, [0, 1, 2], SHOWN_STATES).map(({ best, change, able, of }) => [best, change, able, of])).toEqual([["stale", "silent", 0, 2], ["can-fire", "woke", 1, 2]]);
    expect(rowsOf(lines, [2], SHOWN_STATES).map(({ best, change }) => [best, change])).toEqual([["stale", "same"], ["no-source", "same"]]);
  });

  test("a reader sees the segments they were granted", () => {
    expect(unpackChecks(buildCheckView(nowFound, beforeFound, rules, new Map(), (id) => id === "b").rules).map(({ states }) => words(states))).toEqual([["other-platform"], ["other-platform"]]);
  });

  test("one rule, best segment first, with what it was before", () => {
    expect(buildRuleCheckView(now, before, rule("r"), () => true).segments.map(({ id, state, before: was }) => [id, state, was])).toEqual([["c", "stale", null], ["a", "field-empty", "can-fire"], ["b", "other-platform", null]]);
    expect(buildRuleCheckView(now, null, rule("r", { changedAt: "2026-01-11T00:00:00.000Z" }), () => true)).toMatchObject({ covered: false, segments: [] });
  });
});

test("what SIEMs list stands beside what is ours; never ran is said only where the system says when others ran", () => {
  const listed = (name: string, more: Partial<SiemRuleRow> = {}): SiemRuleRow => ({ id: name, system: "s", externalId: name, name, ruleId: null, matchedBy: "", enabled: true, schedule: "", lastRun: null, lastAlert: null, query: "", tags: [], asOf: 0, fileName: "", ...more });
  const view = buildDeployedView([listed("A", { ruleId: "r", matchedBy: "title", enabled: false, lastRun: 5, lastAlert: 1 }), listed("B"), listed("C", { system: "t" }), listed("D", { ruleId: "gone", enabled: null })], [head("r"), head("q"), head("f", { kind: "filter" })], new Map([["r", { last: 9 }]]), new Map([["q", true]]));
  expect(unpackDeployed(view.lines).map(({ name, deployment, runs, ran, lastAlert, fires }) => [name, deployment, runs, ran, lastAlert, fires])).toEqual([
    ["A", "both", "disabled", "ran", "1970-01-01T00:00:00.009Z", "not checked"],
    ["B", "siem-only", "runs", "never ran", "", "no rule of ours"],
    ["C", "siem-only", "runs", "not stated", "", "no rule of ours"],
    ["D", "siem-only", "not stated", "never ran", "", "no rule of ours"],
    ["Rule q", "ours-only", "not stated", "not stated", "", "can fire"],
  ]);
  expect([view.ours, view.deployed, view.systems.map(({ name, rules }) => [name, rules])]).toEqual([2, 1, [["s", 3], ["t", 1]]]);
});
