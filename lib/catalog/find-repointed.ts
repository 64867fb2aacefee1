import type { Strategy } from "./types";

export interface RepointedStrategy {
  readonly id: string;
  readonly name: string;
  readonly from: readonly string[]; // techniques
  readonly to: readonly string[];
}

/** Strategies that detect another technique than before: a history keyed by technique breaks here, one keyed by analytic does not. */
export function findRepointed(before: readonly Strategy[], after: readonly Strategy[]): RepointedStrategy[] {
  const old = new Map(before.map((strategy) => [strategy.id, strategy.techniques]));
  return after.flatMap(({ id, name, techniques: to }) => {
    const from = old.get(id);
    return from === undefined || from.length === 0 || to.length === 0 || from.join() === to.join() ? [] : [{ id, name, from, to }];
  });
}
