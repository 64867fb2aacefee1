import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { correlate } from "../correlate/correlate";
import { matchesOf, ruleSet, type MatchSketch } from "../correlate/testing/sketch";
import { explainCorrelation } from "./explain-correlation";

const NAMES = ["a", "b", "c", "d"];
const body = (type: string, more: string, rules: string, timespan = "60s") => `correlation:\n  type: ${type}\n  rules: ${rules}\n  timespan: ${timespan}\n${more.replace(/^/gm, "  ")}\n`;
const chain = (rules = "[a, b, c, d]") => body("temporal_ordered", "group-by: [tree]", rules);
const explain = (correlation: string | readonly string[], sketches: readonly MatchSketch[], index?: number) => {
  const set = ruleSet(NAMES, ...(typeof correlation === "string" ? [correlation] : correlation));
  return explainCorrelation(set, index ?? set.correlations.length - 1, matchesOf(set, sketches), null);
};
const of = (rule: string, at: number | null, tree: string | null = "t1"): MatchSketch => ({ rule, at, values: tree === null ? {} : { tree } });
const positive = [of("a", 0), of("b", 10), of("c", 20), of("d", 30)];
const swap = (at: number, one: MatchSketch) => positive.map((known, i) => (i === at ? one : known));

describe("a chain that fires", () => {
  it("has every stage with its records, and no miss", () => {
    expect(explain(chain(), positive)).toMatchObject({
      fired: [{ events: [1, 2, 3, 4], at: 4, group: { tree: "t1" } }],
      stages: [{ rule: "a", title: "a", reached: true, records: [1], count: 1 }, { rule: "b" }, { rule: "c" }, { rule: "d", records: [4] }],
      nearestMiss: null,
    });
  });
});

describe("the nearest miss of a chain", () => {
  const miss = (...args: Parameters<typeof explain>) => explain(...args)?.nearestMiss;
  it("is the stage that no record reached", () => {
    const explained = explain(chain(), positive.filter(({ rule }) => rule !== "c"));
    expect(explained).toMatchObject({ fired: [], stages: [{ reached: true }, { reached: true }, { rule: "c", reached: false, records: [], count: 0 }, { reached: true }], nearestMiss: { kind: "stage-absent", stage: "c" } });
    expect(explained?.nearestMiss?.detail).toBe('No record matched "c".');
  });
  it("names matches that cannot be placed in time", () => {
    expect(explain(chain(), swap(2, of("c", null)))).toMatchObject({ untimed: 1, nearestMiss: { kind: "stage-absent", stage: "c", detail: 'No record matched "c". 1 match of it has no usable time and cannot be placed.' } });
  });
  it("is the order, with the stage that stands elsewhere", () => {
    expect(miss(chain(), swap(3, of("d", 5)))).toMatchObject({ kind: "wrong-order", stage: "d", records: expect.arrayContaining([1, 2, 3, 4]) });
    expect(miss(chain(), swap(0, of("a", 40)))).toMatchObject({ kind: "wrong-order", stage: "a" });
  });
  it("is the window, with the seconds that it is too short and the stage after the pause", () => {
    expect(miss(chain(), swap(3, of("d", 75.25)))).toMatchObject({ kind: "outside-window", stage: "d", bySeconds: 15.25 });
    expect(miss(chain(), [of("a", 0), of("b", 100), of("c", 110), of("d", 120)])).toMatchObject({ kind: "outside-window", stage: "b", bySeconds: 60 });
  });
  it("is the key that a record lacks", () => {
    const found = miss(chain(), swap(3, of("d", 30, null)));
    expect(found).toMatchObject({ kind: "join-missing", stage: "d" });
    expect(found?.detail).toBe('"d" (record 4) fits but for tree: the record does not carry it; the other stages have tree t1.');
  });
  it("is the key that differs, and what it is on both sides", () => {
    const found = miss(chain(), swap(3, of("d", 30, "t2")));
    expect(found).toMatchObject({ kind: "join-different", stage: "d" });
    expect(found?.detail).toBe('"d" (record 4) fits but for its keys: it has tree t2, and the other stages have tree t1.');
  });
  it("takes the window before the key: the same tree too late says more than another tree in time", () => {
    expect(miss(chain(), [...swap(3, of("d", 90)), of("d", 30, "t2")])).toMatchObject({ kind: "outside-window", bySeconds: 30 });
  });
  it("names two faults by the greater one and tells of the other", () => {
    const found = miss(chain(), swap(3, of("d", 90, "t2")));
    expect(found).toMatchObject({ kind: "join-different", stage: "d" });
    expect(found?.detail).toContain("the timespan of 1 min is too short by 30 s");
  });
  it("of an inner correlation that did not fire is why that did not", () => {
    const inner = `title: egress of the child\nname: inner\n${body("temporal_ordered", "group-by: [process]", "[c, d]")}`;
    const outer = `title: outer\n${body("temporal_ordered", "group-by: [tree]", "[a, b, inner]")}`;
    const own = (rule: string, at: number, process: string): MatchSketch => ({ rule, at, values: { tree: "t1", process } });
    expect(explain([inner, outer], [of("a", 0), of("b", 1), own("c", 2, "p"), own("d", 3, "p")])).toMatchObject({ fired: [{ events: [1, 2, 3, 4] }], nearestMiss: null });
    const other = explain([inner, outer], [of("a", 0), of("b", 1), own("c", 2, "p"), own("d", 3, "q")]);
    expect(other).toMatchObject({ stages: [{ reached: true }, { reached: true }, { rule: "inner", reached: false }], nearestMiss: { kind: "join-different", stage: "d" } });
    expect(other?.nearestMiss?.detail).toMatch(/^"egress of the child" did not fire: "d" \(record 4\)/);
    expect(miss([inner, outer], [of("a", 0), of("b", 1), own("c", 2, "p"), own("d", 92, "p")])).toMatchObject({ kind: "outside-window", stage: "d", bySeconds: 30 });
  });
});

