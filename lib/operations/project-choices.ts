import type { ScenarioChoices } from "@/lib/gaps/plan/scenario";
import { scenarioChoicesSchema } from "@/lib/gaps/plan/scenario";
import type { WhatIfJson } from "@/lib/gaps/plan/what-if-json";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { groundJson, listProjectedCells, openChoices, projectChoice } from "./plan/project-choice";
import { readPlanGround } from "./plan/read-plan-ground";

/**
 * What an assessment would look like with some collections in force, cell by cell, by the scorer: a projection, of which nothing is stored.
 *
 * @param request.choices segments by id or name
 * @throws SightlineError INVALID for a collection that is not open there, NOT_FOUND without an assessment
 */
export async function projectChoices(ctx: OperationContext, request: { readonly assessment: number | null; readonly choices: ScenarioChoices }): Promise<WhatIfJson> {
  authorize(ctx, "plan.read", "all");
  const choices = scenarioChoicesSchema.parse(request.choices);
  if (choices.length === 0) throw new SightlineError("INVALID", "Nothing is chosen.", { field: "choices", remedy: "Name at least one collection of a segment: see sightline plan collections." });
  const ground = openChoices(await readPlanGround(ctx, request.assessment));
  const projected = projectChoice(ground, choices);
  const [gone] = projected.gone;
  if (gone !== undefined) throw new SightlineError("INVALID", `${gone.collection} is not open in ${gone.segment}.`, { field: "choices", remedy: "Choose among what sightline plan collections lists." });
  const { outcome, segments, headlines } = projected;
  return {
    ...groundJson(ground),
    projected: true,
    cost: outcome.cost,
    points: outcome.points,
    fleet: { before: ground.result.fleet.observed.value, after: outcome.after, n: outcome.n },
    segments: [...segments].sort(([a], [b]) => a - b).map(([position, { won, nearer, wider }]) => {
      const [before, after] = [ground.result.segments[position]?.headline.observed, headlines[position]?.observed];
      return { segment: ground.input.segments[position]?.name ?? "", segmentId: ground.input.segments[position]?.id ?? "", before: before?.value ?? null, after: after?.value ?? null, n: after?.n ?? 0, cells: won.length, nearer, wider };
    }),
    cells: listProjectedCells(ground, projected),
  };
}
