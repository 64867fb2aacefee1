import { holdsThresholds } from "./holds-threshold";
import type { CorrelationSpec } from "./run-group";
import type { Firing, Item } from "./match-types";
import { windowValue } from "./window-value";

/** event_count and value_*: the value of the window is compared after each item. A record counts once, however many rules it matched. */
export function runCounting(spec: CorrelationSpec, all: readonly Item[]): Firing[] {
  const window = openWindow(spec, all);
  const firings: Firing[] = [];
  let silentUntil = -Infinity;
  for (const [position, item] of window.items.entries()) {
    const value = window.advance(position);
    if (item.last.ms <= silentUntil || !holdsThresholds(value, spec.thresholds)) continue;
    firings.push({ items: window.items.slice(window.oldest(), position + 1), at: item.last });
    silentUntil = item.last.ms + spec.timespanMs;
  }
  return firings;
}

/** A window that slides over the items that have what is asked for, one item at a time. */
export function openWindow(spec: CorrelationSpec, all: readonly Item[]) {
  const { items, window } = windowValue(spec, oncePerRecord(all));
  let oldest = 0;
  return {
    items,
    oldest: (): number => oldest,
    /** Takes the item at this position in, drops what is too old. @returns the value of the window */
    advance: (position: number): number | null => {
      const since = (items[position]?.last.ms ?? 0) - spec.timespanMs;
      for (let old = items[oldest]; oldest < position && old !== undefined && old.last.ms < since; old = items[oldest]) {
        window.leave(oldest);
        oldest += 1;
      }
      window.enter(position);
      return window.value();
    },
  };
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
