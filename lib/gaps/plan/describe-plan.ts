import type { PlanModel } from "./plan-model";

/** What one action of a plan is worth beside the others. */
export interface ActionWorth {
  readonly marginal: bigint; // what the plan would lose without it
  readonly cells: number; // of those, cells that would not be observed
  readonly alone: number; // cells that it brings to observed without any other action
  readonly partners: readonly { readonly action: number; readonly cells: number }[]; // cells that it brings together with exactly this one, most first
}

/**
 * What each action of a plan brings: alone, with one other, and what is lost without it. Marginal worths do not add up to the whole,
 * because a chain that needs two of them is lost without either.
 */
export function describePlan(model: PlanModel, chosen: ReadonlySet<number>): ReadonlyMap<number, ActionWorth> {
  const worths = new Map([...chosen].map((action) => [action, { marginal: 0n, cells: 0, alone: 0, partners: new Map<number, number>() }]));
  const sole = model.clauses.map((clause) => {
    const done = clause.filter((action) => chosen.has(action));
    return { met: done.length > 0, only: done.length === 1 ? done[0] : undefined };
  });
  for (const { clauses, gain, cells } of model.items) {
    if (!clauses.every((clause) => sole[clause]?.met)) continue;
    const critical = new Set(clauses.flatMap((clause) => sole[clause]?.only ?? []));
    for (const action of critical) {
      const worth = worths.get(action);
      if (worth === undefined) continue;
      worth.marginal += gain;
      worth.cells += cells.length;
    }
    if (cells.length === 0) continue;
    const whole = [...chosen].filter((action) => model.actions[action]?.segment === model.actions[[...critical][0] ?? -1]?.segment && clauses.every((clause) => model.clauses[clause]?.includes(action)));
    for (const action of whole) {
      const worth = worths.get(action);
      if (worth !== undefined) worth.alone += cells.length;
    }
    const [a, b, more] = [...critical];
    if (a === undefined || b === undefined || more !== undefined || !clauses.every((clause) => [a, b].some((action) => model.clauses[clause]?.includes(action)))) continue;
    for (const [one, other] of [[a, b], [b, a]] as const) {
      const partners = worths.get(one)?.partners;
      partners?.set(other, (partners.get(other) ?? 0) + cells.length);
    }
  }
  return new Map([...worths].map(([action, { partners, ...worth }]) => [action, { ...worth, partners: [...partners].map(([other, cells]) => ({ action: other, cells })).sort((x, y) => y.cells - x.cells || x.action - y.action) }]));
}
