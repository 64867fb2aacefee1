import fc from "fast-check";
import { expect, test } from "vitest";
import { assess } from "@/lib/assessment/assess";
import { statusRank } from "@/lib/assessment/status";
import { AT, fromHosts, makeAlternative, makeAnalytic, makeClaim, makeInput, makeRequirement, makeSegment } from "@/lib/assessment/testing/make-input";
import { scoringInput } from "@/lib/assessment/testing/scoring-input-arbitrary";
import { rankGaps } from "./rank-gaps";

const FILE = makeRequirement({ component: { id: "DC0039", name: "File Creation" }, alternatives: [makeAlternative({ channel: "ES_EVENT_TYPE_NOTIFY_CREATE", accepts: 1 })] });
const acceptSets = [[{ kind: "macos-esf:exec", met: "as-cited" as const, fields: 0 }], [{ kind: "macos-esf:create", met: "as-cited" as const, fields: 0 }]];

test("a cell with two causes divides its weight; what lacks nothing else is told apart", () => {
  const input = makeInput({ acceptSets, analytics: [makeAnalytic("AN0001"), makeAnalytic("AN0002", { requirements: [makeRequirement(), FILE] })] });
  const [first, second, ...rest] = rankGaps(input, assess(input));
  expect(rest).toEqual([]);
  expect(first).toMatchObject({ segment: "mac", kind: "buy", code: "source-absent", component: { id: "DC0032" }, points: 750_000, cells: 2, alone: 1, alonePoints: 500_000, analytics: ["AN0001", "AN0002"] });
  expect(second).toMatchObject({ component: { id: "DC0039" }, points: 250_000, cells: 1, alone: 0, alonePoints: 0 });
});

test.each([
  ["claimed", { claims: [makeClaim()] }, "prove", "claimed-only"],
  ["stale", { aggregates: fromHosts(9).map((row) => ({ ...row, fresh: 0, freshFirst: null, freshLast: null, stale: 1, staleLast: 0 })) }, "repair", "stale"],
  ["seen on too few hosts", { aggregates: fromHosts(1) }, "configure", "too-few-hosts"],
  ["never produced", { analytics: [makeAnalytic("AN0001", { requirements: [makeRequirement({ alternatives: [makeAlternative({ verdict: "not-producible" })] })] })] }, "none", "not-producible"],
])("what is %s calls for its kind of action", (_, changes, kind, code) => {
  const input = makeInput(changes);
  expect(rankGaps(input, assess(input))).toMatchObject([{ kind, code, cells: 1, points: 1_000_000 }]);
});

test("a proven chain that does not join is a gap of its own", () => {
  const joins = [{ segment: "mac", analytic: "AN0001", edge: "a-b", state: "not-joined" as const }];
  const input = makeInput({ analytics: [makeAnalytic("AN0001", { joins: [{ edge: "a-b", from: 0, to: 0 }] })], aggregates: fromHosts(9), joins });
  expect(rankGaps(input, assess(input))).toMatchObject([{ code: "unjoinable", component: null, kind: "configure" }]);
});

test("heavier segments come first, and the list is cut where asked", () => {
  const input = makeInput({ segments: [makeSegment("a"), makeSegment("b", { criticality: 5 })] });
  expect(rankGaps(input, assess(input)).map((gap) => gap.segment)).toEqual(["b", "a"]);
  expect(rankGaps(input, assess(input), 1)).toHaveLength(1);
});

test("what fell silent is in the list however small its part", () => {
  const week = 7 * 86_400_000;
  const samples = fromHosts(9, { segment: "b" }).map((row) => ({ ...row, freshFirst: AT - week, freshLast: AT - week }));
  const input = makeInput({ segments: [makeSegment("a", { criticality: 5 }), makeSegment("b")], claims: [makeClaim({ segment: "b", basis: "flow", hosts: 0 })], aggregates: samples });
  expect(rankGaps(input, assess(input), 1).map(({ segment, code }) => [segment, code])).toEqual([["a", "collected-elsewhere"], ["b", "silent"]]);
  expect(rankGaps(input, assess(input), 1)[1]).toMatchObject({ kind: "repair" });
});

test("points add up to the weight below observed, and every gap counts cells", () => {
  fc.assert(
    fc.property(scoringInput, (input) => {
      const result = assess(input);
      const gaps = rankGaps(input, result, 10_000);
      const below = result.cells.filter((cell) => statusRank(cell.status) < statusRank("observed"));
      const weight = (cells: typeof below) => cells.reduce((sum, cell) => sum + cell.weight * Math.max(1_000_000 * Number(input.analytics[cell.analytic]?.techniques.length === 0), ...(input.analytics[cell.analytic]?.techniques ?? []).map((name) => input.weights.techniques[name] ?? 1_000_000)), 0);
      const all = weight([...result.cells]);
      const expected = all === 0 ? 0 : (weight(below) / all) * 1_000_000;
      const points = gaps.reduce((sum, gap) => sum + gap.points, 0);
      expect(Math.abs(points - expected)).toBeLessThanOrEqual(gaps.length + 1);
      for (const gap of gaps) {
        expect(gap.cells).toBeGreaterThan(0);
        expect(gap.alonePoints).toBeLessThanOrEqual(gap.points);
        expect(gap.why).not.toBe("");
      }
      expect(new Set(gaps.flatMap((gap) => (gap.cells <= 10 ? gap.analytics : []))).size).toBeLessThanOrEqual(input.analytics.length);
    }),
    { numRuns: 100 },
  );
});
