import type { Program } from "./reduce-model";

/** A point of an order of collecting: what it has cost and won so far. */
export interface Step {
  readonly cost: number;
  readonly value: number;
  readonly cells: number;
}

/**
 * What people do without a plan: collect first what most of the open cells refer to, whether or not the rest of a chain arrives. The
 * plans after each step, dearest last, within the budget; what does not fit is passed over.
 */
export function mostReferenced(program: Program): Step[] {
  const references = program.actions.map(() => 0);
  const uses = program.clauses.map(() => 0);
  for (const { clauses, cells } of program.items) for (const clause of clauses) uses[clause] = (uses[clause] ?? 0) + Math.max(1, cells);
  program.clauses.forEach((clause, n) => {
    for (const action of clause) references[action] = (references[action] ?? 0) + (uses[n] ?? 0);
  });
  const order = program.actions.map((_, n) => n).sort((a, b) => (references[b] ?? 0) - (references[a] ?? 0) || (program.costs[a] ?? 0) - (program.costs[b] ?? 0) || a - b);
  return followOrder(program, order);
}

function followOrder(program: Program, order: readonly number[]): Step[] {
  const path: Step[] = [];
  const paid = new Set<number>();
  const clausesOf: number[][] = program.actions.map(() => []);
  program.clauses.forEach((clause, n) => clause.forEach((action) => clausesOf[action]?.push(n)));
  const itemsOf: number[][] = program.clauses.map(() => []);
  program.items.forEach(({ clauses }, n) => clauses.forEach((clause) => itemsOf[clause]?.push(n)));
  const open = program.items.map(({ clauses }) => clauses.length);
  const met = program.clauses.map(() => false);
  let [cost, value, cells] = [0, 0, 0];
  for (const action of order) {
    const price = (program.costs[action] ?? 0) + (program.needs[action] ?? []).reduce((sum, need) => sum + (paid.has(need) ? 0 : (program.needCosts[need] ?? 0)), 0);
    cost += price;
    for (const need of program.needs[action] ?? []) paid.add(need);
    for (const clause of clausesOf[action] ?? []) {
      if (met[clause]) continue;
      met[clause] = true;
      for (const item of itemsOf[clause] ?? []) {
        open[item] = (open[item] ?? 0) - 1;
        if (open[item] !== 0) continue;
        value += program.items[item]?.value ?? 0;
        cells += program.items[item]?.cells ?? 0;
      }
    }
    path.push({ cost, value, cells });
  }
  return path;
}
