import type { Program } from "./reduce-model";

/** A part of a program that shares nothing with the rest. actions: their positions in the whole. */
export interface Part {
  readonly program: Program;
  readonly actions: readonly number[];
}

/** Divides a program into segments, those together that share a licence. */
export function splitProgram(program: Program): Part[] {
  const parent = new Map<number, number>();
  const find = (segment: number): number => {
    const above = parent.get(segment) ?? segment;
    if (above === segment) return segment;
    const top = find(above);
    parent.set(segment, top);
    return top;
  };
  const firstWith = new Map<number, number>();
  program.needs.forEach((needs, action) => {
    const segment = program.segments[action] ?? -1;
    for (const need of needs) {
      const other = firstWith.get(need);
      if (other === undefined) firstWith.set(need, segment);
      else parent.set(find(segment), find(other));
    }
  });
  const groups = new Map<number, number[]>();
  program.segments.forEach((segment, action) => {
    const top = find(segment);
    const group = groups.get(top);
    if (group === undefined) groups.set(top, [action]);
    else group.push(action);
  });
  return [...groups].map(([top, actions]) => ({ actions, program: narrow(program, actions, (segment) => find(segment) === top) }));
}

function narrow(program: Program, actions: readonly number[], holds: (segment: number) => boolean): Program {
  const position = new Map(actions.map((action, n) => [action, n]));
  const needs = [...new Set(actions.flatMap((action) => program.needs[action] ?? []))];
  const needAt = new Map(needs.map((need, n) => [need, n]));
  const items = program.items.filter(({ segment }) => holds(segment));
  const clauses = [...new Set(items.flatMap((item) => item.clauses))];
  const clauseAt = new Map(clauses.map((clause, n) => [clause, n]));
  return {
    actions: actions.map((action) => program.actions[action] ?? -1),
    segments: actions.map((action) => program.segments[action] ?? -1),
    costs: actions.map((action) => program.costs[action] ?? 0),
    needs: actions.map((action) => (program.needs[action] ?? []).map((need) => needAt.get(need) ?? -1)),
    needCosts: needs.map((need) => program.needCosts[need] ?? 0),
    clauses: clauses.map((clause) => (program.clauses[clause] ?? []).map((action) => position.get(action) ?? -1)),
    items: items.map((item) => ({ ...item, clauses: item.clauses.map((clause) => clauseAt.get(clause) ?? -1) })),
  };
}
