import { holdsThresholds } from "./holds-threshold";
import { compareMoments, type Firing, type Item, type Moment } from "./match-types";
import type { CorrelationSpec } from "./run-group";

/** A chain of stages in order, by its last item. */
interface Chain {
  readonly item: Item;
  readonly before: Chain | null;
  readonly start: number; // ms of its first item's beginning
}

/**
 * temporal_ordered: each stage after the one before it, every stage by a record of its own; stages at the same instant stand
 * in the order in which they were read. Per stage (and length) the chain that began last is followed: it stays in the window
 * for longest. With a condition, stages may be left out, and it speaks of the number of stages in the longest chain that a
 * record completes.
 */
export function runOrdered(spec: CorrelationSpec, items: readonly Item[]): Firing[] {
  const free = spec.thresholds.length > 0;
  // By stage, then by length: later chains began later too, so the last that ended before a moment is the best.
  const chains = Array.from({ length: spec.stages }, () => new Map<number, Chain[]>());
  const firings: Firing[] = [];
  let silentUntil = -Infinity;
  for (const item of items) {
    const { stage } = item;
    const since = item.last.ms - spec.timespanMs;
    let longest: Chain | null = null;
    let longestLength = 0;
    for (let length = free ? 1 : stage + 1; length <= stage + 1; length += 1) {
      const before = length === 1 ? null : bestBefore(chains, free ? 0 : stage - 1, stage - 1, length - 1, item.first);
      if (before === undefined) continue;
      const chain: Chain = { item, before, start: before?.start ?? item.first.ms };
      if (chain.start < since) continue; // outside the window now and ever after
      const own = chains[stage]?.get(length);
      const last = own?.at(-1);
      if (own === undefined) chains[stage]?.set(length, [chain]);
      else if (last === undefined || chain.start > last.start) own.push(chain);
      longest = chain;
      longestLength = length;
    }
    const complete = free ? holdsThresholds(longest === null ? null : longestLength, spec.thresholds) : longest !== null && stage === spec.stages - 1;
    if (!complete || longest === null || item.last.ms <= silentUntil) continue;
    firings.push({ items: itemsOf(longest), at: item.last });
    silentUntil = item.last.ms + spec.timespanMs;
  }
  return firings;
}

/** Of the chains that end with one of these stages before a moment, the one that began last; undefined when there is none. */
function bestBefore(chains: readonly ReadonlyMap<number, readonly Chain[]>[], from: number, to: number, length: number, moment: Moment): Chain | undefined {
  let best: Chain | undefined;
  for (let stage = from; stage <= to; stage += 1) {
    const own = chains[stage]?.get(length) ?? [];
    let [low, high] = [0, own.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const chain = own[middle];
      if (chain !== undefined && compareMoments(chain.item.last, moment) < 0) low = middle + 1;
      else high = middle;
    }
    const found = own[low - 1];
    if (found !== undefined && (best === undefined || found.start > best.start)) best = found;
  }
  return best;
}

function itemsOf(chain: Chain): Item[] {
  const items: Item[] = [];
  for (let at: Chain | null = chain; at !== null; at = at.before) items.push(at.item);
  return items.reverse();
}
