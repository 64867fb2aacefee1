import { toCollection } from "../collections";
import type { PlanModel } from "../plan-model";

/** A model in a few numbers: what actions cost and need, and which of them win what. One unit of gain is a millionth of the headline. */
export interface SmallModel {
  readonly costs: readonly number[];
  readonly needCosts: readonly number[];
  readonly needs: readonly (readonly number[])[]; // by action; of needs that there are
  readonly items: readonly { readonly clauses: readonly (readonly number[])[]; readonly gain: number; readonly cells: number }[];
}

/** Actions beyond the last are taken round, so that any numbers make a model. */
export function smallModel({ costs, needCosts, needs, items }: SmallModel): PlanModel {
  const clauses: number[][] = [];
  return {
    segment: null,
    actions: costs.map((total, n) => {
      const collection = toCollection("fam-a", [String(n)], [`fam-a:${n}`], null);
      return { segment: 0, collection, kind: "configure", price: { segment: "s", collection: collection.id, licence: 0, volumeGbPerDay: 0, effortDays: 0, total, stated: true, needs: [] }, needs: (needs[n] ?? []).filter((need) => need < needCosts.length), why: "" };
    }),
    needs: needCosts.map((cost, n) => ({ id: `need:${n}`, name: `need ${n}`, segment: null, cost })),
    clauses,
    items: items.map(({ clauses: own, gain, cells }, n) => ({ segment: 0, gain: BigInt(gain), cells: Array.from({ length: cells }, (_, cell) => 10 * n + cell), clauses: own.map((clause) => clauses.push([...new Set(clause.map((action) => action % costs.length))].sort((a, b) => a - b)) - 1) })),
    value: 0n,
    weight: 1n,
    open: 0,
    beyond: 0,
  };
}
