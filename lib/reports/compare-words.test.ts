import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareAssessments } from "@/lib/assessment/compare/compare-assessments";
import { CELL_STATES } from "@/lib/assessment/compare/comparison";
import { PARTS } from "@/lib/assessment/compare/parts";
import { assess } from "@/lib/assessment/assess";
import { DAY_MS } from "@/lib/assessment/instants";
import { AT, fromHosts, makeInput, makeSegment } from "@/lib/assessment/testing/make-input";
import { scoringInput } from "@/lib/assessment/testing/scoring-input-arbitrary";
import type { ScoringInput } from "@/lib/assessment/scoring-input";
import { buildTrend, sayTrend, type TrendAssessment } from "./build-trend";
import { listCauses, movedBy, withReason } from "./change-causes";
import { sayCauses, sayDifference } from "./compare-words";
import { plainText } from "./sentence";

const compare = (a: ScoringInput, b: ScoringInput) => compareAssessments({ input: a, stored: assess(a) }, { input: b, stored: assess(b) });
const stand = { observed: 375_000, low: 100_000, high: 600_000, k: 3, n: 8, uniform: 375_000, validated: 0, validatedK: 0 };

describe("what happened to a number, in words", () => {
  test("says the size with the counts on both sides", () => {
    expect(plainText(sayDifference(stand, { ...stand, observed: 250_000, k: 2 }, "the fleet"))).toBe("The observable share fell by 12.5 points in the fleet: 37.5\u00a0% (3 of 8 cells) before, 25.0\u00a0% (2 of 8 cells) now.");
    expect(plainText(sayDifference(stand, { ...stand, observed: 375_100 }, "Lab"))).toContain("stayed where it was");
  });

  test("claims no share where there is nothing to divide by", () => {
    const none = { ...stand, observed: null, k: 0, n: 0 };
    expect(plainText(sayDifference(none, stand, "Lab"))).toContain("there was no applicable cell before");
    expect(plainText(sayDifference(stand, none, "Lab"))).toContain("No applicable cell");
  });

  test("names the largest cause first, and nothing where nothing moved", () => {
    expect(plainText(sayCauses([]))).toBe("Nothing that a verdict rests on moved the number.");
    const part = { applicable: 0, uniform: 0, validated: 0, validatedCells: 0 };
    expect(plainText(sayCauses([{ ...part, part: "policy", points: 1_000, cells: 1 }, { ...part, part: "time", points: -45_000, cells: -3 }]))).toMatch(/^Moved most by time \u22124\.5 points \(\u22123 cells\); policy \+0\.1 points \(\+1 cell\)/);
    const unseen = { ...part, part: "policy" as const, points: 3, cells: 0 };
    expect(plainText(sayCauses([{ ...part, part: "evidence", points: 74_000, cells: 18 }, unseen]))).toBe("Moved most by evidence +7.4 points (+18 cells); the rest moved it by less than 0.1 points.");
    expect(plainText(sayCauses([{ ...part, part: "evidence", points: 74_000, cells: 18 }, { ...unseen, applicable: -1 }]))).toContain("; policy by \u22121 applicable cell. The parts");
    expect(plainText(sayCauses([unseen]))).toBe("What moved the number moved it by less than 0.1 points.");
  });

  test("a cause names what most of its cells lack now, or lacked before; a cell may lack several things", () => {
    const row = { segmentId: "s", part: "evidence" as const, text: ["S: evidence lost 3 observed cells, \u22121.0 points."], why: null, cells: -3, points: -10_000 };
    const lack = (what: string) => ({ what, why: `${what} stopped.` });
    const lost = withReason(row, [[lack("File Creation"), lack("Process Creation")], [], [lack("Process Creation")]]);
    expect([plainText(lost.text), lost.why]).toEqual(["S: evidence lost 3 observed cells, \u22121.0 points. Process Creation is missing in 2.", "Process Creation: Process Creation stopped."]);
    expect(plainText(withReason({ ...row, cells: 3 }, [[lack("File Creation")]]).text)).toContain("File Creation was missing in 1.");
    expect(withReason(row, [[]])).toEqual(row);
  });

  test("the cells of a cause are those that its group of inputs brought to observed, or took from it", () => {
    const [without, proven] = [makeInput({}), makeInput({ aggregates: fromHosts(9) })];
    const causes = (a: ScoringInput, b: ScoringInput) => {
      const comparison = compare(a, b);
      return listCauses(comparison, { a: 1, b: 2 }, null, () => true).rows.map((row) => [row.part, row.cells, movedBy(comparison, row)]);
    };
    expect(causes(without, proven)).toEqual([["evidence", 1, ["AN0001"]]]);
    expect(causes(proven, without)).toEqual([["evidence", -1, ["AN0001"]]]);
  });

  test("what a cause gained less what it lost is what changed at its step, over the cells that are listed", () => {
    const observed = (path: string, stand: number): number => Number(["observed", "validated"].includes(CELL_STATES[Number(path[stand])] ?? ""));
    fc.assert(
      fc.property(scoringInput, scoringInput, (a, b) => {
        const comparison = compare(a, b);
        for (const row of listCauses(comparison, { a: 1, b: 2 }, null, () => true).rows) {
          if (row.part === "engine") continue; // has two steps
          const stand = PARTS.indexOf(row.part) + 1;
          const paths = comparison.cells.path.filter((_, at) => comparison.segments[comparison.cells.segment[at] ?? -1]?.id === row.segmentId);
          const net = paths.reduce((sum, path) => sum + observed(path, stand) - observed(path, stand - 1), 0);
          expect(movedBy(comparison, { ...row, cells: 1 }).length - movedBy(comparison, { ...row, cells: -1 }).length).toBe(net);
        }
      }),
      { numRuns: 15 },
    );
  });

  test("causes of the overview add up to what each segment gained or lost", () => {
    fc.assert(
      fc.property(scoringInput, scoringInput, (a, b) => {
        const comparison = compare(a, b);
        const { rows } = listCauses(comparison, { a: 1, b: 2 }, null, () => true);
        for (const { id, stands } of comparison.segments) expect(rows.filter(({ segmentId }) => segmentId === id).reduce((sum, { cells }) => sum + cells, 0)).toBe((stands.at(-1)?.k ?? 0) - (stands[0]?.k ?? 0));
        const sizes = rows.map(({ cells }) => Math.abs(cells));
        expect(sizes).toEqual([...sizes].sort((x, y) => y - x));
      }),
      { numRuns: 15 },
    );
  });

  test("a reader who may not see a segment reads nothing of it", () => {
    const two = { segments: [makeSegment("mac"), makeSegment("lab")] };
    const comparison = compare(makeInput(two), makeInput({ ...two, aggregates: [...fromHosts(10), ...fromHosts(10, { segment: "lab" })] }));
    expect(listCauses(comparison, { a: 1, b: 2 }, null, (id) => id === "lab").rows.map(({ segmentId }) => segmentId)).toEqual(["lab"]);
  });
});

