import type { Program } from "./reduce-model";

/** maximise cost . x, 0 <= x <= 1, the first `integers` of them whole; rows in order: lower <= row . x <= upper. */
export interface LinearProgram {
  readonly columns: number;
  readonly integers: number;
  readonly objective: Float64Array;
  readonly starts: Int32Array; // of each row in index and value, and the end
  readonly index: Int32Array;
  readonly value: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

export interface LpAnswer {
  readonly status: "optimal" | "time-limit" | "infeasible";
  readonly values: Float64Array | null; // null: no solution was found
  readonly bound: number; // no solution is better than this
}

/** Something that solves a linear program with whole numbers; it may stop after so many seconds, and says so. start: values of the columns to begin with. */
export type Solver = (program: LinearProgram, seconds: number, start?: Float64Array) => LpAnswer;

/**
 * A program's columns: its actions and needs (whole), then its clauses and items (they take whole values by themselves). A clause is met
 * as far as one of its actions is done, an item won as far as every clause is met, an action done only with all that it needs.
 */
export interface Layout {
  readonly need: (need: number) => number;
  readonly item: (item: number) => number;
  readonly columns: number;
}

export function layOut({ actions, needCosts, clauses, items }: Program): Layout & { readonly clause: (clause: number) => number; readonly integers: number } {
  const integers = actions.length + needCosts.length;
  return { need: (need) => actions.length + need, clause: (clause) => integers + clause, item: (item) => integers + clauses.length + item, columns: integers + clauses.length + items.length, integers };
}

/** A limit on a sum over columns. */
export interface Limit {
  readonly column: (column: number) => number; // its coefficient
  readonly least: number;
  readonly most: number;
}

/** Writes a program with this objective (by column) under these limits. */
export function writeProgram(program: Program, objective: (column: number) => number, limits: readonly Limit[]): LinearProgram {
  const layout = layOut(program);
  const [starts, index, value, lower, upper]: [number[], number[], number[], number[], number[]] = [[0], [], [], [], []];
  const row = (entries: readonly (readonly [number, number])[], least: number, most: number): void => {
    for (const [column, coefficient] of entries) {
      index.push(column);
      value.push(coefficient);
    }
    starts.push(index.length);
    lower.push(least);
    upper.push(most);
  };
  program.clauses.forEach((clause, n) => row([[layout.clause(n), 1], ...clause.map((action) => [action, -1] as const)], -Infinity, 0));
  program.items.forEach(({ clauses }, n) => {
    for (const clause of clauses) row([[layout.item(n), 1], [layout.clause(clause), -1]], -Infinity, 0);
  });
  program.needs.forEach((needs, action) => {
    for (const need of needs) row([[action, 1], [layout.need(need), -1]], -Infinity, 0);
  });
  const columns = Array.from({ length: layout.columns }, (_, column) => column);
  for (const { column, least, most } of limits) row(columns.map((n) => [n, column(n)] as const).filter(([, coefficient]) => coefficient !== 0), least, most);
  return { columns: layout.columns, integers: layout.integers, objective: Float64Array.from(columns, objective), starts: Int32Array.from(starts), index: Int32Array.from(index), value: Float64Array.from(value), lower: Float64Array.from(lower), upper: Float64Array.from(upper) };
}

/** What the columns cost, and what they are worth. */
export function costAt(program: Program): (column: number) => number {
  const { actions, needCosts, costs } = program;
  return (column) => (column < actions.length ? (costs[column] ?? 0) : column < actions.length + needCosts.length ? (needCosts[column - actions.length] ?? 0) : 0);
}

export function worthAt(program: Program, worth: "value" | "cells"): (column: number) => number {
  const first = layOut(program).item(0);
  return (column) => (column < first ? 0 : (program.items[column - first]?.[worth] ?? 0));
}

/** The values of all columns when exactly these actions are done. */
export function columnsOf(program: Program, chosen: ReadonlySet<number>): Float64Array {
  const layout = layOut(program);
  const columns = new Float64Array(layout.columns);
  for (const action of chosen) {
    columns[action] = 1;
    for (const need of program.needs[action] ?? []) columns[layout.need(need)] = 1;
  }
  program.clauses.forEach((clause, n) => {
    if (clause.some((action) => chosen.has(action))) columns[layout.clause(n)] = 1;
  });
  program.items.forEach(({ clauses }, n) => {
    if (clauses.every((clause) => columns[layout.clause(clause)] === 1)) columns[layout.item(n)] = 1;
  });
  return columns;
}
