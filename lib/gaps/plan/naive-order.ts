import type { Program } from "./reduce-model";

/** A point of an order of collecting: what it has cost and won so far. */
export interface Step {
  readonly cost: number;
  readonly value: number;
  readonly cells: number;
}

/**
 * What people do without a plan: collect first what most of the requirements that are still open refer to, whatever it costs and whether or
 * not the rest of a chain arrives. One point after each step, dearest last.
 */
export function mostReferenced(program: Program): Step[] {
  const uses = program.clauses.map(() => 0); // open cells that need the clause
  const itemsOf: number[][] = program.clauses.map(() => []);
  program.items.forEach(({ clauses, cells }, n) => {
    for (const clause of clauses) {
      uses[clause] = (uses[clause] ?? 0) + Math.max(1, cells);
      itemsOf[clause]?.push(n);
    }
  });
  const references = program.actions.map(() => 0);
  const clausesOf: number[][] = program.actions.map(() => []);
  program.clauses.forEach((clause, n) => {
    for (const action of clause) {
      references[action] = (references[action] ?? 0) + (uses[n] ?? 0);
      clausesOf[action]?.push(n);
    }
  });
  const open = program.items.map(({ clauses }) => clauses.length);
  const met = program.clauses.map(() => false);
  const paid = new Set<number>();
  const path: Step[] = [];
  let [cost, value, cells] = [0, 0, 0];
  for (let action = mostOf(program, references); action !== null; action = mostOf(program, references)) {
    cost += program.costs[action] ?? 0;
    for (const need of program.needs[action] ?? []) {
      if (!paid.has(need)) cost += program.needCosts[need] ?? 0;
      paid.add(need);
    }
    for (const clause of clausesOf[action] ?? []) {
      if (met[clause]) continue;
      met[clause] = true;
      for (const other of program.clauses[clause] ?? []) references[other] = (references[other] ?? 0) - (uses[clause] ?? 0);
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

/** The action that most open requirements refer to, of equals the cheaper; null when none does. */
function mostOf({ costs }: Program, references: readonly number[]): number | null {
  let best: number | null = null;
  references.forEach((count, action) => {
    const most = best === null ? 0 : (references[best] ?? 0);
    if (count > most || (count === most && count > 0 && best !== null && (costs[action] ?? 0) < (costs[best] ?? 0))) best = action;
  });
  return best;
}
