/** Things to win, of which each needs every one of its clauses met; a clause is met by any one of its members. All are positions. */
export interface ClauseGame {
  readonly clauses: readonly (readonly number[])[];
  readonly items: readonly { readonly clauses: readonly number[]; readonly value: number; readonly cells: number; readonly group: number }[];
}

export interface ClauseGains {
  readonly value: number;
  readonly cells: number;
  readonly groups: ReadonlyMap<number, { readonly value: number; readonly cells: number }>;
  /** By member: what is lost without it if it is chosen, what it would add if it is not, the others as they are. */
  readonly marginal: readonly { readonly value: number; readonly cells: number }[];
}

/** What a choice of members wins, and what each of them is worth beside it: one pass over the items. */
export function clauseGains({ clauses, items }: ClauseGame, members: number, chosen: ReadonlySet<number>): ClauseGains {
  const marginal = Array.from({ length: members }, () => ({ value: 0, cells: 0 }));
  const groups = new Map<number, { value: number; cells: number }>();
  const meeting = clauses.map((clause) => clause.filter((member) => chosen.has(member)));
  let [value, cells] = [0, 0];
  for (const item of items) {
    const unmet = item.clauses.filter((clause) => (meeting[clause]?.length ?? 0) === 0);
    let movers: Iterable<number>;
    if (unmet.length === 0) {
      value += item.value;
      cells += item.cells;
      const group = groups.get(item.group) ?? { value: 0, cells: 0 };
      groups.set(item.group, { value: group.value + item.value, cells: group.cells + item.cells });
      movers = new Set(item.clauses.flatMap((clause) => (meeting[clause]?.length === 1 ? (meeting[clause] ?? []) : [])));
    } else {
      const [first, ...others] = unmet;
      movers = (clauses[first ?? -1] ?? []).filter((member) => others.every((clause) => clauses[clause]?.includes(member)));
    }
    for (const member of movers) {
      const own = marginal[member];
      if (own === undefined) continue;
      own.value += item.value;
      own.cells += item.cells;
    }
  }
  return { value, cells, groups, marginal };
}
