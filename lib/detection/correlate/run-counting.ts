import { holdsThresholds } from "./holds-threshold";
import type { CorrelationSpec } from "./run-group";
import type { Firing, Item } from "./match-types";
import { windowValue } from "./window-value";

/** event_count and value_*: the value of the window is compared after each item. A record counts once, however many rules it matched. */
export function runCounting(spec: CorrelationSpec, all: readonly Item[]): Firing[] {
  const { items, window } = windowValue(spec, oncePerRecord(all));
  const firings: Firing[] = [];
  let oldest = 0;
  let silentUntil = -Infinity;
  for (const [position, item] of items.entries()) {
    const since = item.last.ms - spec.timespanMs;
    for (let old = items[oldest]; old !== undefined && old.last.ms < since; old = items[oldest]) {
      window.leave(oldest);
      oldest += 1;
    }
    window.enter(position);
    if (item.last.ms <= silentUntil || !holdsThresholds(window.value(), spec.thresholds)) continue;
    firings.push({ items: items.slice(oldest, position + 1), at: item.last });
    silentUntil = item.last.ms + spec.timespanMs;
  }
  return firings;
}

function oncePerRecord(items: readonly Item[]): readonly Item[] {
  const seen = new Set<number>();
  return items.filter(({ events }) => {
    const [only] = events;
    if (events.length !== 1 || only === undefined) return true;
    const fresh = !seen.has(only);
    seen.add(only);
    return fresh;
  });
}
