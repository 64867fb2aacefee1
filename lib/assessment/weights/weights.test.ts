import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { assess } from "../assess";
import { columnsOf } from "../cell-columns";
import { rollupLinks } from "../testing/rollup-links-arbitrary";
import { scoringInput } from "../testing/scoring-input-arbitrary";
import { kendallTau } from "./kendall-tau";
import { readWeightsCsv } from "./read-weights-csv";
import { weighEffect } from "./weigh-effect";
import { decayedUse, weighUses } from "./weigh-uses";
import { pinWeights, readProfileName, UNIFORM } from "./weight-profile";

const decay = { asOf: "2026-11-21", fullDays: 365, declineDays: 1_460, floor: 100_000 };

describe("weights of threat groups", () => {
  test("a use counts whole for a year, then fades in a straight line to the floor; one without a day counts the floor", () => {
    expect(decayedUse("2026-11-21", decay)).toBe(1_000_000);
    expect(decayedUse("2027-05-01", decay)).toBe(1_000_000);
    expect(decayedUse("2025-11-21", decay)).toBe(1_000_000);
    expect(decayedUse("2023-11-22", decay)).toBe(550_000); // half way: 1,095 days
    expect(decayedUse("2021-11-21", decay)).toBe(100_000);
    expect(decayedUse("1990-01-01", decay)).toBe(100_000);
    expect(decayedUse(null, decay)).toBe(100_000);
  });

  test("a technique that is used once today weighs two, used by three groups three; one that none uses is left out", () => {
    const use = (technique: string) => ({ technique, on: "2026-11-01", campaign: null });
    expect(weighUses([{ uses: [use("T1"), use("T2")] }, { uses: [use("T2")] }, { uses: [use("T2")] }], decay)).toEqual({ T1: 2_000_000, T2: 3_000_000 });
    expect(weighUses([], decay)).toEqual({});
  });

  test("more or newer uses never weigh less", () => {
    const day = fc.integer({ min: 0, max: 4_000 }).map((days) => new Date(Date.UTC(2016, 0, 1) + days * 86_400_000).toISOString().slice(0, 10));
    fc.assert(
      fc.property(fc.array(day, { minLength: 1, maxLength: 8 }), day, (days, more) => {
        const weigh = (list: readonly string[]): number => weighUses([{ uses: list.map((on) => ({ technique: "T1", on, campaign: null })) }], decay)["T1"] ?? 0;
        expect(weigh([...days, more])).toBeGreaterThanOrEqual(weigh(days));
        expect(decayedUse(more, decay)).toBeGreaterThanOrEqual(decayedUse("2016-01-01", decay));
      }),
    );
  });
});

describe("a CSV of weights", () => {
  test("is read to the millionth, in any case of the ids and any order", () => {
    expect(readWeightsCsv("w.csv", "weight,technique\n2.5,t1059.001\n0,T1003\n1.000001,T1047\n")).toEqual({ "T1003": 0, "T1047": 1_000_001, "T1059.001": 2_500_000 });
  });
  test.each([
    ["technique,weight\nT1059,two\n", "weight", 2],
    ["technique,weight\nT1059,1\nT1059,2\n", "technique", 3],
    ["technique,weight\nAN0749,1\n", "technique", 2],
    ["technique,weight\nT1059,1001\n", "weight", 2],
    ["technique,weight\nT1059,-1\n", "weight", 2],
    ["technique,weight\nT1059,1e3\n", "weight", 2],
    ["technique,weight\nT1059,1,5\n", "", 2],
  ])("is refused whole where a row is wrong: %j", (text, field, line) => {
    expect(() => readWeightsCsv("w.csv", text)).toThrow(expect.objectContaining({ code: "INVALID", place: expect.objectContaining({ file: "w.csv", field, line }) }));
  });
});

test("names of profiles are kept as written; the built-in one's and those that no shell could quote are refused", () => {
  expect(readProfileName("  Our threats 2026 ")).toBe("Our threats 2026");
  for (const name of ["", "Uniform", "-x", "a\nb", "x".repeat(61)]) expect(() => readProfileName(name)).toThrow(/name|built in/);
});

describe("Kendall's tau", () => {
  test("is one for the same order, minus one for the opposite, null where nothing is ranked", () => {
    expect(kendallTau([1n, 2n, 3n], [10n, 20n, 30n])).toBe(1_000_000);
    expect(kendallTau([1n, 2n, 3n], [3n, 2n, 1n])).toBe(-1_000_000);
    expect(kendallTau([1n, 2n, 3n], [1n, 1n, 1n])).toBeNull();
    expect(kendallTau([], [])).toBeNull();
    expect(kendallTau([1n, 2n, 3n, 4n], [1n, 2n, 4n, 3n])).toBe(666_667);
  });
  test("counts a tie in one order alone against the pair", () => {
    expect(kendallTau([1n, 2n, 3n], [1n, 1n, 2n])).toBe(816_497); // 2 / sqrt(3 x 2)
  });
});

describe("the effect of a profile", () => {
  test("is what the scorer gives with these weights, in every segment and the fleet; uniform weights change no order", () => {
    fc.assert(
      fc.property(scoringInput.chain((input) => fc.tuple(fc.constant(input), rollupLinks(input))), fc.dictionary(fc.constantFrom("T1", "T2", "T3"), fc.integer({ min: 1, max: 5_000_000 })), ([given, freeLinks], found) => {
        const weights = { ...found };
        const links = { ...freeLinks, strategies: given.analytics.map(({ id, techniques }) => ({ id: `DET${id}`, name: id, techniques, analytics: [id] })) };
        const input = { ...given, weights: { profile: "x", version: 1, techniques: weights } };
        const analytics = input.analytics.map(({ id }) => id);
        const result = assess(input);
        const scope = input.segments.map((_, position) => position);
        const effect = weighEffect(analytics, columnsOf(given, result), links, weights, scope);
        expect(effect.fleet.weighted).toEqual(result.fleet);
        expect(effect.segments.map(({ weighted }) => weighted)).toEqual(result.segments.map(({ headline }) => headline));
        const plain = assess({ ...given, weights: pinWeights(UNIFORM) });
        expect(effect.fleet.uniform).toEqual(plain.fleet);
        const none = weighEffect(analytics, columnsOf(given, result), links, {}, scope);
        expect(none.techniques.every(({ rank, uniformRank }) => rank === uniformRank)).toBe(true);
        expect(none.tau === null || none.tau === 1_000_000).toBe(true);
      }),
      { numRuns: 80 },
    );
  });
});
