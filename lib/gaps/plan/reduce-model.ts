import { openImplied } from "./build-model";
import type { PlanModel } from "./plan-model";

/** A model as numbers, without what can never matter: the same best plans at every budget. */
export interface Program {
  readonly actions: readonly number[]; // positions in PlanModel.actions
  readonly segments: readonly number[]; // of each action
  readonly costs: readonly number[];
  readonly needs: readonly (readonly number[])[]; // of each action, positions in needCosts
  readonly needCosts: readonly number[];
  readonly clauses: readonly (readonly number[])[]; // positions in actions
  readonly items: readonly { readonly segment: number; readonly clauses: readonly number[]; readonly value: number; readonly cells: number }[];
}

/** Values are thousandths of a millionth of the headline: small enough that rounding them never shows in a point. */
const FINE = 1000n;

/**
 * Drops every action that another one stands in for: it costs no more, needs nothing else, and meets every clause that the dropped one
 * meets. Such an action can be exchanged in any plan without loss, so the best value at every budget stays. Then clauses and items that
 * have become equal are one.
 */
export function reduceModel(model: PlanModel): Program {
  const used = model.clauses.map(() => false);
  for (const { clauses } of model.items) for (const clause of clauses) used[clause] = true;
  const meets: number[][] = model.actions.map(() => []);
  model.clauses.forEach((clause, position) => {
    if (used[position]) for (const action of clause) meets[action]?.push(position);
  });
  const kept = keepBest(model, meets);
  const position = new Map(kept.map((action, n) => [action, n]));
  const clauses: number[][] = [];
  const interned = new Map<string, number>();
  const clauseOf = model.clauses.map((clause, n) => {
    if (!used[n]) return -1;
    const own = clause.map((action) => position.get(action) ?? -1).filter((action) => action >= 0);
    const key = own.join(",");
    const known = interned.get(key) ?? clauses.push(own) - 1;
    interned.set(key, known);
    return known;
  });
  const implied = openImplied(clauses);
  const items = new Map<string, { segment: number; clauses: readonly number[]; gain: bigint; cells: number }>();
  for (const item of model.items) {
    const own = implied(item.clauses.map((clause) => clauseOf[clause] ?? -1));
    const key = own.join(",");
    const known = items.get(key);
    if (known === undefined) items.set(key, { segment: item.segment, clauses: own, gain: item.gain, cells: item.cells.length });
    else {
      known.gain += item.gain;
      known.cells += item.cells.length;
    }
  }
  return {
    actions: kept,
    segments: kept.map((action) => model.actions[action]?.segment ?? -1),
    costs: kept.map((action) => model.actions[action]?.price.total ?? 0),
    needs: kept.map((action) => model.actions[action]?.needs ?? []),
    needCosts: model.needs.map(({ cost }) => cost),
    clauses,
    items: [...items.values()].map(({ gain, ...item }) => ({ ...item, value: model.weight === 0n ? 0 : Number((2n * gain * FINE + model.weight) / (2n * model.weight)) })),
  };
}

/** The actions that no other stands in for, in order. Of equals the first stays. */
function keepBest(model: PlanModel, meets: readonly (readonly number[])[]): number[] {
  const bySegment = new Map<number, number[]>();
  model.actions.forEach(({ segment }, n) => {
    if ((meets[n]?.length ?? 0) === 0) return;
    const own = bySegment.get(segment);
    if (own === undefined) bySegment.set(segment, [n]);
    else own.push(n);
  });
  return [...bySegment.values()].flatMap((group) => {
    // What meets more comes first, so that most others fall to the first few.
    const order = [...group].sort((a, b) => (meets[b]?.length ?? 0) - (meets[a]?.length ?? 0) || (model.actions[a]?.price.total ?? 0) - (model.actions[b]?.price.total ?? 0) || a - b);
    const best: { action: number; meets: ReadonlySet<number>; cost: number; needs: readonly number[] }[] = [];
    for (const action of order) {
      const [own, entry] = [meets[action] ?? [], model.actions[action]];
      if (entry === undefined) continue;
      const { price, needs } = entry;
      if (best.some((other) => other.cost <= price.total && other.needs.every((need) => needs.includes(need)) && own.every((clause) => other.meets.has(clause)))) continue;
      best.push({ action, meets: new Set(own), cost: price.total, needs });
    }
    return best.map(({ action }) => action).sort((a, b) => a - b);
  });
}
