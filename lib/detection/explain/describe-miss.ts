import type { Material } from "../correlate/collect-items";
import { isFilled } from "../correlate/join-text";
import { compareMoments, type Item } from "../correlate/match-types";
import { groupItems } from "../correlate/group-items";
import { peakValue } from "../correlate/peak-value";
import type { CorrelationSpec } from "../correlate/run-group";
import type { LinkedCorrelation } from "../sigma/link-rules";
import { counted } from "@/lib/shared/format-number";
import { spellDuration } from "@/lib/shared/spell-duration";
import type { MissKind, NearestMiss, Relaxation } from "./find-nearest-miss";
import { isMissing, sharesValue } from "./relax-demands";

/** A miss in words, with the stage that it is about. */
export function describeMiss(kind: MissKind, relaxation: Relaxation, correlation: LinkedCorrelation, spec: CorrelationSpec, material: Material): NearestMiss {
  const { found, extraMs, dropped, complete } = relaxation;
  const items = found.firing.items;
  const culprit = culpritOf(kind, relaxation, correlation, spec);
  const stage = culprit?.stage ?? 0;
  const name = titleOf(correlation, stage, material);
  const also = dropped.slice(0, -1).map((demand) => (demand === "window" ? `the timespan of ${spellDuration(spec.timespanMs)} is too short${extraMs === null ? "" : ` by ${spellDuration(extraMs)}`}` : demand === "order" ? "the order is another" : "keys are missing"));
  const detail = [
    sentenceOf(kind, relaxation, culprit, name, correlation, spec),
    ...(also.length === 0 ? [] : [`Besides, ${also.join(", and ")}.`]),
    ...(complete ? [] : ["Only the groups with most stages were compared: the sample holds more than an explanation looks at."]),
  ].join(" ");
  return {
    kind,
    stage: correlation.references[stage]?.as ?? "",
    detail,
    ...(kind === "outside-window" && extraMs !== null ? { bySeconds: Math.round(extraMs * 1000) / 1e6 } : {}),
    records: [...new Set(items.flatMap(({ events }) => events))].slice(0, MOST_RECORDS),
  };
}

const MOST_RECORDS = 100;

/** Nothing that was dropped helps: a stage has no record, or a count is not reached. */
export function describeAbsence(correlation: LinkedCorrelation, spec: CorrelationSpec, items: readonly Item[], stage: number | null, material: Material): NearestMiss {
  const at = stage ?? 0;
  const reference = correlation.references[at];
  const untimed = reference?.kind === "rule" ? (material.matches.get(reference.index) ?? []).filter(({ ms }) => ms === null).length : 0;
  const times = untimed === 0 ? "" : ` ${counted(untimed, "match", "matches")} of it ${untimed === 1 ? "has" : "have"} no usable time and cannot be placed.`;
  const name = titleOf(correlation, at, material);
  const temporal = spec.type === "temporal" || spec.type === "temporal_ordered";
  const peak = temporal ? null : peakValue(spec, groupItems(spec, correlation.groupBy, items).groups.map((group) => group.items));
  const detail = items.some((item) => item.stage === at) || (stage === null && items.length > 0)
    ? `${temporal ? "Too few stages stand within one timespan" : `The highest value within one timespan is ${peak ?? "none"}`}; wanted is ${sayThresholds(spec)}.${times}`
    : `No record ${reference?.kind === "correlation" ? "made" : "matched"} "${name}".${times}`;
  return { kind: "stage-absent", stage: reference?.as ?? "", detail, records: [] };
}

/** The item that stands out: after the longest pause, out of order, or with another key than the rest. */
function culpritOf(kind: MissKind, { found, stage }: Relaxation, { groupBy }: LinkedCorrelation, spec: CorrelationSpec): Item | undefined {
  const items = [...found.firing.items].sort((a, b) => compareMoments(a.last, b.last));
  switch (kind) {
    case "outside-window":
      return items.reduce<{ item: Item | undefined; pause: number }>((longest, item, i) => {
        const pause = item.last.ms - (items[i - 1]?.last.ms ?? item.last.ms);
        return i > 0 && pause > longest.pause ? { item, pause } : longest;
      }, { item: items.at(-1), pause: -1 }).item;
    case "wrong-order": {
      const kept = longestRising(items);
      return items.find((item) => !kept.has(item)) ?? items[0];
    }
    case "join-missing":
      return items.find((item) => groupBy.some((field) => isMissing(spec, item, field)));
    case "join-different":
      return stage === null ? items.find((item) => groupBy.some((field) => !sharesField(spec, item, items[0], field))) : items.find((item) => item.stage === stage);
    default:
      return items[0];
  }
}

