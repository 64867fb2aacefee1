import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { assess } from "../assess";
import { DAY_MS, SKEW_MS } from "../instants";
import type { AggregateInput, ScoringInput } from "../scoring-input";
import { aged, AT, fromHosts, makeAlternative, makeAnalytic, makeClaim, makeInput, makeRecords, makeRequirement, makeSegment } from "../testing/make-input";
import { scoringInput } from "../testing/scoring-input-arbitrary";
import { compareAssessments, type Side } from "./compare-assessments";
import { comparisonSchema, type Comparison, type Stand } from "./comparison";
import { PARTS, type Part } from "./parts";
import { waterfallOf } from "./waterfall";

const RUNS = { numRuns: 25 };

function side(input: ScoringInput): Side {
  return { input, stored: assess(input) };
}

function compare(a: ScoringInput, b: ScoringInput): Comparison {
  return compareAssessments(side(a), side(b));
}

/** Every run of stands: the fleet's and each segment's. */
function runsOf(comparison: Comparison): (readonly Stand[])[] {
  return [comparison.fleet, ...comparison.segments.map(({ stands }) => stands)];
}

function partNamed(comparison: Comparison, part: Part) {
  return waterfallOf(comparison.fleet).find((one) => one.part === part);
}

/** The parts that moved any cell. */
function partsOf({ cells }: Comparison): Part[] {
  return PARTS.filter((_, position) => cells.parts.some((bits) => (bits & (1 << position)) !== 0));
}

function expectWholeIn(part: Part, a: ScoringInput, b: ScoringInput): void {
  const comparison = compare(a, b);
  for (const stands of runsOf(comparison)) {
    for (const found of waterfallOf(stands)) {
      if (found.part !== part) expect(found).toEqual({ part: found.part, points: 0, cells: 0, applicable: 0, uniform: 0, validated: 0, validatedCells: 0 });
    }
  }
  expect(partsOf(comparison).filter((one) => one !== part)).toEqual([]);
}

/** Rows cut at a later T: what is older than the window by then is stale. Rows of the arbitrary hold all their records at one instant. */
function recutAt(rows: readonly AggregateInput[], at: number, freshDays: number): AggregateInput[] {
  return rows.map((row) => {
    if (row.freshLast !== null && row.freshLast < at - freshDays * DAY_MS) return { ...row, fresh: 0, freshFirst: null, freshLast: null, stale: row.stale + row.fresh, staleLast: row.freshLast };
    if (row.staleLast !== null && row.staleLast >= at - freshDays * DAY_MS && row.staleLast <= at + SKEW_MS) return { ...row, stale: 0, staleLast: null, fresh: row.fresh + row.stale, freshFirst: Math.min(row.freshFirst ?? row.staleLast, row.staleLast), freshLast: Math.max(row.freshLast ?? row.staleLast, row.staleLast) };
    return row;
  });
}

describe("the difference of two assessments", () => {
  test("divides over the parts in integers that add up, in the fleet and in every segment", () => {
    fc.assert(
      fc.property(scoringInput, scoringInput, (a, b) => {
        const comparison = compare(a, b);
        for (const stands of runsOf(comparison)) {
          const parts = waterfallOf(stands);
          const [first, last] = [stands[0], stands.at(-1)];
          expect(parts.map(({ part }) => part)).toEqual(PARTS);
          expect(parts.reduce((sum, { points }) => sum + points, 0)).toBe((last?.observed ?? 0) - (first?.observed ?? 0));
          expect(parts.reduce((sum, { cells }) => sum + cells, 0)).toBe((last?.k ?? 0) - (first?.k ?? 0));
          expect(parts.reduce((sum, { applicable }) => sum + applicable, 0)).toBe((last?.n ?? 0) - (first?.n ?? 0));
          expect(parts.reduce((sum, { uniform }) => sum + uniform, 0)).toBe((last?.uniform ?? 0) - (first?.uniform ?? 0));
        }
      }),
      RUNS,
    );
  });

  test("begins and ends at what the two decided: today's engine finds nothing to correct at either end", () => {
    fc.assert(
      fc.property(scoringInput, scoringInput, (a, b) => {
        const comparison = compare(a, { ...b, at: b.at + 3 * DAY_MS });
        expect(waterfallOf(comparison.fleet)[0]).toMatchObject({ part: "engine", points: 0, cells: 0, applicable: 0 });
        for (const path of comparison.cells.path) expect([path[0], path[6]]).toEqual([path[1], path[7]]);
      }),
      RUNS,
    );
  });

  test("of an assessment and itself is nothing", () => {
    fc.assert(
      fc.property(scoringInput, (a) => {
        const comparison = compare(a, structuredClone(a));
        expect(comparison.cells.path).toEqual([]);
        for (const stands of runsOf(comparison)) for (const { points, cells } of waterfallOf(stands)) expect([points, cells]).toEqual([0, 0]);
      }),
      RUNS,
    );
  });

  test("counts every cell of either once in the transitions, and lists those that differ", () => {
    fc.assert(
      fc.property(scoringInput, scoringInput, (a, b) => {
        const comparison = compare(a, b);
        expect(comparisonSchema.safeParse(comparison).success).toBe(true);
        let moved = 0;
        for (const { matrix } of comparison.segments) {
          expect(matrix.flat().reduce((sum, n) => sum + n, 0)).toBe(comparison.analytics.length);
          matrix.forEach((row, from) => row.forEach((n, to) => (moved += from === to ? 0 : n)));
        }
        expect(comparison.cells.path.filter((path) => path[0] !== path[7])).toHaveLength(moved);
      }),
      RUNS,
    );
  });
});

