import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { assess } from "./assess";
import { columnsOf, packColumns, unpackColumns } from "./cell-columns";
import { rollUp, type Rollup, type RollupLinks } from "./rollups";
import type { ScoringInput } from "./scoring-input";
import type { Headline, ScoringResult } from "./scoring-result";
import { fromHosts, makeAnalytic, makeInput, makeSegment } from "./testing/make-input";
import { rollupLinks } from "./testing/rollup-links-arbitrary";
import { scoringInput } from "./testing/scoring-input-arbitrary";

const RUNS = { numRuns: 120 };
const linkedInput = scoringInput.chain((input) => fc.tuple(fc.constant(input), rollupLinks(input)));

/** k, n, not-applicable and the number once more, without the code under test: from the cells of named analytics in named segments. */
function naive(input: ScoringInput, result: ScoringResult, analytics: ReadonlySet<string>, segments: ReadonlySet<number>) {
  let [all, seen, k, n] = [0n, 0n, 0, 0];
  for (const cell of result.cells) {
    const analytic = input.analytics[cell.analytic];
    if (!analytic || !analytics.has(analytic.id) || !segments.has(cell.segment)) continue;
    const heaviest = Math.max(...(analytic.techniques.length === 0 ? [1_000_000] : analytic.techniques.map((id) => input.weights.techniques[id] ?? 1_000_000)));
    const weight = BigInt(cell.hosts) * BigInt(input.segments[cell.segment]?.criticality ?? 0) * BigInt(heaviest);
    n += 1;
    all += weight;
    if (cell.status !== "observed" && cell.status !== "validated") continue;
    k += 1;
    seen += weight * BigInt(cell.reach);
  }
  const known = input.analytics.filter(({ id }) => analytics.has(id)).length;
  return { value: all === 0n ? null : Number((2n * seen + all) / (2n * all)), k, n, "not-applicable": known * segments.size - n };
}

function numbersOf({ observed, counts }: Headline) {
  return { value: observed.value, k: observed.k, n: observed.n, "not-applicable": counts["not-applicable"] };
}

/** Ids of the analytics of a technique, by the links alone. */
function analyticsOf(links: RollupLinks, techniques: readonly string[]): ReadonlySet<string> {
  return new Set(links.strategies.filter((strategy) => strategy.techniques.some((id) => techniques.includes(id))).flatMap(({ analytics }) => analytics));
}

describe("rollups", () => {
  test("every level is the ratio of sums over its own cells, in every segment and the fleet", () => {
    fc.assert(
      fc.property(linkedInput, ([input, links]) => {
        const result = assess(input);
        const rollups = rollUp(input, result, links);
        for (const scope of [null, ...input.segments.map((_, position) => [position])]) {
          const segments = new Set(scope ?? input.segments.keys());
          const expectRow = ({ headline }: Pick<Rollup, "headline">, ids: ReadonlySet<string>): void => expect(numbersOf(headline)).toEqual(naive(input, result, ids, segments));
          for (const row of rollups.level("analytic", scope)) expectRow(row, new Set([row.id]));
          for (const row of rollups.level("strategy", scope)) expectRow(row, new Set(links.strategies.find(({ id }) => id === row.id)?.analytics));
          for (const row of rollups.level("technique", scope)) {
            expectRow(row, analyticsOf(links, [row.id]));
            if (row.id !== "T1") expect(row.including).toBeNull();
            else if (row.including) expectRow({ headline: row.including.headline }, analyticsOf(links, ["T1", "T1.001", "T1.002"]));
          }
          for (const row of rollups.level("tactic", scope)) expectRow(row, analyticsOf(links, links.techniques.filter(({ tactics }) => tactics.some(({ id }) => id === row.id)).map(({ id }) => id)));
          const scored = scope === null ? result.fleet : result.segments[scope[0] ?? 0]?.headline;
          expect(rollups.total(scope)).toEqual(scored);
        }
      }),
      RUNS,
    );
  });

  test("P8: a parent lies between the least and the greatest of its parts that weigh something", () => {
    fc.assert(
      fc.property(linkedInput, ([input, links]) => {
        const rollups = rollUp(input, assess(input), links);
        const values = new Map(rollups.level("analytic", null).map(({ headline }, position) => [position, headline.observed.value]));
        for (const level of ["strategy", "technique", "tactic"] as const) {
          for (const { headline, analytics } of rollups.level(level, null)) {
            const parts = analytics.map((position) => values.get(position) ?? null).filter((value) => value !== null);
            if (headline.observed.value === null) expect(parts).toEqual([]);
            else {
              expect(headline.observed.value).toBeGreaterThanOrEqual(Math.min(...parts));
              expect(headline.observed.value).toBeLessThanOrEqual(Math.max(...parts));
            }
          }
        }
      }),
      RUNS,
    );
  });

  test("P11: a technique of two tactics counts in both and once in the total", () => {
    const input = makeInput({ aggregates: fromHosts(10), segments: [makeSegment("mac", { assets: 10 })], analytics: [makeAnalytic("AN0001", { techniques: ["T1"] }), makeAnalytic("AN0002", { techniques: ["T2"] })] });
    const both = [{ id: "TA1", name: "One" }, { id: "TA2", name: "Two" }];
    const links: RollupLinks = {
      strategies: [{ id: "DET1", name: "DET1", techniques: ["T1"], analytics: ["AN0001"] }, { id: "DET2", name: "DET2", techniques: ["T2"], analytics: ["AN0002"] }],
      techniques: [{ id: "T1", name: "T1", parent: null, tactics: both }, { id: "T2", name: "T2", parent: null, tactics: both.slice(1) }],
      tactics: both,
    };
    const rollups = rollUp(input, assess(input), links);
    expect(rollups.level("tactic", null).map(({ headline }) => headline.observed.n)).toEqual([1, 2]);
    expect(rollups.total(null).observed).toMatchObject({ k: 2, n: 2 });
  });

  test("a parent technique without a strategy of its own has no number, and with its sub-techniques it has theirs", () => {
    const input = makeInput({ aggregates: fromHosts(10), segments: [makeSegment("mac", { assets: 20 })], analytics: [makeAnalytic("AN0001", { techniques: ["T1.001"] })] });
    const links: RollupLinks = {
      strategies: [{ id: "DET1", name: "DET1", techniques: ["T1.001"], analytics: ["AN0001"] }],
      techniques: [{ id: "T1", name: "T1", parent: null, tactics: [] }, { id: "T1.001", name: "T1.001", parent: "T1", tactics: [] }],
      tactics: [],
    };
    const [parent, child] = rollUp(input, assess(input), links).level("technique", null);
    expect(parent?.headline.observed).toEqual({ value: null, low: null, high: null, k: 0, n: 0 });
    expect(parent?.including).toMatchObject({ techniques: 1, headline: { observed: { value: 500_000, k: 1, n: 1 } } });
    expect(child).toMatchObject({ including: null, headline: { observed: { value: 500_000, k: 1, n: 1 } } });
  });
});

describe("cells in columns", () => {
  test("come back from their bytes as they went in", () => {
    fc.assert(
      fc.property(scoringInput, (input) => {
        const columns = columnsOf(input, assess(input));
        expect(unpackColumns(packColumns(columns))).toEqual(columns);
      }),
      RUNS,
    );
  });

  test("bytes that were cut off or are of something else are refused", () => {
    const input = makeInput();
    const packed = packColumns(columnsOf(input, assess(input)));
    for (const bytes of [packed.slice(0, packed.length - 1), new Uint8Array(3), new Uint8Array(64)]) expect(() => unpackColumns(bytes)).toThrow(/cannot be read/);
  });
});
