import { platformsOfAnalytic } from "@/lib/inventory/platforms";
import type { Analytic, Tactic, Technique } from "@/lib/catalog/types";
import type { MatrixTactic, MatrixTechnique } from "./matrix-view";

export interface MatrixCatalog {
  readonly techniques: readonly Pick<Technique, "id" | "name" | "parent" | "tactics">[];
  readonly tactics: readonly Pick<Tactic, "id" | "name">[]; // in the order of the matrix
  readonly docs: ReadonlyMap<string, Pick<Analytic, "domain" | "platforms" | "techniques" | "logSources">>; // by analytic
}

/** What stands where in the matrix of a domain, before any number. */
export interface MatrixPlan {
  readonly tactics: readonly MatrixTactic[];
  readonly techniques: readonly MatrixTechnique[];
  readonly components: readonly string[];
  /** By technique: positions of its own analytics in the assessment. */
  readonly own: readonly (readonly number[])[];
  /** The same with those of its sub-techniques; null where there are none. */
  readonly whole: readonly (readonly number[] | null)[];
  /** By analytic of the assessment; none for one that the catalogue lost or that is of another domain. */
  readonly platforms: readonly (readonly string[])[];
}

/**
 * Places the techniques that analytics of the domain detect, techniques by name and sub-techniques by id below their parent. A
 * sub-technique whose parent is not there stands for itself. A tactic is external where every technique happens outside (PRE).
 *
 * @param analytics ids by position
 * @param linked positions of analytics that a rule is linked to
 */
export function planMatrix(analytics: readonly string[], linked: ReadonlySet<number>, { techniques, tactics, docs }: MatrixCatalog, domain: string): MatrixPlan {
  const members = new Map<string, number[]>();
  const platforms = analytics.map((id, position): readonly string[] => {
    const doc = docs.get(id);
    if (doc?.domain !== domain) return [];
    for (const technique of doc.techniques) members.set(technique.id, [...(members.get(technique.id) ?? []), position]);
    return platformsOfAnalytic(doc);
  });
  const known = new Map(techniques.map((technique) => [technique.id, technique]));
  const named = new Set([...members.keys()].flatMap((id) => [id, known.get(id)?.parent ?? id])); // a parent stands there even without an analytic of its own
  const shown = techniques.filter(({ id }) => named.has(id));
  const parents = shown.filter(({ parent }) => parent === null || !named.has(parent)).sort(byName);
  const order = parents.flatMap((parent) => [parent, ...shown.filter((technique) => technique.parent === parent.id && technique !== parent).sort(byId)]);
  const position = new Map(order.map(({ id }, index) => [id, index]));
  const used = tactics.filter(({ id }) => order.some((technique) => technique.tactics.some((tactic) => tactic.id === id)));
  const column = new Map(used.map(({ id }, index) => [id, index]));
  const own = order.map(({ id }) => members.get(id) ?? []);
  const namesOf = (indices: readonly number[]): string[] => [...new Set(indices.flatMap((index) => docs.get(analytics[index] ?? "")?.logSources.map(({ component }) => component.name) ?? []))];
  const components = [...new Set(own.flatMap(namesOf))].sort();
  const componentAt = new Map(components.map((name, index) => [name, index]));
  const placed = order.map((technique, index): MatrixTechnique => {
    const indices = own[index] ?? [];
    return {
      id: technique.id,
      name: technique.name,
      parent: technique.parent === null ? -1 : (position.get(technique.parent) ?? -1),
      tactics: technique.tactics.flatMap(({ id }) => column.get(id) ?? []),
      components: namesOf(indices).map((name) => componentAt.get(name) ?? 0),
      analytics: indices.map((at) => analytics[at] ?? ""),
      linked: indices.filter((at) => linked.has(at)).length,
    };
  });
  const whole = placed.map((_, index) => {
    const below = own.filter((__, child) => placed[child]?.parent === index);
    return below.length === 0 ? null : [...new Set([...(own[index] ?? []), ...below.flat()])];
  });
  const outside = (index: number): boolean => {
    const within = placed.flatMap((technique, at) => (technique.tactics.includes(index) ? [own[at] ?? []] : [])).flat();
    return within.length > 0 && within.every((at) => (platforms[at] ?? []).every((name) => name === "PRE"));
  };
  return { tactics: used.map(({ id, name }, index) => ({ id, name, external: outside(index) })), techniques: placed, components, own, whole, platforms };
}

function byName(a: { readonly name: string; readonly id: string }, b: { readonly name: string; readonly id: string }): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : byId(a, b);
}

function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
