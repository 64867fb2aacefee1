import type { Status } from "./status";

/**
 * The status of a group of cells (a technique, with or without its sub-techniques, in one or more segments), by the ladder of a
 * single cell with cells in the place of requirements; the first that holds:
 * not-applicable: no cell applies; unassessable: none that applies can be assessed; validated: every one is; observed: every
 * one is at least observed; partial: of one at least something is proven; declared: nothing is proven, everything is claimed;
 * blind otherwise. An unassessable cell is never passed over: what nobody can assess keeps a group from being observed.
 */
export function decideGroupStatus(counts: Readonly<Record<Status, number>>): Status {
  const { unassessable, blind, declared, partial, observed, validated } = counts;
  const applicable = unassessable + blind + declared + partial + observed + validated;
  if (applicable === 0) return "not-applicable";
  if (unassessable === applicable) return "unassessable";
  if (validated === applicable) return "validated";
  if (observed + validated === applicable) return "observed";
  if (partial + observed + validated > 0) return "partial";
  return declared === applicable ? "declared" : "blind";
}
