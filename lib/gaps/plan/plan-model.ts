import type { ActionKind, PricedCollection, SharedCost } from "../costs";
import type { Collection } from "./collections";

/** Something that can be done: a collection in a segment. */
export interface PlanAction {
  readonly segment: number; // position in the scoring input
  readonly collection: Collection;
  readonly kind: ActionKind;
  readonly price: PricedCollection;
  readonly needs: readonly number[]; // positions in PlanModel.needs
  readonly why: string; // why it is not so today
}

/**
 * Something to win: it is won when every clause is met, and a clause is met when at least one of its actions is done. Cells with the same clauses are one item; a cell whose
 * reach can grow in steps is in several. gain: weight x reach, in the units of the headline's numerator.
 */
export interface PlanItem {
  readonly segment: number;
  readonly clauses: readonly number[]; // positions in PlanModel.clauses, in order
  readonly gain: bigint;
  readonly cells: readonly number[]; // positions in ScoringResult.cells of those that become observed
}

/** All that a plan is chosen from, for the fleet or for one segment. */
export interface PlanModel {
  readonly segment: number | null; // null: the fleet
  readonly actions: readonly PlanAction[];
  readonly needs: readonly SharedCost[];
  readonly clauses: readonly (readonly number[])[]; // positions in actions, in order; each of one segment
  readonly items: readonly PlanItem[];
  readonly value: bigint; // numerator of the headline today
  readonly weight: bigint; // its denominator
  readonly open: number; // cells below observed, those that nobody can assess left out
  readonly beyond: number; // of those, ones that no collection would bring to observed
}

/** Points of the headline in millionths that a gain comes to: the difference of two rounded numbers, as the reports print them. */
export function pointsOf({ value, weight }: Pick<PlanModel, "value" | "weight">, gain: bigint): number {
  return shareAt(value + gain, weight) - shareAt(value, weight);
}

/** Rounded half up, as the headline is. */
export function shareAt(numerator: bigint, weight: bigint): number {
  return weight === 0n ? 0 : Number((2n * numerator + weight) / (2n * weight));
}

/** What a set of actions wins. */
export function gainOf(model: Pick<PlanModel, "clauses" | "items">, chosen: ReadonlySet<number>): { readonly gain: bigint; readonly cells: number } {
  const met = metBy(model, chosen);
  let gain = 0n;
  let cells = 0;
  for (const item of model.items) {
    if (!item.clauses.every((clause) => met[clause])) continue;
    gain += item.gain;
    cells += item.cells.length;
  }
  return { gain, cells };
}

/** Which clauses a set of actions meets. */
export function metBy(model: Pick<PlanModel, "clauses">, chosen: ReadonlySet<number>): boolean[] {
  return model.clauses.map((clause) => clause.some((action) => chosen.has(action)));
}

/** What a set of actions costs, what they need together paid once. */
export function costOf(model: Pick<PlanModel, "actions" | "needs">, chosen: Iterable<number>): number {
  const needs = new Set<number>();
  let cost = 0;
  for (const position of new Set(chosen)) {
    const action = model.actions[position];
    if (action === undefined) continue;
    cost += action.price.total;
    for (const need of action.needs) needs.add(need);
  }
  for (const need of needs) cost += model.needs[need]?.cost ?? 0;
  return cost;
}
