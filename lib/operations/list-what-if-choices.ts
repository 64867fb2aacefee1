import { costOf } from "@/lib/gaps/plan/plan-model";
import { listScenarios } from "@/lib/gaps/plan/store";
import type { WhatIfChoices } from "@/lib/reports/matrix-projection";
import { familyById } from "@/lib/telemetry/family-of";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { openLookedAt } from "./plan/project-matrix";
import { readPlanGround } from "./plan/read-plan-ground";

/**
 * What can be ticked to be thought through: sources with collections that are open in some segments, and saved scenarios.
 *
 * @param query.segments ids of those looked at; null: every segment
 * @throws SightlineError NOT_FOUND without an assessment, TOO_LARGE for more segments than a page can wait for
 */
export async function listWhatIfChoices(ctx: OperationContext, query: { readonly assessment: number; readonly segments: readonly string[] | null }): Promise<WhatIfChoices> {
  authorize(ctx, "plan.read", "all");
  const ground = await readPlanGround(ctx, query.assessment);
  const { model } = openLookedAt(ground, query.segments ?? ground.input.segments.map(({ id }) => id));
  const families = new Map<string, { readonly actions: number[]; readonly segments: Set<number> }>();
  model.actions.forEach(({ segment, collection }, position) => {
    const entry = families.get(collection.family) ?? { actions: [], segments: new Set<number>() };
    entry.actions.push(position);
    entry.segments.add(segment);
    families.set(collection.family, entry);
  });
  return {
    sources: [...families]
      .map(([family, { actions, segments }]) => ({ family, title: familyById(family)?.title ?? family, collections: actions.length, segments: segments.size, cost: costOf(model, actions) }))
      .sort((a, b) => (a.title < b.title ? -1 : 1)),
    scenarios: (await listScenarios(ctx.db)).map(({ id, name, note, choices, outcome }) => ({ id, name, note, collections: choices.length, cells: outcome.cells })),
    currency: ground.costs.settings.rates.currency,
    costsVersion: ground.costs.version,
  };
}
