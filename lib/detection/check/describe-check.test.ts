import { describe, expect, test } from "vitest";
import { completeChecks } from "./complete-checks";
import { describeCheck, isStale, type DescribedRule } from "./describe-check";
import { rulePopulation } from "./rule-population";
import { NOTHING_FOUND, type CheckDetail, type CheckRun, type StoredCheck } from "./stored-check";

const rule = { id: "r", changedAt: "2026-01-01T00:00:00.000Z", product: "windows", category: "process_creation", service: null, refusal: null };
const segment = { id: "s", name: "EU", assets: 50, population: { Windows: 40, Linux: 10 }, records: 1, examples: 1, unlooked: 0 };
const run: CheckRun = { id: "x", at: "2026-02-01T00:00:00.000Z", freshFrom: "2026-01-02T00:00:00.000Z", actor: "a", inputDigest: "", segments: [segment, { ...segment, id: "t", name: "Macs", population: { macOS: 50 } }], counts: {} };
const check = (state: StoredCheck["state"], detail: Partial<CheckDetail> = {}, hosts = 0, hostsOf = 40): StoredCheck => ({ ruleId: "r", segmentId: "s", state, field: null, hosts, hostsOf, detail: { ...NOTHING_FOUND, ...detail } });
const say = (one: StoredCheck, about: Partial<DescribedRule> = {}) => describeCheck({ ...rule, ...about }, one, segment);

describe("why a rule can or cannot fire", () => {
  test.each<[string, StoredCheck, string]>([
    ["can fire", check("can-fire", { kinds: ["windows-sysmon:1"] }, 3), "windows-sysmon 1 fills every field that it needs, on 3 of 40 hosts of EU."],
    ["an empty field", check("field-empty", { kinds: ["windows-security:4688"], lacking: [{ field: "CommandLine", state: "field-empty" }], examples: 2, records: 9 }), "CommandLine is never filled together with all else that it needs in the 2 examples kept of 9 records of windows-security 4688."],
    ["a field without a name here", check("field-unmapped", { kinds: ["windows-sysmon:1"], lacking: [{ field: "A", state: "field-unmapped" }, { field: "B", state: "field-unmapped" }], examples: 1, records: 1 }), "A is under none of its names in the 1 example kept of 1 record of windows-sysmon 1, nor is B."],
    ["another event", check("key-never-seen", { kinds: ["windows-security:1", "windows-security:2"], wanted: ["EventID [4720,4722]"] }), "It asks for EventID 4720, 4722; what came is windows-security 1, 2."],
    ["never the event of its category", check("key-never-seen"), "The log came from EU, but never the event: windows-sysmon 1; windows-security 4688;"],
    ["no log", check("no-source"), "No record that it is shown came from EU: windows-sysmon 1;"],
    ["no such hosts", check("no-source", {}, 0, 0), "EU has no hosts of the platform that it is written for."],
    ["a stage of a chain", check("no-source", { stage: "First" }), 'It rests on "First". No record'],
    ["a rule that takes too much", check("refused", { exceeded: "more than 15 s" }), "Deciding it takes more than 15 s."],
    ["a placeholder", check("refused", { unset: ["admins"] }), "%admins% has no value in EU."],
  ])("%s", (_, one, words) => expect(say(one)).toContain(words));

  test("a refusal says its line and remedy", () => {
    expect(say(check("refused"), { refusal: { line: 7, message: "Unknown modifier.", remedy: "Use another." } })).toBe("Line 7: Unknown modifier. Use another.");
  });

  test("a logsource that nothing serves", () => {
    expect(say(check("no-source"), { product: "opencanary", category: "application" })).toContain("No kind of record");
  });
});

test("a rule that can fire is stale when its newest record is older than what counts as fresh, or has no time", () => {
  const newest = (at: string | null) => isStale(check("can-fire", { newest: at }), run);
  expect([newest("2026-01-02T00:00:00.000Z"), newest("2026-01-01T23:59:59.999Z"), newest(null), isStale(check("no-source"), run)]).toEqual([false, true, true, false]);
});

test("hosts are counted of the rule's platforms; a network's rules could see every asset", () => {
  const of = (product: string | null, category: string | null = null) => rulePopulation({ product, category, service: null }, segment);
  expect([of("windows"), of("linux"), of("macos"), of("zeek"), of(null, "process_creation")]).toEqual([40, 10, 0, 50, 50]);
});

test("pairs without a row are no-source; a rule that changed after the run has no answer in it", () => {
  const found = completeChecks(run, [rule, { ...rule, id: "later", changedAt: "2026-02-01T00:00:00.001Z" }], [check("can-fire", {}, 3)]);
  expect(found.map(({ rule: { id }, check: { segmentId, state, hostsOf } }) => [id, segmentId, state, hostsOf])).toEqual([["r", "s", "can-fire", 40], ["r", "t", "no-source", 0]]);
  expect(completeChecks(run, [rule], [], ["t"])).toHaveLength(1);
});
