import { ACTION_KINDS, openPrices, type ActionKind, type CostSettings } from "./costs";
import type { GapGroup, GapKind } from "./gap-words";
import { divideKinds } from "./plan/collections";

/** What closing a gap costs, in money a year; gain: millionths of the headline for 10,000 of it, null where nothing can close it. */
export interface GapPrice {
  readonly cost: number | null;
  readonly gain: number | null;
  readonly collections: readonly string[]; // "family:key,key"
  readonly stated: boolean; // nothing of it is Sightline's estimate
}

export interface PriceableGap {
  readonly segmentId: string;
  readonly segment: string;
  readonly group: GapGroup;
  readonly kind: GapKind;
  readonly family: string;
  readonly closedBy: readonly string[];
  readonly present: boolean;
  readonly points: number;
  readonly expected: { readonly hosts: number };
}

const PER = 10_000;
const NOTHING: GapPrice = { cost: null, gain: null, collections: [], stated: false };

/**
 * Opens a price list for gaps. A gap costs what all collections that together close it cost, licences and roll-outs in full, as
 * if nothing else were bought; a silent stream costs one repair, however many components it carried. The plan counts what several
 * gaps share once.
 */
export function openGapPrices(settings: CostSettings): (gap: PriceableGap) => GapPrice {
  const price = openPrices(settings);
  return (gap) => {
    const kind = actionOf(gap.kind);
    if (kind === null) return NOTHING;
    const { family, segmentId, present } = gap;
    const segment = { id: segmentId, name: gap.segment, hosts: gap.expected.hosts };
    const whole = gap.group === "stream" || gap.closedBy.length === 0;
    const collections = whole ? [{ id: family, family, kinds: [] }] : divideKinds(gap.closedBy);
    const priced = collections.map((one) => price({ segment, family: one.family, collection: one.id, kinds: one.kinds, kind, present: present || one.family !== family }));
    const needs = new Map(priced.flatMap((one) => one.needs).map(({ id, cost }) => [id, cost]));
    const cost = priced.reduce((sum, one) => sum + one.total, 0) + [...needs.values()].reduce((sum, one) => sum + one, 0);
    return { cost, gain: Math.round((gap.points * PER) / Math.max(1, cost)), collections: whole ? [] : collections.map(({ id }) => id), stated: priced.every(({ stated }) => stated) };
  };
}

function actionOf(kind: GapKind): ActionKind | null {
  return ACTION_KINDS.find((one) => one === kind) ?? null;
}