describe("a trend", () => {
  const point = (id: number, changes: Partial<TrendAssessment> = {}): TrendAssessment => {
    const at = new Date(AT + id * DAY_MS).toISOString();
    return { id, at, ranAt: at, runLater: false, releases: { enterprise: "19.1" }, policy: 1, engine: "e/1", headline: assess(makeInput({ aggregates: fromHosts(id) })).fleet, segments: [{ name: "mac", hosts: 100 }], ...changes };
  };
  const build = (assessments: readonly TrendAssessment[]) => buildTrend({ segment: null, domains: ["enterprise"], choices: [], assessments, policies: [{ version: 2, reason: "" }], arrivals: [{ at: new Date(AT + 1.5 * DAY_MS).toISOString(), what: "sample file" }] });

  test("marks every change of the ground since the point before, and what was imported between the two", () => {
    const { points } = build([point(2, { engine: "e/2", releases: { enterprise: "20.0" }, policy: 2, segments: [{ name: "mac", hosts: 90 }, { name: "lab", hosts: 5 }] }), point(1)]);
    expect(points.map(({ assessment }) => assessment)).toEqual([1, 2]);
    expect(points[1]?.marks.map(({ text }) => text)).toEqual(["e/1 to e/2", "enterprise 19.1 to 20.0", "lab is new, \u221210 hosts", "policy v1 to v2", "1 sample file"]);
    expect(points[0]?.marks).toEqual([]);
  });

  test("leaves out what was run later than its time, and says so", () => {
    const trend = build([point(1), point(2, { runLater: true }), point(3)]);
    expect([trend.points.length, trend.excluded.map(({ label }) => label)]).toEqual([2, ["A-0002"]]);
    expect(plainText(sayTrend(trend))).toContain("1 assessment run later than its time stays out of it.");
    expect(plainText(sayTrend(build([])))).toBe("There is no share to draw yet.");
  });
});
