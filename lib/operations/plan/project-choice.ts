import type { Headline } from "@/lib/assessment/scoring-result";
import { buildModel } from "@/lib/gaps/plan/build-model";
import { chooseActions, type ChosenActions } from "@/lib/gaps/plan/choose-actions";
import { projectGrants } from "@/lib/gaps/plan/grant-collections";
import { costOf, type PlanModel } from "@/lib/gaps/plan/plan-model";
import { divideProjection, type ProjectedSegment } from "@/lib/gaps/plan/project-segment";
import type { ScenarioChoices, ScenarioOutcome } from "@/lib/gaps/plan/scenario";
import type { ProjectedCellJson } from "@/lib/gaps/plan/what-if-json";
import { grantsOf } from "../make-plan";
import type { PlanGround } from "./read-plan-ground";

/** The assessment and the costs that a choice is thought through on. model: every collection that is open, of the fleet. */
export interface ChoiceGround extends PlanGround {
  readonly model: PlanModel;
}

/** What a choice would bring, by the scorer. */
export interface ProjectedChoice extends ChosenActions {
  readonly outcome: ScenarioOutcome;
  readonly segments: ReadonlyMap<number, ProjectedSegment>; // those of the choice, by position
  readonly headlines: readonly Headline[]; // of every segment, then
}

/** @param ground of readPlanGround */
export function openChoices(ground: PlanGround): ChoiceGround {
  return { ...ground, model: buildModel(ground.input, ground.result, ground.costs.settings, null) };
}

/** Thinks a choice through: what is not open is left out and said. Nothing is stored. */
export function projectChoice({ input, result, costs, model }: ChoiceGround, choices: ScenarioChoices): ProjectedChoice {
  const chosen = chooseActions(model, input.segments, choices);
  const projection = projectGrants(input, result, grantsOf(model, input, chosen.actions));
  const [now, then] = [result.fleet.observed, projection.result.fleet.observed];
  const touched = new Set(chosen.actions.map((position) => model.actions[position]?.segment));
  return {
    ...chosen,
    outcome: { points: (then.value ?? 0) - (now.value ?? 0), cells: then.k - now.k, cost: costOf(model, chosen.actions), currency: costs.settings.rates.currency, before: now.value ?? 0, after: then.value ?? 0, n: then.n },
    segments: new Map([...divideProjection(input, result, projection)].filter(([position]) => touched.has(position))),
    headlines: projection.result.segments.map(({ headline }) => headline),
  };
}

/** What a document on choices begins with. */
export function groundJson({ row, input, costs }: ChoiceGround): { assessment: number; policyVersion: number; costsVersion: number; currency: string } {
  return { assessment: row.id, policyVersion: input.policy.version, costsVersion: costs.version, currency: costs.settings.rates.currency };
}

/** The cells that a choice would win, by segment, then analytic. */
export function listProjectedCells({ input }: Pick<ChoiceGround, "input">, { segments }: Pick<ProjectedChoice, "segments">): ProjectedCellJson[] {
  return [...segments].sort(([a], [b]) => a - b).flatMap(([position, { won }]) => won.map((cell) => ({ segment: input.segments[position]?.name ?? "", segmentId: input.segments[position]?.id ?? "", ...cell })));
}
