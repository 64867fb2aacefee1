import { costOf } from "@/lib/gaps/plan/plan-model";
import { listScenarios } from "@/lib/gaps/plan/store";
import type { WhatIfChoices } from "@/lib/reports/matrix-projection";
import { familyById } from "@/lib/telemetry/family-of";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { openModel } from "./plan/project-matrix";
import { readPlanGround } from "./plan/read-plan-ground";

/**
 * What can be ticked to be thought through: sources with collections that are open in a segment or anywhere, and saved scenarios.
 *
 * @param query.segments ids of those looked at; null: every segment
 * @throws SightlineError NOT_FOUND without an assessment
 */
export async function listWhatIfChoices(ctx: OperationContext, query: { readonly assessment: number; readonly segments: readonly string[] | null }): Promise<WhatIfChoices> {
  authorize(ctx, "plan.read", "all");
  const ground = await readPlanGround(ctx, query.assessment);
  const { input, costs } = ground;
  const looked = query.segments === null ? null : new Set(query.segments);
  const [only, ...more] = query.segments ?? [];
  const model = openModel(ground, only !== undefined && more.length === 0 ? input.segments.findIndex(({ id }) => id === only) : null);
  const families = new Map<string, { readonly actions: number[]; readonly segments: Set<number> }>();
  model.actions.forEach(({ segment, collection }, position) => {
    if (looked !== null && !looked.has(input.segments[segment]?.id ?? "")) return;
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
    currency: costs.settings.rates.currency,
    costsVersion: costs.version,
  };
}