describe("the nearest miss of a count", () => {
  const five = body("event_count", "condition: {gte: 5}\ngroup-by: [tree]", "[a]");
  const times = (count: number, step: number, tree: string | null = "t1") => Array.from({ length: count }, (_, i) => of("a", i * step, tree));
  it("is the window when the records are there and too far apart", () => {
    expect(explain(five, times(5, 20))?.nearestMiss).toMatchObject({ kind: "outside-window", bySeconds: 20 });
  });
  it("is the key when the records are there in several groups, or in none", () => {
    expect(explain(five, [...times(3, 1), ...times(3, 1, "t2")])?.nearestMiss).toMatchObject({ kind: "join-different" });
    expect(explain(five, [...times(3, 1), ...times(3, 1, null)])?.nearestMiss).toMatchObject({ kind: "join-missing" });
  });
  it("is how far the fullest window came when nothing else helps", () => {
    expect(explain(five, times(4, 1))?.nearestMiss).toMatchObject({ kind: "stage-absent", stage: "a", detail: "The highest value within one timespan is 4; wanted is at least 5." });
    expect(explain(five, [])?.nearestMiss).toMatchObject({ kind: "stage-absent", detail: 'No record matched "a".' });
  });
});

describe("a true positive with one fault", () => {
  const gaps = fc.array(fc.integer({ min: 1, max: 14_000 }), { minLength: 3, maxLength: 3 }); // ms between stages: at most 42 s of 60
  const noise = fc.array(fc.record({ rule: fc.constantFrom("a", "b"), at: fc.integer({ min: 0, max: 60_000 }) }), { maxLength: 4 });
  const at = (ms: number) => ms / 1000;
  /** Noise stands in trees of its own, each with one record, so that it completes nothing. */
  const strangers = (marks: readonly { readonly rule: string; readonly at: number }[]) => marks.map((mark, i) => of(mark.rule, at(mark.at), `noise ${i}`));
  const starts = (gaps: readonly number[]) => gaps.reduce<number[]>((all, gap) => [...all, (all.at(-1) ?? 0) + gap], [0]);
  const stages = (times: readonly number[]) => NAMES.map((name, i) => of(name, at(times[i] ?? 0)));

  it("fires without the fault", () => {
    fc.assert(
      fc.property(gaps, noise, (gap, marks) => {
        expect(explain(chain(), [...stages(starts(gap)), ...strangers(marks)])?.nearestMiss).toBeNull();
      }),
    );
  });
  it("is outside the window by exactly the shift of a stage beyond it", () => {
    fc.assert(
      fc.property(gaps, noise, fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 500_000 }), (gap, marks, from, beyond) => {
        const times = starts(gap);
        const shift = 60_000 - (times[3] ?? 0) + beyond; // this stage and those after it
        const late = times.map((ms, i) => (i >= from ? ms + shift : ms));
        expect(explain(chain(), [...stages(late), ...strangers(marks)])?.nearestMiss).toMatchObject({ kind: "outside-window", stage: NAMES[from], bySeconds: beyond / 1000 });
      }),
    );
  });
  it("is in the wrong order when a stage moves before the one before it", () => {
    fc.assert(
      fc.property(gaps, noise, fc.integer({ min: 1, max: 3 }), (gap, marks, moved) => {
        const times = starts(gap);
        const early = times.map((ms, i) => 1000 + (i === moved ? (times[moved - 1] ?? 0) - 0.5 : ms));
        const found = explain(chain(), [...stages(early), ...strangers(marks)])?.nearestMiss;
        expect(found?.kind).toBe("wrong-order");
        expect([NAMES[moved], NAMES[moved - 1]]).toContain(found?.stage);
      }),
    );
  });
  it("lacks a join when a record lost its key, and has another when it has another", () => {
    fc.assert(
      fc.property(gaps, fc.integer({ min: 0, max: 3 }), fc.boolean(), (gap, which, lost) => {
        const sketches = stages(starts(gap)).map((one, i) => (i === which ? { ...one, values: lost ? {} : { tree: "t2" } } : one));
        expect(explain(chain(), sketches)?.nearestMiss).toMatchObject({ kind: lost ? "join-missing" : "join-different", stage: NAMES[which] });
      }),
    );
  });
  it("lacks the stage that was taken out", () => {
    fc.assert(
      fc.property(gaps, fc.integer({ min: 0, max: 3 }), (gap, which) => {
        expect(explain(chain(), stages(starts(gap)).filter((_, i) => i !== which))?.nearestMiss).toMatchObject({ kind: "stage-absent", stage: NAMES[which] });
      }),
    );
  });
  it("never has a miss where the correlation fires, and always one where it does not", () => {
    const any = fc.array(fc.record({ rule: fc.constantFrom(...NAMES), at: fc.integer({ min: 0, max: 200 }), tree: fc.constantFrom("t1", "t2", null) }), { maxLength: 14 });
    const texts = [chain(), body("temporal", "group-by: [tree]", "[a, b, c]"), body("event_count", "condition: {gte: 4}\ngroup-by: [tree]", "[a, b]"), body("temporal_ordered", "condition: {gte: 3}", "[a, b, c, d]"), body("value_count", "condition: {field: tree, gte: 3}", "[a]")];
    fc.assert(
      fc.property(any, fc.constantFrom(...texts), (sketches, text) => {
        const all = sketches.map(({ rule, at, tree }) => of(rule, at, tree));
        const set = ruleSet(NAMES, text);
        const fired = correlate(set.correlations, matchesOf(set, all)).fired.length > 0;
        const found = explain(text, all);
        expect(found?.nearestMiss === null).toBe(fired);
        expect((found?.fired.length ?? 0) > 0).toBe(fired);
        if (found?.nearestMiss?.bySeconds !== undefined) {
          const longer = (by: number) => ruleSet(NAMES, text.replace("60s", `${Math.round(60 + by)}s`));
          const fires = (by: number) => correlate(longer(by).correlations, matchesOf(longer(by), all)).fired.length > 0;
          expect([fires(found.nearestMiss.bySeconds), fires(found.nearestMiss.bySeconds - 1)]).toEqual([true, false]);
        }
      }),
      { numRuns: 600 },
    );
  });
});
