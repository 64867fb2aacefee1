import { collectItems, type Material } from "../correlate/collect-items";
import { specOf, type Group } from "../correlate/group-items";
import type { Item } from "../correlate/match-types";
import type { CorrelationSpec } from "../correlate/run-group";
import type { LinkedCorrelation } from "../sigma/link-rules";
import { describeAbsence, describeMiss } from "./describe-miss";
import { leastTimespan } from "./least-timespan";
import { DEMANDS, fireGroups, relaxGroups, relaxSpec, type Demand, type RelaxedFiring } from "./relax-demands";

export const MISS_KINDS = ["stage-absent", "wrong-order", "outside-window", "join-missing", "join-different"] as const;
export type MissKind = (typeof MISS_KINDS)[number];

/** What the sample lacked least for a correlation to fire. */
export interface NearestMiss {
  readonly kind: MissKind;
  readonly stage: string; // as the correlation refers to it
  readonly detail: string;
  readonly bySeconds?: number; // outside-window: how much longer the timespan would have to be
  readonly records: readonly number[]; // that would have made the firing, in the order of stages
}

/** A way in which a correlation would have fired. */
export interface Relaxation {
  readonly dropped: readonly Demand[];
  readonly stage: number | null; // the one stage whose keys were not compared
  readonly found: RelaxedFiring;
  readonly extraMs: number | null; // beyond the timespan; null: not dropped, or not to be told
  readonly complete: boolean; // false: not every group was looked at
}

const KINDS: Readonly<Record<Demand, MissKind>> = { window: "outside-window", order: "wrong-order", "key-present": "join-missing", "key-equal": "join-different" };

/**
 * Why a correlation did not fire. The nearest miss is the first demand, from the least change to the greatest, without which
 * it would have fired: the window, the order, that records have the key, that their keys are equal. Where no single one is
 * enough, pairs and triples in the same order, named by their greatest. A stage without any record is absent, whatever else
 * is wrong. The correlator itself answers every question, so that an explanation can never disagree with a firing.
 *
 * @param index of a correlation that did not fire
 */
export function findNearestMiss(index: number, material: Material): NearestMiss | null {
  const correlation = material.correlations[index];
  if (correlation === undefined) return null;
  const spec = specOf(correlation);
  const items = collectItems(correlation, material);
  const absent = firstAbsent(correlation, spec, items);
  if (absent !== null) return missOfAbsent(correlation, absent, index, material, items);
  for (const dropped of combinations(spec, correlation.groupBy)) {
    const found = tryWithout(spec, correlation.groupBy, items, dropped);
    const greatest = dropped.at(-1);
    if (found !== null && greatest !== undefined) return describeMiss(KINDS[greatest], found, correlation, spec, material);
  }
  return describeAbsence(correlation, spec, items, null, material);
}

/** The first stage without any item, where the correlation needs it; null when all are there. */
function firstAbsent(correlation: LinkedCorrelation, spec: CorrelationSpec, items: readonly Item[]): number | null {
  const present = new Set(items.map(({ stage }) => stage));
  const needsAll = (spec.type === "temporal" || spec.type === "temporal_ordered") && spec.thresholds.length === 0;
  if (!needsAll && present.size > 0) return null;
  const absent = correlation.references.findIndex((_, stage) => !present.has(stage));
  return absent === -1 ? null : absent;
}

/** A correlation that did not fire is absent for a reason of its own, which says more. */
function missOfAbsent(correlation: LinkedCorrelation, stage: number, index: number, material: Material, items: readonly Item[]): NearestMiss | null {
  const reference = correlation.references[stage];
  if (reference?.kind === "correlation" && reference.index < index) {
    const inner = findNearestMiss(reference.index, material);
    if (inner !== null) return { ...inner, detail: `"${material.correlations[reference.index]?.meta.title ?? reference.as}" did not fire: ${inner.detail}` };
  }
  return describeAbsence(correlation, specOf(correlation), items, stage, material);
}

/** Every set of demands that this correlation makes, the small ones and the small changes first. */
function combinations(spec: CorrelationSpec, groupBy: readonly string[]): (readonly Demand[])[] {
  const made = DEMANDS.filter((demand) => (demand === "order" ? spec.type === "temporal_ordered" : demand === "window" || groupBy.length > 0));
  const sets = made.reduce<Demand[][]>((all, demand) => [...all, ...all.map((set) => [...set, demand])], [[]]).filter((set) => set.length > 0 && !(set.includes("key-present") && set.includes("key-equal")));
  const rank = (demand: Demand | undefined): number => (demand === undefined ? -1 : DEMANDS.indexOf(demand));
  return sets.sort((a, b) => a.length - b.length || rank(a.at(-1)) - rank(b.at(-1)) || rank(a[0]) - rank(b[0]));
}

/** Whether the correlation fires without these demands; of several ways, the one with a single stage of another key, the last stage first. */
function tryWithout(spec: CorrelationSpec, groupBy: readonly string[], items: readonly Item[], dropped: readonly Demand[]): Relaxation | null {
  const without = new Set(dropped);
  const staged = spec.type === "temporal" || spec.type === "temporal_ordered";
  const stages = staged && without.has("key-equal") ? [...Array.from({ length: spec.stages }, (_, i) => spec.stages - 1 - i), null] : [null];
  let complete = true;
  for (const stage of stages) {
    const relaxed = relaxGroups(spec, groupBy, items, without, stage);
    complete &&= relaxed.complete;
    const found = fireWithout(spec, relaxed.groups, without);
    if (found !== null) return { dropped, stage, complete, ...found };
  }
  return null;
}

function fireWithout(spec: CorrelationSpec, groups: readonly Group[], without: ReadonlySet<Demand>): { found: RelaxedFiring; extraMs: number | null } | null {
  if (without.has("window")) {
    const least = leastTimespan({ ...relaxSpec(spec, without), timespanMs: spec.timespanMs }, groups);
    return least === null ? null : { found: least.found, extraMs: least.ms === null ? null : least.ms - spec.timespanMs };
  }
  const [found] = fireGroups(relaxSpec(spec, without), groups);
  return found === undefined ? null : { found, extraMs: null };
}
