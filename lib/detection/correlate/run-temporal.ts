import { holdsThresholds } from "./holds-threshold";
import type { CorrelationSpec } from "./run-group";
import type { Firing, Item } from "./match-types";

/**
 * temporal: every stage within the window, in any order; with a condition, as many stages as it asks for. One record may
 * serve several stages. Per stage only the item that began last matters: no other stays in the window for longer.
 */
export function runTemporal(spec: CorrelationSpec, items: readonly Item[]): Firing[] {
  const latest = new Array<Item | undefined>(spec.stages).fill(undefined);
  const thresholds = spec.thresholds.length > 0 ? spec.thresholds : [{ op: "gte" as const, value: spec.stages }];
  const firings: Firing[] = [];
  let silentUntil = -Infinity;
  for (const item of items) {
    const known = latest[item.stage];
    if (known === undefined || item.first.ms >= known.first.ms) latest[item.stage] = item;
    if (item.last.ms <= silentUntil) continue;
    const since = item.last.ms - spec.timespanMs;
    const inside = latest.filter((one) => one !== undefined && one.first.ms >= since);
    if (!holdsThresholds(inside.length, thresholds)) continue;
    firings.push({ items: inside.filter((one) => one !== undefined), at: item.last });
    silentUntil = item.last.ms + spec.timespanMs;
  }
  return firings;
}
