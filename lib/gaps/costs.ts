import { z } from "zod";
import defaults from "./default-costs.json";

/*
 * What a collection costs, in one unit: money a year. Licence + volume + effort, the two last by a rate. Sightline's own table
 * gives every family a rough estimate, so that a plan can be made on the first day; what a customer states stands in its place,
 * field by field, the most particular statement first.
 */

/** What is done about a collection: it worked and stopped; it is claimed and was never seen; it is there and does not write this; it is not there. */
export const ACTION_KINDS = ["repair", "prove", "configure", "buy"] as const;
export type ActionKind = (typeof ACTION_KINDS)[number];

const money = z.number().nonnegative().finite();

/** Prices of a unit. */
export const costRatesSchema = z.object({ currency: z.string().min(1).max(8), perEffortDay: money, perGbDay: money });
export type CostRates = z.infer<typeof costRatesSchema>;

/** More than this for a year or a unit is a slip of the pen; with it sums of costs stay exact. */
export const MOST_MONEY = 1e10;

/** The name of a rate that nobody can mean, or null. What was written before such limits is read as it stands. */
export function wrongRate({ currency, perEffortDay, perGbDay }: CostRates): keyof CostRates | null {
  if (!/^[\p{L}\p{Sc}]{1,8}$/u.test(currency)) return "currency";
  return perEffortDay > MOST_MONEY ? "perEffortDay" : perGbDay > MOST_MONEY ? "perGbDay" : null;
}

/** A stated cost; null: not stated, so something less particular counts. collection: a family, a collection of it, or "licence:NAME". */
export const costRowSchema = z.object({
  segment: z.string().min(1), // a segment's name, or "*"
  collection: z.string().min(1),
  licence: money.nullable(),
  volumeGbPerDay: money.nullable(),
  effortDays: money.nullable(),
  sharedLicence: z.string().nullable(),
  note: z.string(),
});
export type CostRow = z.infer<typeof costRowSchema>;

/** All that is stated: one version of it. */
export const costSettingsSchema = z.object({ rates: costRatesSchema, rows: z.array(costRowSchema) });
export type CostSettings = z.infer<typeof costSettingsSchema>;

/** The cost of one collection in one segment: licence and total in money a year, rounded up to whole units. stated: nothing of it is Sightline's estimate. */
export interface CollectionCost {
  readonly segment: string; // id
  readonly collection: string;
  readonly licence: number;
  readonly volumeGbPerDay: number;
  readonly effortDays: number;
  readonly total: number;
  readonly stated: boolean;
}

/** What is paid once for everything that needs it: the product in a segment, or a licence for several segments (segment null). */
export interface SharedCost {
  readonly id: string;
  readonly name: string;
  readonly segment: string | null;
  readonly cost: number;
}

/** A collection's own cost, and what it needs besides, paid once however many need it. */
export interface PricedCollection extends CollectionCost {
  readonly needs: readonly SharedCost[];
}

export interface PriceQuestion {
  readonly segment: { readonly id: string; readonly name: string; readonly hosts: number };
  readonly family: string;
  readonly collection: string; // "family:key,key"
  readonly kinds: readonly string[]; // record kinds, for the estimate of their volume
  readonly kind: ActionKind;
  readonly present: boolean; // the product writes, or is said to write, something in the segment
}

const familySchema = z.object({ licencePerHost: money, rolloutDays: money, mbPerHostDay: money });
const TABLE = z
  .object({ rates: costRatesSchema, effortDays: z.record(z.enum(ACTION_KINDS), money), otherwise: familySchema, families: z.record(z.string(), familySchema), mbPerHostDay: z.record(z.string(), money), native: z.array(z.string()) })
  .parse(defaults);

/** Sightline's rates, and no statement of anybody. */
export const DEFAULT_COSTS: CostSettings = { rates: TABLE.rates, rows: [] };

const NATIVE = new Set(TABLE.native);

/** Whether a family's records are written by the system itself, once it is told to: nothing has to be bought for them. */
export function isNative(family: string): boolean {
  return NATIVE.has(family);
}

/** What a shared licence's own row is called. */
export function licenceRow(name: string): string {
  return `licence:${name}`;
}

/**
 * Opens a price list.
 *
 * Repairs and proofs are never purchases: they cost effort alone, whatever is stated of licences. A family's licence and roll-out
 * are paid where the product is not there yet, once for the segment; the licence of a collection itself wherever it is bought or
 * configured. A shared licence is paid once for all segments that need it.
 */
