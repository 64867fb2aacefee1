import type { Group } from "../correlate/group-items";
import type { CorrelationSpec } from "../correlate/run-group";
import { fireGroups, spanOf, type RelaxedFiring } from "./relax-demands";

/** Correlations that, once they fire with one timespan, fire with every longer one; means, percentiles and sums may not. */
const MONOTONE: ReadonlySet<CorrelationSpec["type"]> = new Set(["event_count", "value_count", "temporal", "temporal_ordered"]);

export interface LeastTimespan {
  readonly found: RelaxedFiring;
  readonly ms: number | null; // null: no least timespan can be told
}

/**
 * The shortest timespan with which a correlation would fire, by halving between the one it has, which does not, and one that
 * does; each question is put to the correlation itself.
 *
 * @param spec with its own timespan
 */
export function leastTimespan(spec: CorrelationSpec, groups: readonly Group[]): LeastTimespan | null {
  const all = fireGroups({ ...spec, timespanMs: Infinity }, groups);
  const [first] = all;
  if (first === undefined) return null;
  const upper = spec.thresholds.some(({ op }) => op === "lt" || op === "lte" || op === "neq");
  if (!MONOTONE.has(spec.type) || upper) return { found: first, ms: null };
  const counting = spec.type === "event_count" || spec.type === "value_count";
  const shortest = (firings: readonly RelaxedFiring[]): RelaxedFiring => firings.reduce((best, one) => (spanOf(one.firing, counting) < spanOf(best.firing, counting) ? one : best), firings[0] ?? first);
  const able = [...new Set(all.map(({ group }) => group))];
  let found = shortest(all);
  let [low, high] = [spec.timespanMs, spanOf(found.firing, counting)];
  while (high - low > 0.5) {
    const middle = (low + high) / 2;
    const firings = fireGroups({ ...spec, timespanMs: middle }, able);
    if (firings.length === 0) {
      low = middle;
      continue;
    }
    found = shortest(firings);
    high = spanOf(found.firing, counting);
  }
  return { found, ms: high };
}
