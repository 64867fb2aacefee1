import { mineOf, type Parts } from "./map-unit";
import type { Head, Sniff } from "./types";

/** Share of the head's records that must be of a format before it is the answer: mixed exports are normal, accidents are not. */
export const ENOUGH = 0.8;

/**
 * The verdict of a format whose records stand alone: yes when at least 80 % of the head's records are its own, maybe when
 * some are; wrappers are looked through.
 *
 * @param evidence the keys or marks to show as the reason
 */
export function sniffUnits(head: Head, parts: Parts, evidence: readonly string[]): Sniff {
  const wrappers = new Set<string>();
  let mine = 0;
  for (const unit of head.units) {
    const view = mineOf(unit, parts);
    if (view === null) continue;
    mine += 1;
    if (view !== unit.views[0]) for (const name of unit.peeled) wrappers.add(name);
  }
  if (mine === 0) return { verdict: "no", evidence: [] };
  const inside = wrappers.size === 0 ? [] : [`inside ${[...wrappers].join(", ")}`];
  return { verdict: mine >= ENOUGH * head.units.length ? "yes" : "maybe", evidence: [...evidence, ...inside, `${mine} of ${head.units.length} records`] };
}
