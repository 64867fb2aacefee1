import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DAY_MS } from "./instants";
import type { TestInput } from "./test-input";
import { groupTests, validationOf } from "./validation-of";

const AT = Date.UTC(2026, 5, 15, 12);
const run = (daysAgo: number, changes: Partial<TestInput> = {}): TestInput => ({ segment: "s", analytic: "AN1", at: AT - daysAgo * DAY_MS, passed: true, matchedIn: "engine", ...changes });
const failing = (daysAgo: number, changes: Partial<TestInput> = {}) => run(daysAgo, { passed: false, matchedIn: null, code: "not-matched", because: "The logic did not match.", ...changes });
const say = (...tests: TestInput[]) => validationOf(tests, AT, 90)?.validation;

describe("what the tests of a cell say", () => {
  test("without a test nothing", () => expect(validationOf([], AT, 90)).toBeNull());

  test("a run that passed within the time validates, since the first of its series and until it is too old", () => {
    expect(say(run(10, { since: AT - 40 * DAY_MS }))).toMatchObject({ state: "valid", since: AT - 40 * DAY_MS, at: AT - 10 * DAY_MS, until: AT + 80 * DAY_MS, tests: 1, passing: 1 });
    expect(say(run(90))).toMatchObject({ state: "valid" });
    expect(say(run(91))).toMatchObject({ state: "expired", at: AT - DAY_MS, code: "expired" });
  });

  test("one that no longer passes withdraws it, with the date of the first run that failed and its reason", () => {
    expect(say(failing(1, { since: AT - 5 * DAY_MS, before: true, code: "filtered-by-tuning", because: "Filtered by tuning." }))).toMatchObject({
      state: "withdrawn", at: AT - 5 * DAY_MS, code: "filtered-by-tuning", text: "Validation was withdrawn on 2026-06-10 12:00 UTC. Filtered by tuning.",
    });
    expect(say(failing(1))).toMatchObject({ state: "failed", at: AT - DAY_MS });
  });

  test("another test that passes still validates, and says how many do not", () => {
    expect(say(failing(1, { before: true }), run(3))).toMatchObject({ state: "valid", tests: 2, passing: 1, text: expect.stringContaining("1 of 2 tests does not pass") });
  });

  test("of two runs at one time the one in Sightline's own engine counts", () => {
    expect(validationOf([run(1, { matchedIn: "siem" }), run(1)], AT, 90)?.counts?.matchedIn).toBe("engine");
  });

  test("a run later than T is not there", () => expect(groupTests([run(-1), run(1)], AT).get("s\nAN1")).toHaveLength(1));
});

describe("properties", () => {
  const input: fc.Arbitrary<TestInput> = fc
    .record({ daysAgo: fc.integer({ min: 0, max: 200 }), passed: fc.boolean(), siem: fc.boolean(), before: fc.boolean(), test: fc.constantFrom("a", "b", "c") })
    .map(({ daysAgo, passed, siem, before, test: id }) => run(daysAgo, { passed, matchedIn: passed ? (siem ? "siem" : "engine") : null, before, test: id }));

  test("a cell is valid exactly when some run passed within the time, whatever the order", () => {
    fc.assert(
      fc.property(fc.array(input, { minLength: 1, maxLength: 6 }), fc.integer({ min: 1, max: 120 }), (tests, days) => {
        const found = validationOf(tests, AT, days);
        const valid = tests.some((one) => one.passed && one.at >= AT - days * DAY_MS);
        expect(found?.validation.state === "valid").toBe(valid);
        expect(found?.counts !== null).toBe(valid);
        expect(validationOf([...tests].reverse(), AT, days)).toEqual(found);
      }),
      { numRuns: 150 },
    );
  });

  test("a shorter time never validates more", () => {
    fc.assert(
      fc.property(fc.array(input, { minLength: 1, maxLength: 6 }), fc.integer({ min: 1, max: 100 }), (tests, days) => {
        if (validationOf(tests, AT, days)?.validation.state === "valid") expect(validationOf(tests, AT, days + 20)?.validation.state).toBe("valid");
      }),
      { numRuns: 100 },
    );
  });
});
