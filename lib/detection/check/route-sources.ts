import { accepts, facetsOf, servedBy } from "../route/facets-of";
import type { RecordSource } from "../route/source-of";
import type { SigmaLogsource, SigmaRule } from "../sigma/rule-types";

/** The rules that one source of records is shown to, and what they ask of it. */
export interface SourceRoute {
  readonly id: string; // equal for sources that are shown to the same rules
  readonly rules: readonly number[];
  readonly fields: readonly string[];
}

const MOST_KEPT = 20_000; // kinds come from people's files

/**
 * Rules by logsource, so that each source of records is routed once.
 *
 * @param asked per rule the fields to look at
 */
export function routeSources(rules: readonly Pick<SigmaRule, "logsource">[], asked: readonly (readonly string[])[]) {
  const groups = new Map<string, { readonly id: number; readonly logsource: SigmaLogsource; readonly rules: number[] }>();
  const groupOf = rules.map(({ logsource }, i) => {
    const name = JSON.stringify([logsource.product, logsource.category, logsource.service]);
    const group = groups.get(name) ?? { id: groups.size, logsource, rules: [] };
    groups.set(name, group);
    group.rules.push(i);
    return group.id;
  });
  const all = [...groups.values()];
  const families = all.map(({ logsource }) => new Set(servedBy(logsource).map(({ family }) => family)));
  const routes = new Map<string, SourceRoute>();
  const known = new Map<string, SourceRoute>();
  return {
    /** Per rule the number of its logsource. */
    groupOf,
    routeOf: (source: RecordSource): SourceRoute => {
      const name = nameOf(source);
      const found = known.get(name);
      if (found !== undefined) return found;
      const facets = facetsOf(source);
      const accepted = all.filter(({ logsource }) => accepts(logsource, facets));
      const id = accepted.map((group) => group.id).join();
      const own = accepted.flatMap((group) => group.rules).sort((a, b) => a - b);
      const route = routes.get(id) ?? { id, rules: own, fields: [...new Set(own.flatMap((rule) => asked[rule] ?? []))].sort() };
      routes.set(id, route);
      if (known.size >= MOST_KEPT) known.clear();
      known.set(name, route);
      return route;
    },
    /** The logsources, by number, whose log is among these sources, whether or not the wanted event is in it. */
    present: (sources: readonly RecordSource[]): ReadonlySet<number> => {
      const distinct = [...new Map(sources.map((source) => [nameOf(source), source])).values()].map((source) => ({ family: source.family, facets: facetsOf(source) }));
      return new Set(all.flatMap(({ id, logsource }) => (distinct.some(({ family, facets }) => families[id]?.has(family) === true && accepts({ ...logsource, category: null }, facets)) ? [id] : [])));
    },
  };
}

function nameOf({ family, key, channel, platform }: RecordSource): string {
  return `${family}:${key}|${channel ?? ""}|${platform ?? ""}`;
}
