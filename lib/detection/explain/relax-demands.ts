import { isFilled, joinText } from "../correlate/join-text";
import { groupItems, type Group } from "../correlate/group-items";
import { compareMoments, type Firing, type Item } from "../correlate/match-types";
import { runGroup, type CorrelationSpec } from "../correlate/run-group";

/** What a correlation demands beside its stages, from the least change to the greatest. */
export const DEMANDS = ["window", "order", "key-present", "key-equal"] as const;
export type Demand = (typeof DEMANDS)[number];

/** Items that are compared at most, all groups of one question together. */
export const MOST_COMPARED = 200_000;

/** A firing that a correlation would have if it demanded less, and the group it would be of. */
export interface RelaxedFiring {
  readonly firing: Firing;
  readonly group: Group;
}

/** The same correlation with demands dropped; key-equal includes key-present. */
export function relaxSpec(spec: CorrelationSpec, dropped: ReadonlySet<Demand>): CorrelationSpec {
  return { ...spec, timespanMs: dropped.has("window") ? Infinity : spec.timespanMs, type: dropped.has("order") && spec.type === "temporal_ordered" ? "temporal" : spec.type };
}

/**
 * The groups as a correlation would see them with demands dropped. key-present: a record that lacks a field of group-by, or
 * whose lineage is known up to a missing link only, may stand in every group that its other fields allow. key-equal: one
 * stage, or all, may stand in any group.
 */
export function relaxGroups(spec: CorrelationSpec, groupBy: readonly string[], items: readonly Item[], dropped: ReadonlySet<Demand>, anyStage: number | null): { readonly groups: readonly Group[]; readonly complete: boolean } {
  if (dropped.has("key-equal") && anyStage === null) return { groups: [{ key: "", shown: {}, items }], complete: true };
  const { groups } = groupItems(spec, groupBy, items);
  const guests = dropped.has("key-equal")
    ? items.filter(({ stage }) => stage === anyStage)
    : dropped.has("key-present")
      ? items.filter((item) => groupBy.some((field) => isMissing(spec, item, field)))
      : [];
  if (guests.length === 0) return { groups, complete: true };
  const relaxed: Group[] = dropped.has("key-present") ? [{ key: "", shown: {}, items: guests }] : [];
  let compared = guests.length;
  // Groups with most stages first: they lack least.
  const stagesOf = new Map(groups.map((group) => [group, new Set(group.items.map(({ stage }) => stage)).size]));
  for (const group of [...groups].sort((a, b) => (stagesOf.get(b) ?? 0) - (stagesOf.get(a) ?? 0))) {
    compared += group.items.length + guests.length;
    if (compared > MOST_COMPARED) return { groups: relaxed, complete: false };
    const own = new Set(group.items);
    const joined = [...group.items, ...guests.filter((item) => !own.has(item) && (dropped.has("key-equal") || agrees(spec, groupBy, item, group)))];
    relaxed.push({ ...group, items: joined.sort((a, b) => compareMoments(a.last, b.last) || compareMoments(a.first, b.first) || a.stage - b.stage) });
  }
  return { groups: relaxed, complete: true };
}

/** Whether an item does not say, or not for certain, which group it belongs to by this field. */
export function isMissing(spec: CorrelationSpec, item: Item, field: string): boolean {
  const name = spec.fieldOf(item.stage, field);
  return item.open(name) !== null || !item.values(name).some(isFilled);
}

/** Whether what an item does say is what the group has. */
export function agrees(spec: CorrelationSpec, groupBy: readonly string[], item: Item, group: Group): boolean {
  return groupBy.every((field) => isMissing(spec, item, field) || sharesValue(spec, item, field, group));
}

export function sharesValue(spec: CorrelationSpec, item: Item, field: string, group: Group): boolean {
  const wanted = joinText(group.shown[field] ?? "");
  return item.values(spec.fieldOf(item.stage, field)).some((value) => joinText(value) === wanted);
}

/** All firings over groups. */
export function fireGroups(spec: CorrelationSpec, groups: readonly Group[]): RelaxedFiring[] {
  return groups.flatMap((group) => runGroup(spec, group.items).map((firing) => ({ firing, group })));
}

/** From the beginning of a firing's first item to its completion. */
export function spanOf({ items, at }: Firing, counting: boolean): number {
  return at.ms - items.reduce((least, { first, last }) => Math.min(least, counting ? last.ms : first.ms), at.ms);
}
