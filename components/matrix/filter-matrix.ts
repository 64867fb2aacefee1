import type { Flag, Status } from "@/lib/assessment/status";
import type { MatrixView } from "@/lib/reports/matrix-view";
import type { LayerStands } from "./layer-stands";
import type { GroupNumber, ScopeNumbers } from "./read-numbers";

/** What narrows the matrix beside its text. Values within a facet are alternatives; facets are joined by and. */
export const MATRIX_FACETS = ["status", "flag", "component", "rule", "differs", "layer"] as const;
export type MatrixFacet = (typeof MATRIX_FACETS)[number];

export interface MatrixFilter {
  readonly text: string;
  readonly chosen: Readonly<Record<MatrixFacet, readonly string[]>>;
  readonly inapplicable: boolean; // techniques too of which nothing applies here
  readonly overlay: ReadonlySet<number> | null; // techniques that stay; null: all
  readonly stands?: LayerStands | null; // of a layer that is laid over
  readonly gaining?: ReadonlySet<number> | null; // techniques that stay because a choice would add to them; null: all
  readonly allOpen: boolean;
  readonly open: ReadonlySet<string>; // ids of techniques whose sub-techniques stand open
}

/** One line of a column: a technique, or a sub-technique below it. */
export interface MatrixRow {
  readonly technique: number;
  readonly whole: boolean; // folded: it speaks for its sub-techniques too
  readonly below: number; // sub-techniques that apply, whether shown or not
  readonly open: boolean;
  readonly aside: boolean; // does not match itself; stands there for the sub-techniques below
}

export interface FilteredMatrix {
  readonly rows: readonly MatrixRow[]; // in the order of the view, each technique once
  readonly techniques: number; // that match, sub-techniques apart
  readonly subs: number;
  readonly counts: Readonly<Record<MatrixFacet, ReadonlyMap<string, number>>>; // rows by value under every other facet's choice
}

/**
 * What is left of the matrix. A folded technique is judged with its sub-techniques, an open one by itself: what stands in sight
 * counts every cell once. Where only sub-techniques match, their parent opens and shows those alone.
 *
 * @param numbers of one scope or of two; a row matches a status or flag when it has it in either
 */
export function filterMatrix(view: MatrixView, numbers: readonly ScopeNumbers[], filter: MatrixFilter): FilteredMatrix {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  const wanted = MATRIX_FACETS.map((facet) => ({ facet, values: new Set(filter.chosen[facet]) }));
  const counts: Record<MatrixFacet, Map<string, number>> = { status: new Map(), flag: new Map(), component: new Map(), rule: new Map(), differs: new Map(), layer: new Map() };
  const children = new Map<number, number[]>();
  view.techniques.forEach(({ parent }, index) => {
    if (parent >= 0) children.set(parent, [...(children.get(parent) ?? []), index]);
  });
  const stays = (index: number, whole: boolean): boolean => {
    const members = whole ? [index, ...(children.get(index) ?? [])] : [index];
    const found = numbers.map((scope) => (whole ? scope.whole(index) : scope.own(index)));
    const statuses = found.map((number): Status => number?.status ?? "not-applicable");
    if (!filter.inapplicable && !filter.chosen.status.includes("not-applicable") && !filter.chosen.layer.includes("not-applicable") && statuses.every((status) => status === "not-applicable")) return false;
    if (words.length > 0 && !words.every((word) => searchText(view, index).includes(word))) return false;
    if (filter.gaining && !members.some((member) => filter.gaining?.has(member))) return false;
    if (filter.overlay !== null && !members.some((member) => filter.overlay?.has(member))) return false;
    const values = valuesOf(view, members, statuses, found, filter.stands ?? null);
    const missed = wanted.filter(({ facet, values: chosen }) => chosen.size > 0 && !values[facet].some((value) => chosen.has(value)));
    for (const facet of MATRIX_FACETS) {
      if (missed.length === 0 || (missed.length === 1 && missed[0]?.facet === facet)) for (const value of values[facet]) counts[facet].set(value, (counts[facet].get(value) ?? 0) + 1);
    }
    return missed.length === 0;
  };
  const rows: MatrixRow[] = [];
  let [techniques, subs] = [0, 0];
  view.techniques.forEach((technique, index) => {
    if (technique.parent >= 0) return;
    const below = children.get(index) ?? [];
    const applicable = below.filter((child) => filter.inapplicable || numbers.some((scope) => scope.own(child) !== undefined));
    const opened = applicable.length > 0 && (filter.allOpen || filter.open.has(technique.id));
    const matches = stays(index, !opened);
    const kept = below.filter((child) => stays(child, false));
    subs += kept.length;
    if (matches) techniques += 1;
    if (!matches && kept.length === 0) return;
    const shown = opened || !matches;
    rows.push({ technique: index, whole: !shown, below: applicable.length, open: shown && kept.length > 0, aside: !matches });
    if (shown) for (const child of kept) rows.push({ technique: child, whole: false, below: 0, open: false, aside: false });
  });
  return { rows, techniques, subs, counts };
}

function valuesOf(view: MatrixView, members: readonly number[], statuses: readonly Status[], numbers: readonly (GroupNumber | undefined)[], stands: LayerStands | null): Readonly<Record<MatrixFacet, readonly string[]>> {
  const techniques = members.flatMap((member) => view.techniques[member] ?? []);
  return {
    status: [...new Set(statuses)],
    flag: [...new Set<Flag>(numbers.flatMap((number) => number?.flags ?? []))],
    component: [...new Set(techniques.flatMap(({ components }) => components.map((position) => view.components[position] ?? "")))],
    rule: [techniques.some(({ linked }) => linked > 0) ? "linked" : "none"],
    differs: new Set(statuses).size > 1 ? ["status"] : new Set(numbers.map((number) => `${number?.k ?? 0}/${number?.n ?? 0}`)).size > 1 ? ["number"] : ["same"],
    layer: stands === null ? [] : [...new Set(members.map(stands.of))],
  };
}

const texts = new WeakMap<MatrixView, (string | undefined)[]>();
function searchText(view: MatrixView, index: number): string {
  let known = texts.get(view);
  if (known === undefined) texts.set(view, (known = []));
  const technique = view.techniques[index];
  return (known[index] ??= technique === undefined ? "" : [technique.id, technique.name, ...technique.analytics, ...technique.components.map((position) => view.components[position])].join(" ").toLowerCase());
}