function sharesField(spec: CorrelationSpec, item: Item, other: Item | undefined, field: string): boolean {
  const value = other?.values(spec.fieldOf(other.stage, field)).find(isFilled);
  return value !== undefined && sharesValue(spec, item, field, { key: "", shown: { [field]: String(value) }, items: [] });
}

/** The largest part of the items that is in order; what is not in it stands in the wrong place. */
function longestRising(items: readonly Item[]): ReadonlySet<Item> {
  const best: { readonly length: number; readonly items: readonly Item[] }[] = [];
  for (const item of items) {
    const before = best.filter((_, i) => (items[i]?.stage ?? Infinity) < item.stage).reduce((most, one) => (one.length > most.length ? one : most), { length: 0, items: [] as readonly Item[] });
    best.push({ length: before.length + 1, items: [...before.items, item] });
  }
  return new Set(best.reduce((most, one) => (one.length > most.length ? one : most), { length: 0, items: [] as readonly Item[] }).items);
}

function sentenceOf(kind: MissKind, relaxation: Relaxation, culprit: Item | undefined, name: string, { groupBy }: LinkedCorrelation, spec: CorrelationSpec): string {
  const { found, extraMs } = relaxation;
  const record = culprit === undefined ? "" : ` (record ${culprit.last.number})`;
  const group = Object.entries(found.group.shown).map(([field, value]) => `${field} ${value}`).join(", ");
  switch (kind) {
    case "outside-window":
      return `"${name}"${record} comes too late: with a timespan ${extraMs === null ? "" : `${spellDuration(extraMs)} `}longer than ${spellDuration(spec.timespanMs)} it would fire${group === "" ? "" : ` for ${group}`}.`;
    case "wrong-order":
      return `All stages stand within the timespan${group === "" ? "" : ` for ${group}`}, but "${name}"${record} is not where the order wants it.`;
    case "join-missing": {
      const field = culprit === undefined ? undefined : groupBy.find((one) => isMissing(spec, culprit, one));
      const open = culprit === undefined || field === undefined ? null : culprit.open(spec.fieldOf(culprit.stage, field));
      return `"${name}"${record} fits but for ${field ?? "its key"}: ${open ?? "the record does not carry it"}${group === "" ? "" : `; the other stages have ${group}`}.`;
    }
    case "join-different": {
      const shown = relaxation.stage === null ? otherValues(spec, groupBy, found.firing.items) : group;
      const own = culprit === undefined ? "" : groupBy.map((field) => `${field} ${sayValues(spec, culprit, field)}`).join(", ");
      return `"${name}"${record} fits but for its keys: it has ${own}, and the other stages have ${shown}.`;
    }
    default:
      return "";
  }
}

function otherValues(spec: CorrelationSpec, groupBy: readonly string[], items: readonly Item[]): string {
  const [first] = items;
  return first === undefined ? "none" : groupBy.map((field) => `${field} ${sayValues(spec, first, field)}`).join(", ");
}

function sayValues(spec: CorrelationSpec, item: Item, field: string): string {
  const values = item.values(spec.fieldOf(item.stage, field)).filter(isFilled);
  return values.length === 0 ? "none" : values.slice(0, 3).map(String).join(", ");
}

function sayThresholds({ thresholds, stages }: CorrelationSpec): string {
  const words = { gt: "more than", gte: "at least", lt: "less than", lte: "at most", eq: "exactly", neq: "not" } as const;
  return thresholds.length === 0 ? `all ${stages} stages` : thresholds.map(({ op, value }) => `${words[op]} ${value}`).join(" and ");
}

/** The title of a stage's rule, as people know it. */
function titleOf(correlation: LinkedCorrelation, stage: number, { titles, correlations }: Material): string {
  const reference = correlation.references[stage];
  if (reference === undefined) return "";
  return (reference.kind === "correlation" ? correlations[reference.index]?.meta.title : titles?.[reference.index]) ?? reference.as;
}
