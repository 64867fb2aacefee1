import type { PlanDoc } from "@/lib/gaps/plan/plan-doc";

/** Cells that an action brings to observed alone, and with exactly one other that is on: the one with which it brings most. */
export interface Unlocks {
  readonly alone: number;
  readonly partner: { readonly action: number; readonly cells: number } | undefined;
}

/** "Alone unlocks a, together with B unlocks c", for every action that is on. */
export function unlocksOf({ clauses, items }: Pick<PlanDoc, "clauses" | "items">, chosen: ReadonlySet<number>): ReadonlyMap<number, Unlocks> {
  const meeting = clauses.map((clause) => new Set(clause.filter((action) => chosen.has(action))));
  const alone = new Map<number, number>();
  const pairs = new Map<number, Map<number, number>>();
  const note = (one: number, other: number, cells: number): void => {
    const own = pairs.get(one) ?? new Map<number, number>();
    pairs.set(one, own.set(other, (own.get(other) ?? 0) + cells));
  };
  for (const item of items) {
    if (item.cells === 0) continue;
    const sets = item.clauses.map((clause) => meeting[clause] ?? new Set<number>());
    const [first = new Set<number>(), ...others] = sets;
    if (sets.some((set) => set.size === 0)) continue;
    const whole = [...first].filter((action) => others.every((set) => set.has(action)));
    for (const action of whole) alone.set(action, (alone.get(action) ?? 0) + item.cells);
    const seen = new Set<string>(); // both may stand in the first clause
    for (const one of first) {
      if (whole.includes(one)) continue;
      const rest = sets.filter((set) => !set.has(one));
      const [open = new Set<number>(), ...more] = rest;
      for (const other of open) {
        if (whole.includes(other) || !more.every((set) => set.has(other))) continue;
        const pair = `${Math.min(one, other)} ${Math.max(one, other)}`;
        if (seen.has(pair)) continue;
        seen.add(pair);
        note(one, other, item.cells);
        note(other, one, item.cells);
      }
    }
  }
  return new Map(
    [...chosen].map((action) => {
      const best = [...(pairs.get(action) ?? [])].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0];
      return [action, { alone: alone.get(action) ?? 0, partner: best === undefined ? undefined : { action: best[0], cells: best[1] } }];
    }),
  );
}
