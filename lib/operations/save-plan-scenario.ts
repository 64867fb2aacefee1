import { emitAudit } from "@/lib/audit/emit-audit";
import { withTransaction } from "@/lib/db/with-transaction";
import { scenarioChoicesSchema, type ScenarioChoices } from "@/lib/gaps/plan/scenario";
import { hasScenario, insertScenario } from "@/lib/gaps/plan/store";
import { segmentKey } from "@/lib/inventory/segment-key";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { DEMO_ACTOR } from "./demo/demo-actor";
import { openChoices, projectChoice } from "./plan/project-choice";
import { readPlanGround } from "./plan/read-plan-ground";

export interface ScenarioRequest {
  readonly name: string;
  readonly note: string;
  readonly assessment: number | null;
  readonly choices: ScenarioChoices; // segments by id or name
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
  const asked = scenarioChoicesSchema.parse(request.choices);
  if (asked.length === 0) throw new SightlineError("INVALID", "Nothing is chosen.", { field: "choices", remedy: "Switch a collection on first." });
  const ground = openChoices(await readPlanGround(ctx, request.assessment));
  const { row, input, model } = ground;
  const { actions, gone, outcome } = projectChoice(ground, asked);
  if (gone[0] !== undefined) throw new SightlineError("INVALID", `${gone[0].collection} is not open in this segment.`, { field: "choices", remedy: "Choose among what the plan offers." });
  const choices = actions.flatMap((position) => {
    const action = model.actions[position];
    return action === undefined ? [] : [{ segment: input.segments[action.segment]?.id ?? "", collection: action.collection.id }];
  });
  return withTransaction(ctx.db, async (tx) => {
    if (await hasScenario(tx, segmentKey(name))) throw new SightlineError("CONFLICT", `A scenario named "${name}" is there already.`, { field: "name", remedy: "Choose another name, or remove that one." });
    const id = await insertScenario(tx, { name, nameKey: segmentKey(name), note: request.note.trim(), assessmentId: row.id, choices, outcome, demo: ctx.actor.name === DEMO_ACTOR }, { at: ctx.clock(), actor: ctx.actor.name });
    await emitAudit(tx, ctx, { action: "plan.scenario", target: `plan-scenario/${id}`, detail: { name, assessment: row.id, collections: choices.length, ...outcome } });
    return id;
  });
}
