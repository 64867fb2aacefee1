import type { ScoringInput } from "@/lib/assessment/scoring-input";
import type { ScoringResult } from "@/lib/assessment/scoring-result";
import { techniqueWeight } from "@/lib/assessment/technique-weight";
import type { CostSettings } from "../costs";
import { openImplied } from "./build-model";
import type { Step } from "./naive-order";
import type { PlanDoc, ShownAction } from "./plan-doc";
import { gainOf, pointsOf, type PlanModel } from "./plan-model";
import type { Program } from "./reduce-model";
import type { Dependence } from "./sole-source";
import type { Frontier } from "./trace-frontier";

const MOST_ACTIONS = 1_200; // that a page can hold and switch
const MOST_STEPS = 160;
const FINE = 1000n;

export interface PlanFacts {
  readonly input: ScoringInput;
  readonly result: ScoringResult;
  readonly costs: CostSettings;
  readonly costsVersion: number;
  readonly model: PlanModel; // of the fleet
  readonly program: Program;
  readonly frontier: Frontier;
  readonly naive: readonly Step[];
  readonly dependences: readonly Dependence[];
}

/** The frontier as a page shows it: the actions of its points, and of what can be won only what these actions win. */
export function buildPlanDoc(facts: PlanFacts): PlanDoc {
  const { input, result, model, program, frontier } = facts;
  const kept = new Map<number, number>(); // position in the model -> shown
  const points = frontier.points.map((point) => {
    const own = [...point.actions].map((action) => program.actions[action] ?? -1);
    const { gain, cells } = gainOf(model, new Set(own));
    const fits = new Set([...kept.keys(), ...own]).size <= MOST_ACTIONS;
    if (fits) for (const action of own) if (!kept.has(action)) kept.set(action, kept.size);
    return { cost: point.cost, value: fine(model, gain), points: pointsOf(model, gain), cells, actions: fits ? own.map((action) => kept.get(action) ?? -1).sort((a, b) => a - b) : null };
  });
  const needAt = new Map<number, number>();
  const needs: PlanDoc["needs"] = [];
  const positions = new Map(input.segments.map(({ id }, n) => [id, n]));
  const actions = [...kept.keys()].map((position): ShownAction => {
    const { segment, collection, kind, price, needs: own, why } = model.actions[position] ?? never(position);
    for (const need of own) {
      if (needAt.has(need)) continue;
      const { name, segment: where, cost } = model.needs[need] ?? never(need);
      needAt.set(need, needs.push({ name, segment: where === null ? null : (positions.get(where) ?? null), cost }) - 1);
    }
    return { segment, collection: collection.id, family: collection.family, title: collection.title, kind, cost: price.total, licence: price.licence, volumeGbPerDay: price.volumeGbPerDay, effortDays: price.effortDays, stated: price.stated, needs: own.map((need) => needAt.get(need) ?? -1), kinds: [...collection.kinds], why };
  });
  return {
    currency: facts.costs.rates.currency,
    costsVersion: facts.costsVersion,
    segments: input.segments.map((segment, n) => segmentOf(facts, segment, n)),
    now: { value: result.fleet.observed.value, k: result.fleet.observed.k, n: result.fleet.observed.n },
    open: model.open,
    beyond: model.beyond,
    offered: model.actions.length,
    actions,
    needs,
    ...narrowGame(model, kept),
    points,
    naive: thin(facts.naive).map(({ cost, value }) => ({ cost: Math.round(cost), value: Math.round(value) })),
    proven: frontier.proven,
    whole: frontier.whole,
    nested: frontier.nested,
    dependences: facts.dependences.slice(0, 500).map((one) => ({ ...one })),
  };
}

function segmentOf({ result, input, model }: PlanFacts, { id, name, target }: ScoringInput["segments"][number], position: number): PlanDoc["segments"][number] {
  const observed = result.segments[position]?.headline.observed;
  let weight = 0n;
  const weights = model.weight;
  for (const cell of result.cells) if (cell.segment === position) weight += BigInt(cell.weight) * BigInt(techniqueOf(input, cell.analytic));
  return { id, name, value: observed?.value ?? null, k: observed?.k ?? 0, n: observed?.n ?? 0, scale: weight === 0n ? 0 : Number((weights * 1_000_000n) / weight) / 1_000_000, target: target?.value ?? null };
}

function techniqueOf(input: ScoringInput, position: number): number {
  const analytic = input.analytics[position];
  return analytic === undefined ? 0 : techniqueWeight(analytic, input.weights);
}

/** Clauses and items as far as these actions go; what they can never win is left out. */
function narrowGame(model: PlanModel, kept: ReadonlyMap<number, number>): Pick<PlanDoc, "clauses" | "items"> {
  const clauses: number[][] = [];
  const interned = new Map<string, number>();
  const at = model.clauses.map((clause) => {
    const own = clause.flatMap((action) => kept.get(action) ?? []).sort((a, b) => a - b);
    if (own.length === 0) return -1;
    const key = own.join(",");
    const known = interned.get(key) ?? clauses.push(own) - 1;
    interned.set(key, known);
    return known;
  });
  const implied = openImplied(clauses);
  const items = new Map<string, { clauses: readonly number[]; gain: bigint; cells: number; group: number }>();
  for (const item of model.items) {
    const own = item.clauses.map((clause) => at[clause] ?? -1);
    if (own.includes(-1)) continue;
    const needed = implied(own);
    const key = needed.join(",");
    const known = items.get(key);
    if (known === undefined) items.set(key, { clauses: needed, gain: item.gain, cells: item.cells.length, group: item.segment });
    else {
      known.gain += item.gain;
      known.cells += item.cells.length;
    }
  }
  return { clauses, items: [...items.values()].map(({ gain, clauses: own, ...rest }) => ({ ...rest, clauses: [...own], value: fine(model, gain) })) };
}

function fine(model: PlanModel, gain: bigint): number {
  return model.weight === 0n ? 0 : Number((2n * gain * FINE + model.weight) / (2n * model.weight));
}

/** Steps of equal cost apart, so that a long order stays a line of a few points. */
function thin(steps: readonly Step[]): Step[] {
  const last = steps.at(-1);
  if (last === undefined || steps.length <= MOST_STEPS) return [...steps];
  const kept: Step[] = [];
  for (const step of steps) if (step === last || step.cost - (kept.at(-1)?.cost ?? 0) >= last.cost / MOST_STEPS) kept.push(step);
  return kept;
}

function never(position: number): never {
  throw new Error(`there is nothing at ${position}`);
}
