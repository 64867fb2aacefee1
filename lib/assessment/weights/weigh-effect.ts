import { countedCell, type CellColumns } from "../cell-columns";
import { startHeadline, type HeadlineSum } from "../headline";
import type { RollupLinks } from "../rollups";
import type { Headline } from "../scoring-result";
import { MILLION } from "../status";
import { kendallTau } from "./kendall-tau";
import type { TechniqueWeights } from "./weight-profile";

/** The same cells under the weights of a profile and with every technique weighing one. */
export interface WeightEffect {
  readonly fleet: BothNumbers;
  readonly segments: readonly BothNumbers[]; // by position
  /** Techniques by what is missing of them (weight not observed), under either. */
  readonly techniques: readonly RankedTechnique[];
  readonly tau: number | null; // of the two orders, millionths; null where one of them ranks nothing
}

export interface BothNumbers {
  readonly weighted: Headline;
  readonly uniform: Headline;
}

export interface RankedTechnique {
  readonly id: string;
  readonly name: string;
  readonly weight: number; // millionths
  readonly rank: number; // under the profile, 1 = most is missing; equal ones share the best rank
  readonly uniformRank: number;
}

/**
 * What a profile does to an assessment: statuses stay, so its cells are added up again by the one formula under other
 * technique weights.
 *
 * @param scope positions of the segments that count
 */
export function weighEffect(analytics: readonly string[], columns: CellColumns, links: RollupLinks, weights: TechniqueWeights, scope: readonly number[]): WeightEffect {
  const detected = techniquesOf(analytics, links);
  const own = detected.map((ids) => ids.reduce((most, id) => Math.max(most, weights[id] ?? MILLION), ids.length === 0 ? MILLION : 0));
  const included = new Set(scope);
  const open = () => ({ weighted: startHeadline(), uniform: startHeadline() });
  const segments = Array.from(columns.criticality, open);
  const byAnalytic = analytics.map(open);
  for (let row = 0; row < columns.segment.length; row += 1) {
    const [segment, analytic] = [columns.segment[row] ?? 0, columns.analytic[row] ?? 0];
    const cell = included.has(segment) ? countedCell(columns, row) : null;
    if (cell === null) continue;
    for (const sums of [segments[segment], byAnalytic[analytic]]) {
      sums?.weighted.add(cell, own[analytic] ?? MILLION);
      sums?.uniform.add(cell, MILLION);
    }
  }
  const fleet = open();
  for (const position of scope) {
    const part = segments[position];
    if (!part) continue;
    for (const sum of [part.weighted, part.uniform]) sum.skip(analytics.length - sum.sums.n);
    fleet.weighted.take(part.weighted);
    fleet.uniform.take(part.uniform);
  }
  const total = (sums: { readonly weighted: HeadlineSum; readonly uniform: HeadlineSum }): BothNumbers => ({ weighted: sums.weighted.total(), uniform: sums.uniform.total() });
  return { fleet: total(fleet), segments: segments.map(total), ...rank(detected, byAnalytic, links, weights) };
}

/** Weight that is not observed, per technique: what would be gained if everything of it were. */
function rank(detected: readonly (readonly string[])[], sums: readonly { readonly weighted: HeadlineSum; readonly uniform: HeadlineSum }[], links: RollupLinks, weights: TechniqueWeights): Pick<WeightEffect, "techniques" | "tau"> {
  const missing = new Map<string, { weighted: bigint; uniform: bigint }>();
  const gap = ({ sums: { weights: all, observed } }: HeadlineSum): bigint => all * BigInt(MILLION) - observed.value;
  detected.forEach((ids, position) => {
    const part = sums[position];
    if (!part || part.uniform.sums.n === 0) return;
    for (const id of ids) {
      const known = missing.get(id) ?? { weighted: 0n, uniform: 0n };
      missing.set(id, { weighted: known.weighted + gap(part.weighted), uniform: known.uniform + gap(part.uniform) });
    }
  });
  const listed = links.techniques.flatMap(({ id, name }) => {
    const found = missing.get(id);
    return found ? [{ id, name, ...found }] : [];
  });
  const [weighted, uniform] = [listed.map((item) => item.weighted), listed.map((item) => item.uniform)];
  const ranks = (values: readonly bigint[]): ReadonlyMap<bigint, number> => {
    const places = new Map<bigint, number>();
    [...values].sort((a, b) => (a > b ? -1 : a < b ? 1 : 0)).forEach((value, index) => places.has(value) || places.set(value, index + 1));
    return places;
  };
  const [places, uniformPlaces] = [ranks(weighted), ranks(uniform)];
  return {
    tau: kendallTau(weighted, uniform),
    techniques: listed.map((item) => ({ id: item.id, name: item.name, weight: weights[item.id] ?? MILLION, rank: places.get(item.weighted) ?? 0, uniformRank: uniformPlaces.get(item.uniform) ?? 0 })),
  };
}

function techniquesOf(analytics: readonly string[], { strategies, techniques }: RollupLinks): readonly (readonly string[])[] {
  const live = new Set(techniques.map(({ id }) => id));
  const found = new Map<string, Set<string>>();
  for (const strategy of strategies) for (const analytic of strategy.analytics) found.set(analytic, new Set([...(found.get(analytic) ?? []), ...strategy.techniques.filter((id) => live.has(id))]));
  return analytics.map((id) => [...(found.get(id) ?? [])]);
}
