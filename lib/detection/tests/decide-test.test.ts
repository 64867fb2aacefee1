import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decideTest, type SampleFacts, type TestFacts } from "./decide-test";
import type { AlertHit, Hit } from "./detection-test";
import { ALERT_TOLERANCE_MS, findAlerts, type ImportedAlert } from "./find-alerts";

const hit = (title: string): Hit => ({ rule: title, title, author: null, count: 1, events: [3], hosts: ["mac-1"] });
const alert = (title: string): AlertHit => ({ rule: title, title, system: "splunk", host: "mac-1", at: "2026-06-01T10:00:00.000Z" });
const sample = (changes: Partial<SampleFacts> = {}): SampleFacts => ({ records: 10, own: 10, hits: [], alerts: [], ...changes });
const decide = (changes: Partial<TestFacts>) => decideTest({ gone: [], unreadable: null, linked: 1, evaluated: 1, positive: sample(), negative: sample(), untuned: null, tuned: [], miss: null, ...changes });

describe("whether a test passes", () => {
  test.each<[string, Partial<TestFacts>, object]>([
    ["the rule matches the attack and not the benign sample", { positive: sample({ hits: [hit("A")] }) }, { passed: true, matchedIn: "engine", code: "passed", because: '"A" matched the attack sample and nothing matched the benign one.' }],
    ["any linked rule that matches the benign sample fails it", { positive: sample({ hits: [hit("A")] }), negative: sample({ hits: [hit("B")] }) }, { passed: false, code: "benign-matched", because: '"B" matched the benign sample too.' }],
    ["an alert stands in for a match of the engine", { positive: sample({ alerts: [alert("A")] }) }, { passed: true, matchedIn: "siem" }],
    ["the engine is named where both matched", { positive: sample({ hits: [hit("A")], alerts: [alert("A")] }) }, { passed: true, matchedIn: "engine" }],
    ["an alert in the benign sample's time fails what only the SIEM saw", { positive: sample({ alerts: [alert("A")] }), negative: sample({ alerts: [alert("A")] }) }, { passed: false, code: "benign-matched" }],
    ["an alert validates though Sightline refused the rule", { evaluated: 0, positive: sample({ alerts: [alert("A")] }) }, { passed: true, matchedIn: "siem" }],
    ["and not when the engine matches the benign sample", { positive: sample({ alerts: [alert("A")] }), negative: sample({ hits: [hit("A")] }) }, { passed: false, code: "benign-matched" }],
    ["no kept file", { gone: ["attack"], positive: null }, { passed: false, code: "sample-gone", because: "The kept file of the attack sample is missing or damaged." }],
    ["a sample that nobody can read", { unreadable: "The content could be two formats.", positive: null }, { passed: false, code: "unreadable", because: "The content could be two formats." }],
    ["no accepted rule", { linked: 0, evaluated: 0 }, { passed: false, code: "no-rule" }],
    ["no record of a host of the segment", { positive: sample({ own: 0, hits: [hit("A")] }) }, { passed: false, code: "no-own-host", because: "None of the 10 records of the attack sample comes from a host of the segment." }],
    ["only this segment's values are in the way", { untuned: [hit("A")], tuned: ["servers"] }, { passed: false, code: "filtered-by-tuning", because: 'Filtered by tuning: without this segment\'s values of %servers%, "A" matches the attack sample.' }],
    ["every rule was refused", { linked: 2, evaluated: 0 }, { passed: false, code: "rules-refused", because: "All 2 linked rules were refused and looked at nothing." }],
    ["nothing matched", { miss: { rule: "A", title: "A", text: "stage two is absent.", event: 4 } }, { passed: false, code: "not-matched", because: "The logic of 1 linked rule did not match the attack sample. Nearest: A: stage two is absent." }],
  ])("%s", (_, changes, expected) => expect(decide(changes)).toMatchObject(expected));

  test("nothing passes without a record of the segment's hosts, a readable pair of samples, and silence over the benign one", () => {
    const hits = fc.array(fc.constantFrom(hit("A"), hit("B")), { maxLength: 2 });
    const alerts = fc.array(fc.constant(alert("A")), { maxLength: 1 });
    const facts = fc.record({ records: fc.integer({ min: 0, max: 9 }), own: fc.integer({ min: 0, max: 9 }), hits, alerts });
    const arbitrary: fc.Arbitrary<TestFacts> = fc.record({
      gone: fc.constantFrom<TestFacts["gone"]>([], ["attack"], ["benign"]),
      unreadable: fc.constantFrom(null, "It is no log."),
      linked: fc.integer({ min: 0, max: 2 }),
      evaluated: fc.integer({ min: 0, max: 2 }),
      positive: fc.option(facts),
      negative: fc.option(facts),
      untuned: fc.option(hits),
      tuned: fc.constant(["x"]),
      miss: fc.constant(null),
    });
    fc.assert(
      fc.property(arbitrary, (given) => {
        const verdict = decideTest(given);
        expect(verdict.because).not.toBe("");
        expect(verdict.passed).toBe(verdict.code === "passed");
        expect(verdict.matchedIn !== null).toBe(verdict.passed);
        if (!verdict.passed) return;
        expect(given.gone).toEqual([]);
        expect(given.positive?.own).toBeGreaterThan(0);
        expect(given.negative?.hits).toEqual([]);
        expect((given.positive?.hits.length ?? 0) + (given.positive?.alerts.length ?? 0)).toBeGreaterThan(0);
        expect(verdict.matchedIn === "engine").toBe((given.positive?.hits.length ?? 0) > 0);
      }),
      { numRuns: 300 },
    );
  });
});

describe("alerts that are about a sample", () => {
  const at = Date.UTC(2026, 5, 1, 10);
  const raised = (changes: Partial<ImportedAlert> = {}): ImportedAlert => ({ ruleId: "A", title: "A", system: "splunk", host: "MAC-1.example.test", at, ...changes });
  const window = { hosts: ["mac-1"], first: at, last: at + 60_000 };
  const never = { hosts: [], first: null, last: null };
  const found = (one: ImportedAlert, over: Partial<typeof window> | { first: null } = {}) => findAlerts([one], new Set(["A"]), { ...window, ...over }, never).positive.length;

  test("are of a linked rule, on one of its hosts, in its time with an hour to either side", () => {
    expect([found(raised()), found(raised({ at: at - ALERT_TOLERANCE_MS })), found(raised({ at: at + 60_000 + ALERT_TOLERANCE_MS }))]).toEqual([1, 1, 1]);
    expect([found(raised({ at: at - ALERT_TOLERANCE_MS - 1 })), found(raised({ at: at + 60_001 + ALERT_TOLERANCE_MS })), found(raised({ ruleId: "B" })), found(raised({ host: "mac-2" })), found(raised(), { first: null })]).toEqual([0, 0, 0, 0, 0]);
  });

  test("are about the nearer sample, and about the benign one where both are as near", () => {
    const later = { hosts: ["mac-1"], first: at + 11 * 60_000, last: at + 12 * 60_000 }; // ten minutes behind the attack
    const sides = (minutes: number) => {
      const { positive, negative } = findAlerts([raised({ at: at + minutes * 60_000 })], new Set(["A"]), window, later);
      return [positive.length, negative.length];
    };
    expect([sides(0), sides(5), sides(6), sides(7), sides(11)]).toEqual([[1, 0], [1, 0], [0, 1], [0, 1], [0, 1]]);
    expect(findAlerts([raised()], new Set(["A"]), { ...window, hosts: ["mac-2"] }, later)).toMatchObject({ positive: [], negative: [{ host: "MAC-1.example.test" }] });
  });
});
