import { columnsOf, costAt, worthAt } from "./linear-program";
import type { Program } from "./reduce-model";

/** A set of a program's actions and what it comes to, counted and not solved. */
export interface Choice {
  readonly actions: ReadonlySet<number>; // positions in Program.actions
  readonly cost: number;
  readonly value: number;
  readonly cells: number;
}

/** Counts a choice: whole actions, what they need paid once. */
export function weighChoice(program: Program, actions: ReadonlySet<number>): Choice {
  const columns = columnsOf(program, actions);
  const sum = (weight: (column: number) => number): number => columns.reduce((total, value, column) => (value === 1 ? total + weight(column) : total), 0);
  return { actions, cost: sum(costAt(program)), value: sum(worthAt(program, "value")), cells: sum(worthAt(program, "cells")) };
}

/** The choice that a solver's columns mean, without actions that win nothing there: first the dearest go. */
export function readChoice(program: Program, values: Float64Array): Choice {
  const actions = new Set(program.actions.map((_, n) => n).filter((n) => (values[n] ?? 0) > 0.5));
  return trimChoice(program, actions);
}

/** Leaves out actions without which nothing is lost. */
export function trimChoice(program: Program, chosen: ReadonlySet<number>): Choice {
  const actions = new Set(chosen);
  const counts = program.clauses.map((clause) => clause.filter((action) => actions.has(action)).length);
  const won = program.items.filter(({ clauses }) => clauses.every((clause) => (counts[clause] ?? 0) > 0));
  const needed = new Set(won.flatMap(({ clauses }) => clauses));
  const inClauses = new Map<number, number[]>();
  for (const clause of needed) for (const action of program.clauses[clause] ?? []) inClauses.set(action, [...(inClauses.get(action) ?? []), clause]);
  for (const action of [...actions].sort((a, b) => (program.costs[b] ?? 0) - (program.costs[a] ?? 0) || b - a)) {
    const own = inClauses.get(action) ?? [];
    if (own.some((clause) => counts[clause] === 1)) continue;
    actions.delete(action);
    for (const clause of own) counts[clause] = (counts[clause] ?? 0) - 1;
  }
  return weighChoice(program, actions);
}
