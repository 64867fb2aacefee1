import { segmentKey } from "@/lib/inventory/segment-key";
import type { PlanModel } from "./plan-model";
import type { ScenarioChoices } from "./scenario";

/** A choice among what a plan offers: positions of its actions, and what is not open (any more, or here). */
export interface ChosenActions {
  readonly actions: readonly number[];
  readonly gone: ScenarioChoices;
}

/** Finds the actions of a choice. A segment is named by its id, or by its name in any case. Pure. */
export function chooseActions({ actions }: Pick<PlanModel, "actions">, segments: readonly { readonly id: string; readonly name: string }[], choices: ScenarioChoices): ChosenActions {
  const positions = new Map<string, number>();
  actions.forEach(({ segment, collection }, position) => {
    const place = segments[segment];
    if (place === undefined) return;
    positions.set(`${place.id}\n${collection.id}`, position);
    positions.set(`${segmentKey(place.name)}\n${collection.id}`, position);
  });
  const found = new Set<number>();
  const gone: { segment: string; collection: string }[] = [];
  for (const { segment, collection } of choices) {
    const position = positions.get(`${segment}\n${collection}`) ?? positions.get(`${segmentKey(segment)}\n${collection}`);
    if (position === undefined) gone.push({ segment, collection });
    else found.add(position);
  }
  return { actions: [...found], gone };
}
