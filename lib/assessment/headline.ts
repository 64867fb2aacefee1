import type { CellResult, Headline, Measure } from "./scoring-result";
import { MILLION, STATUSES, statusRank, type Status } from "./status";

/** A running sum of cells: one ratio-of-sums formula at every level, so a parent is the weighted mean of its parts. */
export interface HeadlineSum {
  add(cell: Pick<CellResult, "status" | "flags" | "weight" | "reach" | "lower" | "upper" | "linked">, techniqueWeight: number): void;
  /** Counts cells that do not apply: they weigh nothing. */
  skip(cells?: number): void;
  /** Adds what another sum has counted: a fleet is the sum of its segments. */
  take(part: HeadlineSum): void;
  readonly sums: Sums;
  total(): Headline;
}

/** A cell contributes weight x reach where a test holds; k counts the cells. */
interface Ratio {
  value: bigint;
  low: bigint;
  high: bigint;
  k: number;
  kLow: number;
  kHigh: number;
}

interface Sums {
  weights: bigint;
  byComponent: bigint;
  n: number;
  readonly counts: Record<Status, number>;
  readonly observed: Ratio;
  readonly validated: Ratio;
}

const OBSERVED = statusRank("observed");

/**
 * Sums cells into headline numbers (design, section 7, The number): weights hosts x criticality x technique weight,
 * over every cell but not-applicable ones, unassessable cells included. Integers throughout; each number is one
 * division, rounded half up to six decimals. Nothing to divide by (no cell, or no host) is null, not 0.
 */
export function startHeadline(): HeadlineSum {
  const ratio = (): Ratio => ({ value: 0n, low: 0n, high: 0n, k: 0, kLow: 0, kHigh: 0 });
  const sums: Sums = { weights: 0n, byComponent: 0n, n: 0, counts: { "not-applicable": 0, unassessable: 0, blind: 0, declared: 0, partial: 0, observed: 0, validated: 0 }, observed: ratio(), validated: ratio() };
  return {
    sums,
    add(cell, techniqueWeight) {
      sums.counts[cell.status] += 1;
      sums.n += 1;
      const weight = BigInt(cell.weight) * BigInt(techniqueWeight);
      sums.weights += weight;
      if (cell.flags.includes("by-component")) sums.byComponent += weight;
      const rank = statusRank(cell.status);
      count(sums.observed, cell, weight, rank >= OBSERVED, true);
      count(sums.validated, cell, weight, cell.status === "validated", cell.linked);
    },
    skip(cells = 1) {
      sums.counts["not-applicable"] += cells;
    },
    take({ sums: part }) {
      sums.weights += part.weights;
      sums.byComponent += part.byComponent;
      sums.n += part.n;
      for (const status of STATUSES) sums.counts[status] += part.counts[status];
      addRatio(sums.observed, part.observed);
      addRatio(sums.validated, part.validated);
    },
    total() {
      const { weights, n } = sums;
      const measure = (part: Ratio): Measure => ({ value: divide(part.value, weights), low: divide(part.low, weights), high: divide(part.high, weights), k: part.k, n });
      const uniform = (part: Ratio): Measure => ({ value: share(part.k, n), low: share(part.kLow, n), high: share(part.kHigh, n), k: part.k, n });
      return {
        applicable: n,
        counts: { ...sums.counts },
        observed: measure(sums.observed),
        validated: measure(sums.validated),
        byComponent: divide(sums.byComponent * BigInt(MILLION), weights),
        uniform: { observed: uniform(sums.observed), validated: uniform(sums.validated) },
      };
    },
  };
}

function addRatio(sum: Ratio, part: Ratio): void {
  sum.value += part.value;
  sum.low += part.low;
  sum.high += part.high;
  sum.k += part.k;
  sum.kLow += part.kLow;
  sum.kHigh += part.kHigh;
}

function count(ratio: Ratio, cell: Pick<CellResult, "reach" | "lower" | "upper" | "status">, weight: bigint, holds: boolean, couldHold: boolean): void {
  if (holds) {
    ratio.value += weight * BigInt(cell.reach);
    ratio.k += 1;
    if (cell.lower > 0) {
      ratio.low += weight * BigInt(cell.lower);
      ratio.kLow += 1;
    }
  }
  if (holds || (couldHold && cell.upper > 0 && cell.status !== "unassessable")) {
    ratio.high += weight * BigInt(holds ? cell.reach : cell.upper);
    ratio.kHigh += 1;
  }
}

// The numerator is already in millionths (weight x reach); rounded half up.
function divide(numerator: bigint, denominator: bigint): number | null {
  return denominator === 0n ? null : Number((2n * numerator + denominator) / (2n * denominator));
}

function share(k: number, n: number): number | null {
  return n === 0 ? null : divide(BigInt(k) * BigInt(MILLION), BigInt(n));
}
