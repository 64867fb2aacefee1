import type { PlanDoc, ShownAction } from "@/lib/gaps/plan/plan-doc";

export type Titles = Readonly<Record<string, string>>;

/** What an action is called: what would be switched on, of which source. */
export function nameAction({ family, collection, title }: Pick<ShownAction, "family" | "collection" | "title">, titles: Titles): string {
  const source = titles[family] ?? family;
  const keys = collection.slice(family.length + 1);
  if (keys === "*") return `Restore ${source}`;
  // What is switched on comes first: a long name of a source may be cut where there is little room.
  return `${title ?? keys.split(",").join(", ")} · ${source}`;
}

/** What a choice costs, shared costs once. */
export function costOfChoice(doc: Pick<PlanDoc, "actions" | "needs">, chosen: ReadonlySet<number>): number {
  const needs = new Set<number>();
  let cost = 0;
  for (const position of chosen) {
    const action = doc.actions[position];
    if (action === undefined) continue;
    cost += action.cost;
    for (const need of action.needs) needs.add(need);
  }
  for (const need of needs) cost += doc.needs[need]?.cost ?? 0;
  return cost;
}

/** The most that the most-referenced order has won at a cost, in the units of value. */
export function naiveAt(doc: Pick<PlanDoc, "naive">, cost: number): number {
  return doc.naive.reduce((best, step) => (step.cost <= cost && step.value > best ? step.value : best), 0);
}
