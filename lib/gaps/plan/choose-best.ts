import { columnsOf, costAt, worthAt, writeProgram, type Limit, type Solver } from "./linear-program";
import type { Program } from "./reduce-model";
import { readChoice, weighChoice, type Choice } from "./weigh-choice";

export type PlanStatus = "optimal" | "time-limit" | "infeasible";

/** The best choice that was found, and how much better another could at most be: 0 when it is proven best. */
export interface BestChoice {
  readonly status: PlanStatus;
  readonly choice: Choice;
  readonly gap: number; // in the units of value
}

/** The solver's arithmetic is good to this part of the whole; a smaller difference is none. */
const TOLERANCE = 1e-6;

/**
 * The most valuable choice within a budget, and of equally valuable ones the one with the most cells.
 *
 * @param budget null: no limit
 * @param seconds for the whole of it; what is not proven by then is returned with its gap
 * @param start a choice within the budget to begin with
 */
export function chooseWithin(program: Program, budget: number | null, solver: Solver, seconds: number, start?: Choice): BestChoice {
  const nothing = weighChoice(program, new Set());
  if (program.actions.length === 0) return { status: "optimal", choice: nothing, gap: 0 };
  const limits: Limit[] = budget === null ? [] : [{ column: costAt(program), least: -Infinity, most: budget }];
  const first = solver(writeProgram(program, worthAt(program, "value"), limits), seconds / 2, start && columnsOf(program, start.actions));
  const found = [start, first.values === null ? undefined : readChoice(program, first.values)].filter((choice) => choice !== undefined && (budget === null || choice.cost <= budget));
  const best = found.reduce<Choice>((a, b) => (b !== undefined && (b.value > a.value || (b.value === a.value && b.cost < a.cost)) ? b : a), nothing);
  const gap = Math.max(0, first.bound - best.value);
  const proven = first.status === "optimal" && gap <= tolerance(program);
  if (!proven) return { status: "time-limit", choice: best, gap };
  const equal: Limit = { column: worthAt(program, "value"), least: best.value - 0.5, most: Infinity };
  const second = solver(writeProgram(program, worthAt(program, "cells"), [...limits, equal]), seconds / 2, columnsOf(program, best.actions));
  const tie = second.values === null ? best : readChoice(program, second.values);
  const better = tie.value >= best.value && tie.cells > best.cells && (budget === null || tie.cost <= budget);
  return { status: "optimal", choice: better ? tie : best, gap: 0 };
}

/** The cheapest choice of at least this value; infeasible when none has it. gap: in the units of cost. */
export function chooseTarget(program: Program, value: number, solver: Solver, seconds: number): BestChoice {
  const nothing = weighChoice(program, new Set());
  if (value <= 0) return { status: "optimal", choice: nothing, gap: 0 };
  const cost = costAt(program);
  const answer = solver(writeProgram(program, (column) => -cost(column), [{ column: worthAt(program, "value"), least: value, most: Infinity }]), seconds);
  if (answer.status === "infeasible") return { status: "infeasible", choice: nothing, gap: 0 };
  if (answer.values === null) return { status: "time-limit", choice: nothing, gap: -answer.bound };
  const choice = readChoice(program, answer.values);
  const gap = Math.max(0, choice.cost + answer.bound);
  return { status: answer.status === "optimal" && gap < 1 ? "optimal" : "time-limit", choice, gap: gap < 1 ? 0 : gap };
}

/** The choice with the most value less `price` for each unit of cost: for every price a best one for its own cost. */
export function chooseAtPrice(program: Program, price: number, solver: Solver, seconds: number): BestChoice {
  const nothing = weighChoice(program, new Set());
  if (program.actions.length === 0) return { status: "optimal", choice: nothing, gap: 0 };
  const [cost, worth] = [costAt(program), worthAt(program, "value")];
  const answer = solver(writeProgram(program, (column) => worth(column) - price * cost(column), []), seconds);
  if (answer.values === null) return { status: "time-limit", choice: nothing, gap: Math.max(0, answer.bound) };
  const choice = readChoice(program, answer.values);
  const gap = Math.max(0, answer.bound - (choice.value - price * choice.cost));
  const proven = answer.status === "optimal" && gap <= tolerance(program);
  return { status: proven ? "optimal" : "time-limit", choice, gap: proven ? 0 : gap };
}

/** A difference of value that the solver cannot tell from none. */
export function tolerance(program: Program): number {
  return Math.max(0.5, TOLERANCE * program.items.reduce((sum, { value }) => sum + value, 0));
}
