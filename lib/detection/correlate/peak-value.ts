import type { Item } from "./match-types";
import type { CorrelationSpec } from "./run-group";
import { openWindow } from "./run-counting";

/** The highest value that a window of any group reaches; null when none has one. */
export function peakValue(spec: CorrelationSpec, groups: readonly (readonly Item[])[]): number | null {
  let peak: number | null = null;
  for (const items of groups) {
    const window = openWindow(spec, items);
    for (let position = 0; position < window.items.length; position += 1) {
      const value = window.advance(position);
      if (value !== null && (peak === null || value > peak)) peak = value;
    }
  }
  return peak;
}
