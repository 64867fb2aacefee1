import { listScenarios, type ScenarioRow } from "@/lib/gaps/plan/store";
import type { ProjectedCellJson, ScenarioComparison } from "@/lib/gaps/plan/what-if-json";
import { segmentKey } from "@/lib/inventory/segment-key";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { groundJson, listProjectedCells, openChoices, projectChoice } from "./plan/project-choice";
import { readPlanGround } from "./plan/read-plan-ground";

const MOST = 6; // each is scored

/**
 * Saved scenarios side by side, each thought through again on one assessment at the costs in force, with the cells that each would win.
 *
 * @param request.scenarios ids or names, two to six
 * @throws SightlineError NOT_FOUND for an unknown scenario or without an assessment, INVALID for another number of them
 */
export async function comparePlanScenarios(ctx: OperationContext, request: { readonly scenarios: readonly string[]; readonly assessment: number | null }): Promise<ScenarioComparison> {
  authorize(ctx, "plan.read", "all");
  const known = await listScenarios(ctx.db);
  const asked = new Map(request.scenarios.map((name) => findScenario(known, name)).map((scenario) => [scenario.id, scenario]));
  if (asked.size < 2 || asked.size > MOST) throw new SightlineError("INVALID", `${asked.size} ${asked.size === 1 ? "scenario is" : "scenarios are"} named.`, { field: "scenarios", remedy: `Name two to ${MOST} different ones: see sightline plan scenarios list.` });
  const ground = openChoices(await readPlanGround(ctx, request.assessment));
  const nameOf = new Map(ground.input.segments.map(({ id, name }) => [id, name]));
  const named = (choices: ScenarioRow["choices"]) => choices.map(({ segment, collection }) => ({ segment: nameOf.get(segment) ?? segment, collection }));
  const cells = new Map<string, Pick<ProjectedCellJson, "segment" | "segmentId" | "analytic" | "from"> & { scenarios: string[] }>();
  const scenarios: ScenarioComparison["scenarios"] = [];
  for (const { id, name, assessmentId, outcome, choices } of asked.values()) {
    const projected = projectChoice(ground, choices);
    scenarios.push({ id, name, savedFor: assessmentId, saved: outcome, now: projected.outcome, choices: named(choices), gone: named(projected.gone) });
    for (const { segment, segmentId, analytic, from } of listProjectedCells(ground, projected)) {
      const key = `${segmentId}\n${analytic}`;
      const cell = cells.get(key) ?? { segment, segmentId, analytic, from, scenarios: [] };
      cell.scenarios.push(id);
      cells.set(key, cell);
    }
    await new Promise(setImmediate); // other requests go on between two scenarios
  }
  return { ...groundJson(ground), scenarios, cells: [...cells.values()].sort((a, b) => (a.segment === b.segment ? (a.analytic < b.analytic ? -1 : 1) : a.segment < b.segment ? -1 : 1)) };
}

function findScenario(known: readonly ScenarioRow[], name: string): ScenarioRow {
  const found = known.find(({ id }) => id === name) ?? known.find((scenario) => segmentKey(scenario.name) === segmentKey(name));
  if (found === undefined) throw new SightlineError("NOT_FOUND", `There is no scenario "${name}".`, { field: "scenarios", remedy: "See sightline plan scenarios list." });
  return found;
}