describe("changing one group of inputs puts the whole difference there", () => {
  test("catalog: what the analytics ask, analytics that come and go, joins of a chain that is asked anew", () => {
    fc.assert(fc.property(scoringInput, scoringInput, (a, { analytics, acceptSets }) => expectWholeIn("catalog", a, { ...a, analytics, acceptSets, releases: { enterprise: "20.0" } })), RUNS);
  });

  test("fleet: segments, their hosts and rosters", () => {
    fc.assert(fc.property(scoringInput, scoringInput, (a, { segments }) => expectWholeIn("fleet", a, { ...a, segments })), RUNS);
  });

  test("policy: thresholds, weights and exclusions", () => {
    fc.assert(fc.property(scoringInput, scoringInput, (a, { policy, weights, exclusions }) => expectWholeIn("policy", a, { ...a, policy: { ...policy, version: 2 }, weights, exclusions })), RUNS);
  });

  test("policy: a narrower or wider window, with the same records cut at it", () => {
    fc.assert(
      fc.property(scoringInput, fc.integer({ min: 1, max: 70 }), (a, freshDays) => expectWholeIn("policy", a, { ...a, policy: { ...a.policy, freshDays }, aggregates: recutAt(a.aggregates, a.at, freshDays) })),
      RUNS,
    );
  });

  test("evidence: records, claims, measurements, joins, tests and links", () => {
    fc.assert(
      fc.property(scoringInput, scoringInput, (a, { aggregates, claims, measurements, tests, links }) => expectWholeIn("evidence", a, { ...a, aggregates, claims, measurements, tests, links })),
      RUNS,
    );
  });

  test("time: T moves, and the same records are older", () => {
    fc.assert(
      fc.property(scoringInput, fc.integer({ min: 0, max: 400 }), (a, days) => expectWholeIn("time", a, { ...a, at: a.at + days * DAY_MS, aggregates: recutAt(a.aggregates, a.at + days * DAY_MS, a.policy.freshDays) })),
      RUNS,
    );
  });

  test("engine: the same input that another engine decided otherwise", () => {
    const input = makeInput({ aggregates: fromHosts(10) });
    const now = assess(input);
    const then = { ...now, engine: "sightline-assessment/1", cells: now.cells.map((cell) => ({ ...cell, status: "partial" as const })), segments: now.segments.map((one) => ({ ...one, headline: { ...one.headline, observed: { ...one.headline.observed, value: 0, k: 0 } } })), fleet: { ...now.fleet, observed: { ...now.fleet.observed, value: 0, k: 0 } } };
    const comparison = compareAssessments({ input, stored: then }, side(input));
    expect(partNamed(comparison, "engine")).toMatchObject({ points: 100_000, cells: 1 });
    expect(comparison.engines).toEqual({ a: "sightline-assessment/1", b: "sightline-assessment/3" });
    expect(comparison.cells.path).toEqual(["45555555"]);
    expect(partsOf(comparison)).toEqual(["engine"]);
  });
});

