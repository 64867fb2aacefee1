import type { PlanCollections } from "@/lib/gaps/plan/what-if-json";
import { segmentKey } from "@/lib/inventory/segment-key";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { groundJson, openChoices } from "./plan/project-choice";
import { readPlanGround } from "./plan/read-plan-ground";

/**
 * Every collection that could be changed in an assessment, with its kind and what it would cost by itself: what a choice is made from.
 *
 * @param query.segment name or id; null: every segment
 * @throws SightlineError NOT_FOUND for an unknown segment, or without an assessment
 */
export async function listPlanCollections(ctx: OperationContext, query: { readonly assessment: number | null; readonly segment: string | null }): Promise<PlanCollections> {
  authorize(ctx, "plan.read", "all");
  const ground = openChoices(await readPlanGround(ctx, query.assessment));
  const { input, model } = ground;
  const wanted = query.segment === null ? null : input.segments.findIndex(({ id, name }) => id === query.segment || segmentKey(name) === segmentKey(query.segment ?? ""));
  if (wanted === -1) throw new SightlineError("NOT_FOUND", `Assessment ${ground.row.id} does not hold the segment "${query.segment ?? ""}".`, { field: "segment", remedy: "See sightline segments list." });
  const collections = model.actions.flatMap(({ segment, collection, kind, price, needs, why }) => {
    const place = input.segments[segment];
    if (place === undefined || (wanted !== null && segment !== wanted)) return [];
    const cost = price.total + needs.reduce((sum, need) => sum + (model.needs[need]?.cost ?? 0), 0);
    return [{ segment: place.name, segmentId: place.id, collection: collection.id, family: collection.family, kind, cost, stated: price.stated, why, kinds: [...collection.kinds] }];
  });
  return { ...groundJson(ground), collections: collections.sort((a, b) => (a.segment === b.segment ? (a.collection < b.collection ? -1 : 1) : a.segment < b.segment ? -1 : 1)) };
}
