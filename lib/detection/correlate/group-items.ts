import type { LinkedCorrelation } from "../sigma/link-rules";
import { isFilled, joinText } from "./join-text";
import type { Item } from "./match-types";
import type { CorrelationSpec } from "./run-group";

/** Items that have the same values in the fields of group-by. */
export interface Group {
  readonly key: string;
  readonly shown: Readonly<Record<string, string>>; // as first written
  readonly items: readonly Item[];
}

const MOST_GROUPS_OF_ITEM = 64; // of one record whose fields hold lists

/** What a correlation asks for, with its aliases resolved. */
export function specOf(correlation: LinkedCorrelation): CorrelationSpec {
  const { type, timespanMs, thresholds, fields, percentile, references, aliases } = correlation;
  return { type, timespanMs, thresholds, fields, percentile, stages: references.length, fieldOf: (stage, field) => aliases.get(field)?.get(references[stage]?.as ?? "") ?? field };
}

/** The groups that an item stands in: one per combination of its values; none when it lacks a field of group-by. */
export function keysOf(spec: CorrelationSpec, groupBy: readonly string[], item: Item): { readonly key: string; readonly shown: Readonly<Record<string, string>> }[] {
  let tuples: { texts: string[]; shown: [string, string][] }[] = [{ texts: [], shown: [] }];
  for (const field of groupBy) {
    const values = new Map(item.values(spec.fieldOf(item.stage, field)).filter(isFilled).map((value) => [joinText(value), String(value)]));
    tuples = tuples.flatMap(({ texts, shown }) => [...values].map(([text, written]) => ({ texts: [...texts, text], shown: [...shown, [field, written] satisfies [string, string]] }))).slice(0, MOST_GROUPS_OF_ITEM);
  }
  return tuples.map(({ texts, shown }) => ({ key: JSON.stringify(texts), shown: Object.fromEntries(shown) }));
}

/**
 * Items by group. Those that lack a field of group-by belong to no group: two records that do not say who acted are not two
 * acts of one actor.
 *
 * @param items in the order of their last moment, which groups keep
 */
export function groupItems(spec: CorrelationSpec, groupBy: readonly string[], items: readonly Item[]): { readonly groups: Group[]; readonly keyless: Item[] } {
  const groups = new Map<string, { key: string; shown: Readonly<Record<string, string>>; items: Item[] }>();
  const keyless: Item[] = [];
  for (const item of items) {
    const keys = keysOf(spec, groupBy, item);
    if (keys.length === 0) keyless.push(item);
    for (const { key, shown } of keys) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, { key, shown, items: [item] });
      else group.items.push(item);
    }
  }
  return { groups: [...groups.values()], keyless };
}
