import type { AnalyticInput, RequirementInput, ScoringInput } from "../scoring-input";
import { layerItems, switchAt } from "./layer-items";
import { LEVEL } from "./parts";

export interface LayeredAnalytics {
  readonly levels: readonly (readonly AnalyticInput[])[];
  readonly asksAnew: ReadonlySet<string>; // analytics that ask something else than before, added and retired ones too
}

/**
 * What is asked, from A to B. A requirement's list of accepted record kinds is completed by the kinds that were met in the
 * data, so a list may differ although nobody changed what is asked: such an analytic follows the evidence, any other the catalogue.
 *
 * @param a @param b analytics over the same tables (poolTables)
 * @param seen record kinds that the evidence of only one of the two speaks of
 */
export function layerAnalytics(tables: Pick<ScoringInput, "fieldSets" | "acceptSets">, a: readonly AnalyticInput[], b: readonly AnalyticInput[], seen: ReadonlySet<string>): LayeredAnalytics {
  const spellWhole = openSpelling(tables, new Set());
  const spellAsked = openSpelling(tables, seen);
  const asksAnew = new Set<string>();
  const levels = layerItems(a, b, ({ id }) => id, (before, after) => {
    if (before !== undefined && after !== undefined) {
      if (spellWhole(before) === spellWhole(after)) return switchAt(0, before, before);
      if (spellAsked(before) === spellAsked(after)) return switchAt(LEVEL.evidence, before, after);
    }
    asksAnew.add((before ?? after)?.id ?? "");
    return switchAt(LEVEL.catalog, before, after);
  });
  return { levels: levels.map(sorted).map(keepLast()), asksAnew };
}

/** Sorting makes new lists: equal neighbours become one again. */
function keepLast(): (level: readonly AnalyticInput[]) => readonly AnalyticInput[] {
  let last: readonly AnalyticInput[] = [];
  return (level) => {
    const same = level.length === last.length && level.every((analytic, at) => analytic === last[at]);
    if (!same) last = level;
    return last;
  };
}

function sorted(analytics: readonly AnalyticInput[]): AnalyticInput[] {
  return [...analytics].sort((x, y) => (x.id < y.id ? -1 : x.id > y.id ? 1 : 0));
}

/** One text per analytic with its lists of kinds spelled out, less the kinds left out; whether a carrier is known hangs on those too. */
function openSpelling(tables: Pick<ScoringInput, "fieldSets" | "acceptSets">, left: ReadonlySet<string>): (analytic: AnalyticInput) => string {
  const known = new Map<number, string>();
  const spellSet = (accepts: number): string => {
    let text = known.get(accepts);
    if (text === undefined) {
      const kinds = (tables.acceptSets[accepts] ?? []).filter(({ kind }) => !left.has(kind));
      known.set(accepts, (text = JSON.stringify(kinds.map(({ kind, met, fields }) => [kind, met, tables.fieldSets[fields]]))));
    }
    return text;
  };
  const spell = (requirements: readonly RequirementInput[] | undefined): unknown =>
    requirements?.map(({ carrier, noCarrier, ...rest }) => ({ ...rest, ...(left.size === 0 ? { carrier, noCarrier } : {}), alternatives: rest.alternatives.map((one) => ({ ...one, accepts: spellSet(one.accepts) })) }));
  return ({ requirements, published, ...rest }) => JSON.stringify([rest, spell(requirements), spell(published)]);
}
