import { emitAudit } from "@/lib/audit/emit-audit";
import { withTransaction } from "@/lib/db/with-transaction";
import { buildModel } from "@/lib/gaps/plan/build-model";
import { projectGrants } from "@/lib/gaps/plan/grant-collections";
import { costOf } from "@/lib/gaps/plan/plan-model";
import { scenarioChoicesSchema, type ScenarioChoices } from "@/lib/gaps/plan/scenario";
import { hasScenario, insertScenario } from "@/lib/gaps/plan/store";
import { segmentKey } from "@/lib/inventory/segment-key";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { DEMO_ACTOR } from "./demo/demo-actor";
import { grantsOf } from "./make-plan";
import { readPlanGround } from "./plan/read-plan-ground";

export interface ScenarioRequest {
  readonly name: string;
  readonly note: string;
  readonly assessment: number | null;
  readonly choices: ScenarioChoices;
}

/**
 * Saves a choice of collections under a name, with what the scorer makes of it today. It is a thought: no assessment ever reads it.
 *
 * @returns its id
 * @throws SightlineError INVALID for a name or choice that cannot be, CONFLICT for a name that is taken
 */
export async function savePlanScenario(ctx: OperationContext, request: ScenarioRequest): Promise<string> {
  authorize(ctx, "plan.write", "all");
  const name = request.name.trim();
  if (name === "" || name.length > 120) throw new SightlineError("INVALID", name === "" ? "A scenario needs a name." : "The name is longer than 120 characters.", { field: "name" });
  if (request.note.length > 2_000) throw new SightlineError("INVALID", "The note is longer than 2000 characters.", { field: "note" });
  const choices = scenarioChoicesSchema.parse(request.choices);
  if (choices.length === 0) throw new SightlineError("INVALID", "Nothing is chosen.", { field: "choices", remedy: "Switch a collection on first." });
  const { row, input, result, costs } = await readPlanGround(ctx, request.assessment);
  const model = buildModel(input, result, costs.settings, null);
  const chosen = choices.map(({ segment, collection }) => {
    const position = model.actions.findIndex((action) => action.collection.id === collection && input.segments[action.segment]?.id === segment);
    if (position < 0) throw new SightlineError("INVALID", `${collection} is not open in this segment.`, { field: "choices", remedy: "Choose among what the plan offers." });
    return position;
  });
  const projected = projectGrants(input, result, grantsOf(model, input, chosen)).result.fleet.observed;
  const now = result.fleet.observed;
  const outcome = { points: (projected.value ?? 0) - (now.value ?? 0), cells: projected.k - now.k, cost: costOf(model, chosen), currency: costs.settings.rates.currency, before: now.value ?? 0, after: projected.value ?? 0, n: projected.n };
  return withTransaction(ctx.db, async (tx) => {
    if (await hasScenario(tx, segmentKey(name))) throw new SightlineError("CONFLICT", `A scenario named "${name}" is there already.`, { field: "name", remedy: "Choose another name, or remove that one." });
    const id = await insertScenario(tx, { name, nameKey: segmentKey(name), note: request.note.trim(), assessmentId: row.id, choices, outcome, demo: ctx.actor.name === DEMO_ACTOR }, { at: ctx.clock(), actor: ctx.actor.name });
    await emitAudit(tx, ctx, { action: "plan.scenario", target: `plan-scenario/${id}`, detail: { name, assessment: row.id, collections: choices.length, ...outcome } });
    return id;
  });
}
