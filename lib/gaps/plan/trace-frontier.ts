import type { PricedParts } from "./priced-parts";
import type { Choice } from "./weigh-choice";

/** The efficient plans: no other plan has more value for as little cost. By cost; the first is to do nothing, the last wins all that can be won. */
export interface Frontier {
  readonly points: readonly Choice[];
  readonly proven: boolean; // every point is best for its own cost
  readonly whole: boolean; // no plan between two points lies above the line between them
  readonly nested: boolean; // every point keeps all that the one before has
}

export interface FrontierLimits {
  readonly points: number; // most
  readonly end: number; // when to stop, by the clock of now
  readonly now: () => number; // seconds, from anywhere
  readonly progress?: (points: number, most: number) => void;
}

/** Finds efficient plans by prices of money. The widest stretch between two known points is looked into first. */
export function traceFrontier(parts: PricedParts, limits: FrontierLimits): Frontier {
  let proven = true;
  const at = (price: number): Choice => {
    const found = parts.at(price);
    if (!found.proven) proven = false;
    return found.choice;
  };
  const [first, last] = [parts.nothing, at(parts.least)];
  if (last.value === 0) return { points: [first], proven, whole: true, nested: true };
  const points = [first, last];
  const gaps: [Choice, Choice][] = [[first, last]];
  let whole = true;
  for (let gap = widest(gaps); gap !== undefined; gap = widest(gaps)) {
    if (points.length >= limits.points || limits.now() >= limits.end) {
      whole = false;
      break;
    }
    const [low, high] = gap;
    const price = (high.value - low.value) / Math.max(1, high.cost - low.cost);
    const between = at(price);
    const above = between.value - low.value - price * (between.cost - low.cost);
    if (above <= Math.max(1, 1e-6 * last.value) || between.cost <= low.cost || between.cost >= high.cost) continue;
    points.push(between);
    gaps.push([low, between], [between, high]);
    limits.progress?.(points.length, limits.points);
  }
  points.sort((a, b) => a.cost - b.cost || a.value - b.value);
  return { points, proven, whole, nested: points.every((point, n) => [...(points[n - 1]?.actions ?? [])].every((action) => point.actions.has(action))) };
}

/** Takes out the stretch that can hide most. */
function widest(gaps: [Choice, Choice][]): [Choice, Choice] | undefined {
  const size = ([low, high]: [Choice, Choice]): number => (high.value - low.value) * (high.cost - low.cost);
  const best = gaps.reduce((a, b, n) => (size(b) > size(gaps[a] ?? b) ? n : a), 0);
  return gaps.splice(best, 1)[0];
}