describe("what belongs to which group", () => {
  const week = 7 * DAY_MS;

  test("records that arrived count as evidence although they are later than the earlier T", () => {
    const later = makeInput({ at: AT + week, aggregates: fromHosts(10, { dataset: "d2", freshFirst: AT + week - DAY_MS, freshLast: AT + week - DAY_MS }) });
    const comparison = compare(makeInput(), later);
    expect(partNamed(comparison, "evidence")).toMatchObject({ cells: 1, points: 100_000 });
    expect(partNamed(comparison, "time")).toMatchObject({ cells: 0, points: 0 });
    expect(comparison.cells.path).toEqual(["22222555"]);
  });

  test("a claim that arrived counts as evidence although it is dated after the earlier T", () => {
    const comparison = compare(makeInput(), makeInput({ at: AT + week, claims: [makeClaim({ asOf: AT + week - DAY_MS })] }));
    expect(comparison.cells.path).toEqual(["22222333"]);
    expect(partsOf(comparison)).toEqual(["evidence"]);
  });

  test("records that grew stale are moved by time, also where other evidence arrived", () => {
    const before = makeInput({ aggregates: fromHosts(10), claims: [makeClaim()] });
    const after = makeInput({ at: AT + 60 * DAY_MS, claims: [makeClaim()], aggregates: [...fromHosts(10).map((row) => aged(row, 1)), makeRecords("h1", 1, { kind: "macos-esf:other", dataset: "d2", freshFirst: AT + 50 * DAY_MS, freshLast: AT + 50 * DAY_MS })] });
    const comparison = compare(before, after);
    expect(partNamed(comparison, "time")).toMatchObject({ cells: -1 });
    expect(comparison.cells.path).toEqual(["55555533"]);
  });

  test("a shorter window and a later T are told apart where the records leave no doubt", () => {
    const old = fromHosts(10, { freshFirst: AT - 20 * DAY_MS, freshLast: AT - 20 * DAY_MS });
    const stale = old.map((row) => ({ ...row, fresh: 0, freshFirst: null, freshLast: null, stale: row.fresh, staleLast: row.freshLast }));
    const comparison = compare(makeInput({ aggregates: old }), makeInput({ at: AT + week, policy: { freshDays: 14, version: 2 }, aggregates: stale }));
    expect(partNamed(comparison, "policy")).toMatchObject({ cells: -1 });
    expect(partNamed(comparison, "time")).toMatchObject({ cells: 0 });
  });

  test("a list of kinds that grew because they were seen follows the evidence, one that is asked anew the catalogue", () => {
    const seen = makeInput({ acceptSets: [[{ kind: "macos-esf:exec", met: "as-cited", fields: 0 }, { kind: "macos-esf:open", met: "as-cited", fields: 0 }]], aggregates: fromHosts(10, { kind: "macos-esf:open" }) });
    expect(partNamed(compare(makeInput(), seen), "evidence")).toMatchObject({ cells: 1 });
    expect(partNamed(compare(makeInput(), seen), "catalog")).toMatchObject({ cells: 0 });
    const asked = makeInput({ aggregates: fromHosts(10), analytics: [makeAnalytic("AN0001", { requirements: [makeRequirement(), makeRequirement({ component: { id: "DC0099", name: "Another" }, alternatives: [makeAlternative({ accepts: 1 })] })] })], acceptSets: [[{ kind: "macos-esf:exec", met: "as-cited", fields: 0 }], [{ kind: "macos-esf:open", met: "as-cited", fields: 0 }]] });
    expect(partNamed(compare(makeInput({ aggregates: fromHosts(10) }), asked), "catalog")).toMatchObject({ cells: -1 });
  });

  test("a new analytic is the catalogue's, a new segment the fleet's, and what proves there the evidence's", () => {
    const records = [...fromHosts(10), ...fromHosts(10, { segment: "lab" })];
    const comparison = compare(makeInput({ aggregates: fromHosts(10) }), makeInput({ aggregates: records, analytics: [makeAnalytic("AN0001"), makeAnalytic("AN0002")], segments: [makeSegment("mac"), makeSegment("lab")] }));
    expect(waterfallOf(comparison.fleet).map(({ part, cells, applicable }) => [part, cells, applicable])).toEqual([["engine", 0, 0], ["catalog", 1, 1], ["fleet", 0, 2], ["policy", 0, 0], ["evidence", 2, 0], ["time", 0, 0]]);
    expect(comparison.cells.path.sort()).toEqual(["77555555", "77722555", "77722555"]);
  });
});
