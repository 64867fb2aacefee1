import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareLayer } from "@/lib/evidence/navigator/compare-layer";
import type { RollupRowJson } from "@/lib/assessment/rollups-json";
import { placeLayer, type LayerSource } from "@/lib/reports/matrix-layer";
import type { MatrixView } from "@/lib/reports/matrix-view";
import { LAYER_STANDS, sayStand, standLayer, type LayerStands } from "./layer-stands";
import type { GroupNumber, ScopeNumbers } from "./read-numbers";

const TECHNIQUES = ["T1000", "T1001", "T1001.001", "T1002", "T1003"].map((id): MatrixView["techniques"][number] => ({ id, name: id, parent: id.includes(".") ? 1 : -1, tactics: [0], components: [], analytics: [], linked: 0 }));
const KNOWN = [...TECHNIQUES, { id: "T1900", name: "Without an analytic" }];

/** k of n by technique; [0, 0]: no cell. */
function stand(numbers: readonly (readonly [k: number, n: number])[], techniques: LayerSource["techniques"]): LayerStands {
  const own = (technique: number): GroupNumber | undefined => {
    const [k, n] = numbers[technique] ?? [0, 0];
    return n === 0 ? undefined : { status: k > 0 ? "observed" : "blind", flags: [], value: 0, low: 0, high: 0, k, n, counts: { "not-applicable": 0, unassessable: 0, blind: n - k, declared: 0, partial: 0, observed: k, validated: 0 } };
  };
  const scope: ScopeNumbers = { own, whole: own, tactic: () => undefined, total: undefined };
  const found = standLayer({ techniques: TECHNIQUES }, scope, placeLayer({ id: "l", name: "Exercise", techniques }, TECHNIQUES, KNOWN));
  if (found === null) throw new Error("no stands");
  return found;
}
const marked = (technique: string, score = 1, comment = "") => ({ technique, score, marked: score > 0, comment });

const NUMBERS = [[2, 3], [0, 4], [1, 1], [1, 2], [0, 0]] as const;

describe("somebody's layer over the matrix", () => {
  it("stands against each technique by itself: a sub-technique does not speak for its parent", () => {
    const stands = stand(NUMBERS, [marked("T1000"), marked("T1001", 3, "seen in June"), marked("T1003"), marked("T1002", 0)]);
    expect(TECHNIQUES.map((_, index) => stands.of(index))).toEqual(["both", "only-theirs", "only-ours", "only-ours", "not-applicable"]);
    expect(stands.total).toEqual({ both: 1, "only-theirs": 1, "only-ours": 2, neither: 0, "not-applicable": 1, markedWithoutCell: 1 });
    expect(stands.count([1, 2])).toMatchObject({ "only-theirs": 1, "only-ours": 1, both: 0 });
  });

  it("is said in words, with the score and comment of one technique and the counts of a family", () => {
    const stands = stand(NUMBERS, [marked("T1001", 3, "seen in June"), marked("T1003", 2)]);
    expect(sayStand(stands, [1])).toBe("marked there, not observable here (score 3: seen in June)");
    expect(sayStand(stands, [4])).toBe("no cell here, marked there (score 2)");
    expect(sayStand(stands, [1, 2])).toBe("1 marked there, not observable here, 1 observable here, not marked there");
  });

  it("keeps what it marks outside the matrix, and says whether the release knows it", () => {
    const { outside, marked: count } = placeLayer({ id: "l", name: "n", techniques: [marked("T1900"), marked("T9999"), marked("T9998", 0), marked("T1000", 1, "x".repeat(400))] }, TECHNIQUES, KNOWN);
    expect(outside.map(({ id, name }) => [id, name])).toEqual([["T1900", "Without an analytic"], ["T9999", ""]]);
    expect(count).toBe(3);
  });

  it("agrees with `navigator compare` on every layer and every picture of the fleet", () => {
    const measure = (k: number, n: number) => ({ value: 0, low: 0, high: 0, k, n });
    const rowOf = (id: string, [k, n]: readonly [number, number]): RollupRowJson => ({ level: "technique", id, name: id, segment: null, analytics: n, applicable: n, counts: { "not-applicable": 0, unassessable: 0, blind: n - k, declared: 0, partial: 0, observed: k, validated: 0 }, observed: measure(k, n), validated: measure(0, n), byComponent: null, uniform: { observed: measure(k, n), validated: measure(0, n) }, includingSubTechniques: null });
    const number = fc.integer({ min: 0, max: 3 }).chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)));
    fc.assert(
      fc.property(fc.array(number, { minLength: 5, maxLength: 5 }), fc.subarray([...TECHNIQUES.map(({ id }) => id), "T9999"]), fc.integer({ min: 0, max: 2 }), (numbers, ids, score) => {
        const techniques = ids.map((id) => marked(id, score));
        const stands = stand(numbers, techniques);
        const { counts } = compareLayer({ techniques }, TECHNIQUES.map(({ id }, index) => rowOf(id, numbers[index] ?? [0, 0])));
        for (const one of LAYER_STANDS) expect(stands.total[one]).toBe(counts[one]);
      }),
      { numRuns: 60 },
    );
  });
});