export function openPrices({ rates, rows }: CostSettings): (question: PriceQuestion) => PricedCollection {
  const stated = new Map(rows.map((row) => [`${fold(row.segment)}\n${fold(row.collection)}`, row]));
  const lookUp = (segment: string, collections: readonly string[]): readonly CostRow[] => collections.flatMap((collection) => [segment, "*"].map((place) => stated.get(`${fold(place)}\n${fold(collection)}`))).filter((row) => row !== undefined);
  return ({ segment, family, collection, kinds, kind, present }) => {
    const own = lookUp(segment.name, [collection]);
    const product = lookUp(segment.name, [family]);
    const paysVolume = kind === "configure" || kind === "buy";
    const licence = paysVolume ? (first(own, ({ licence: price }) => price) ?? 0) : 0;
    const volume = paysVolume ? (first(own, ({ volumeGbPerDay }) => volumeGbPerDay) ?? estimatedVolume(segment.hosts, family, kinds)) : 0;
    const effort = first(own, ({ effortDays }) => effortDays) ?? TABLE.effortDays[kind];
    return {
      segment: segment.id,
      collection,
      licence: Math.ceil(licence),
      volumeGbPerDay: volume,
      effortDays: effort,
      total: Math.ceil(licence + volume * rates.perGbDay + effort * rates.perEffortDay - 1e-6),
      stated: first(own, ({ effortDays }) => effortDays) !== null && (!paysVolume || first(own, ({ volumeGbPerDay }) => volumeGbPerDay) !== null),
      needs: paysVolume ? needsOf(segment, family, { own, product, present, rates, lookUp }) : [],
    };
  };
}

function needsOf(segment: PriceQuestion["segment"], family: string, { own, product, present, rates, lookUp }: { readonly own: readonly CostRow[]; readonly product: readonly CostRow[]; readonly present: boolean; readonly rates: CostRates; readonly lookUp: (segment: string, collections: readonly string[]) => readonly CostRow[] }): SharedCost[] {
  const needs: SharedCost[] = [];
  const names = new Set<string>();
  const shared = first(own, ({ sharedLicence }) => sharedLicence);
  if (shared !== null) names.add(shared);
  if (!present) {
    const estimate = TABLE.families[family] ?? TABLE.otherwise;
    const covered = first(product, ({ sharedLicence }) => sharedLicence);
    if (covered !== null) names.add(covered);
    const licence = first(product, (row) => row.licence) ?? (covered === null ? estimate.licencePerHost * segment.hosts : 0);
    const rollout = first(product, ({ effortDays }) => effortDays) ?? estimate.rolloutDays;
    const cost = Math.ceil(licence + rollout * rates.perEffortDay - 1e-6);
    if (cost > 0) needs.push({ id: `product:${segment.id}:${family}`, name: family, segment: segment.id, cost });
  }
  for (const name of names) {
    const price = first(lookUp("*", [licenceRow(name)]), (row) => row.licence) ?? 0;
    if (price > 0) needs.push({ id: licenceRow(fold(name)), name, segment: null, cost: Math.ceil(price) });
  }
  return needs;
}

/** Names of shared licences that rows rest on and that nobody prices: a plan counts them as nothing. In order. */
export function unpricedLicences({ rows }: Pick<CostSettings, "rows">): string[] {
  const priced = new Set(rows.flatMap(({ collection, licence }) => (licence === null ? [] : [fold(collection)])));
  const named = new Map(rows.flatMap(({ sharedLicence }) => (sharedLicence === null ? [] : [[fold(sharedLicence), sharedLicence] as const])));
  return [...named.values()].filter((name) => !priced.has(fold(licenceRow(name)))).sort();
}

/** GB a day, to thousandths. */
function estimatedVolume(hosts: number, family: string, kinds: readonly string[]): number {
  const perHost = kinds.reduce((sum, kind) => sum + (TABLE.mbPerHostDay[kind] ?? (TABLE.families[family] ?? TABLE.otherwise).mbPerHostDay), 0);
  return Math.round(perHost * hosts) / 1000;
}

function first<T>(rows: readonly CostRow[], pick: (row: CostRow) => T | null): T | null {
  for (const row of rows) {
    const value = pick(row);
    if (value !== null) return value;
  }
  return null;
}

function fold(text: string): string {
  return text.trim().toLowerCase();
}
