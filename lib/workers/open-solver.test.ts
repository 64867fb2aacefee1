import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { openSolver } from "./open-solver";
import { chooseAtPrice, chooseTarget, chooseWithin } from "@/lib/gaps/plan/choose-best";
import type { Solver } from "@/lib/gaps/plan/linear-program";
import { mostReferenced } from "@/lib/gaps/plan/naive-order";
import { costOf, gainOf, type PlanModel } from "@/lib/gaps/plan/plan-model";
import { reduceModel } from "@/lib/gaps/plan/reduce-model";
import { cheapestFirst } from "@/lib/gaps/plan/testing/greedy";
import { smallModel, type SmallModel } from "@/lib/gaps/plan/testing/small-model";

let solver: Solver;
beforeAll(async () => {
  solver = await openSolver();
});

interface Found {
  readonly gain: bigint;
  readonly cells: number;
  readonly cost: number;
}

/** Every set of actions, weighed. */
function everySet(model: PlanModel): Found[] {
  return Array.from({ length: 2 ** model.actions.length }, (_, bits) => {
    const chosen = new Set(model.actions.map((_, n) => n).filter((n) => (bits >> n) & 1));
    return { ...gainOf(model, chosen), cost: costOf(model, chosen) };
  });
}

const small: fc.Arbitrary<SmallModel> = fc.record({
  costs: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 2, maxLength: 7 }),
  needCosts: fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 2 }),
  needs: fc.array(fc.subarray([0, 1]), { minLength: 7, maxLength: 7 }),
  items: fc.array(fc.record({ clauses: fc.array(fc.uniqueArray(fc.nat(6), { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 4 }), gain: fc.integer({ min: 0, max: 30 }), cells: fc.nat(2) }), { minLength: 1, maxLength: 8 }),
});

test("the solver's plan is as good as the best of all plans, cells second, at any budget", () => {
  fc.assert(
    fc.property(small, fc.nat(40), (shape, budget) => {
      const model = smallModel(shape);
      const program = reduceModel(model);
      const best = everySet(model).filter(({ cost }) => cost <= budget).reduce((a, b) => (b.gain > a.gain || (b.gain === a.gain && b.cells > a.cells) ? b : a));
      const { status, choice, gap } = chooseWithin(program, budget, solver, 20);
      const chosen = new Set([...choice.actions].map((n) => program.actions[n] ?? -1));
      expect([status, gap]).toEqual(["optimal", 0]);
      expect(costOf(model, chosen)).toBe(choice.cost);
      expect(choice.cost).toBeLessThanOrEqual(budget);
      expect(gainOf(model, chosen)).toEqual({ gain: best.gain, cells: best.cells });
    }),
    { numRuns: 60 },
  );
});

test("the cheapest plan that reaches a target costs what the cheapest of all does, and an unreachable target is refused", () => {
  fc.assert(
    fc.property(small, fc.integer({ min: 1, max: 60 }), (shape, target) => {
      const model = smallModel(shape);
      const program = reduceModel(model);
      const reached = everySet(model).filter(({ gain }) => gain >= BigInt(target));
      const { status, choice } = chooseTarget(program, target * 1000, solver, 20);
      expect(status).toBe(reached.length === 0 ? "infeasible" : "optimal");
      if (reached.length > 0) expect(choice.cost).toBe(Math.min(...reached.map(({ cost }) => cost)));
    }),
    { numRuns: 40 },
  );
});

test("the best plan at a price of money is the best for its own cost", () => {
  fc.assert(
    fc.property(small, fc.integer({ min: 1, max: 12 }), (shape, tenths) => {
      const model = smallModel(shape);
      const { choice } = chooseAtPrice(reduceModel(model), tenths * 100, solver, 20);
      const best = everySet(model).filter(({ cost }) => cost <= choice.cost).reduce((a, b) => (b.gain > a.gain ? b : a));
      expect(choice.value).toBe(Number(best.gain) * 1000);
    }),
    { numRuns: 40 },
  );
});

test("a plan that takes the best next step loses where two collections only count together", () => {
  // Alone, the first wins 3; the other two win 10, and only both of them.
  const model = smallModel({ costs: [5, 4, 4], needCosts: [], needs: [], items: [{ clauses: [[0]], gain: 3, cells: 1 }, { clauses: [[1], [2]], gain: 10, cells: 1 }] });
  const program = reduceModel(model);
  expect(cheapestFirst(program, 8).at(-1)).toMatchObject({ value: 3000 });
  expect(chooseWithin(program, 8, solver, 20)).toMatchObject({ status: "optimal", choice: { value: 10_000, cost: 8 } });
  expect(mostReferenced(program).map(({ cost, value }) => [cost, value])).toEqual([[4, 0], [8, 10_000], [13, 13_000]]);
});

test("a solver that runs out of time says how much better a plan could be", () => {
  const model = smallModel({ costs: [5, 4], needCosts: [], needs: [], items: [{ clauses: [[0]], gain: 3, cells: 1 }, { clauses: [[1]], gain: 2, cells: 1 }] });
  const program = reduceModel(model);
  const late: Solver = (asked, seconds, start) => ({ ...solver(asked, seconds, start), status: "time-limit", values: null, bound: 4_000 });
  const start = chooseWithin(program, 4, solver, 20).choice;
  expect(chooseWithin(program, 6, late, 1, start)).toMatchObject({ status: "time-limit", gap: 2_000, choice: { value: 2_000 } });
});
