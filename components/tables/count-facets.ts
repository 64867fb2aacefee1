import type { FacetGroup } from "./facet-list";

/** Rows under every facet's choice, and rows per value of each facet under every other facet's choice. */
export interface CountedFacets<Row, Facet extends string> {
  readonly rows: readonly Row[];
  readonly countsOf: (facet: Facet) => ReadonlyMap<string, number>;
}

type Chosen<Facet extends string> = Readonly<Record<Facet, readonly string[]>>;

const NONE: ReadonlyMap<string, number> = new Map();

/** Narrows rows by facets of one value each. Values within a facet are alternatives; facets are joined by and. chosen null: nothing is narrowed. */
export function countFacets<Row, Facet extends string>(rows: readonly Row[], facets: readonly Facet[], chosen: Chosen<Facet> | null, valueOf: (row: Row, facet: Facet) => string): CountedFacets<Row, Facet> {
  const wanted = facets.map((facet) => ({ facet, values: new Set(chosen?.[facet] ?? []) }));
  const counts = new Map(facets.map((facet) => [facet, new Map<string, number>()]));
  const found: Row[] = [];
  for (const row of rows) {
    const missed = wanted.filter(({ facet, values }) => values.size > 0 && !values.has(valueOf(row, facet)));
    if (missed.length === 0) found.push(row);
    for (const [facet, count] of counts) {
      if (missed.length > 1 || (missed.length === 1 && missed[0]?.facet !== facet)) continue;
      const value = valueOf(row, facet);
      count.set(value, (count.get(value) ?? 0) + 1);
    }
  }
  return { rows: found, countsOf: (facet) => counts.get(facet) ?? NONE };
}

export interface FacetWords<Facet extends string> {
  readonly titles: Readonly<Record<Facet, string>>;
  readonly label?: (facet: Facet, value: string) => string;
  readonly ranks?: Partial<Readonly<Record<Facet, readonly string[]>>>; // values in an order of their own; otherwise by number of rows
}

/** Groups as the panel draws them; what is chosen is listed even when nothing has it. all: counts without any choice. */
export function facetGroups<Facet extends string>(facets: readonly Facet[], all: CountedFacets<unknown, Facet>, found: CountedFacets<unknown, Facet>, chosen: Chosen<Facet>, words: FacetWords<Facet>): FacetGroup[] {
  return facets.map((facet) => {
    const counts = all.countsOf(facet);
    const rank = (value: string): number => {
      const at = words.ranks?.[facet]?.indexOf(value) ?? -1;
      return at < 0 ? Number.MAX_SAFE_INTEGER : at;
    };
    const values = [...new Set([...counts.keys(), ...chosen[facet]])].sort((a, b) => rank(a) - rank(b) || (counts.get(b) ?? 0) - (counts.get(a) ?? 0) || (a < b ? -1 : 1));
    return { facet, title: words.titles[facet], values: values.map((value) => ({ value, label: words.label?.(facet, value) ?? value, count: found.countsOf(facet).get(value) ?? 0, chosen: chosen[facet].includes(value) })) };
  });
}
