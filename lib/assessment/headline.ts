import type { CellResult, Headline, Measure } from "./scoring-result";
import { MILLION, statusRank, type Status } from "./status";

/** A running sum of cells: one ratio-of-sums formula at every level, so a parent is the weighted mean of its parts. */
export interface HeadlineSum {
  add(cell: Omit<CellResult, "detail" | "score">, techniqueWeight: number): void;
  /** Counts a cell that does not apply: it weighs nothing. */
  skip(): void;
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

const OBSERVED = statusRank("observed");

/**
 * Sums cells into headline numbers (design, section 7, The number): weights hosts x criticality x technique weight,
 * over every cell but not-applicable ones, unassessable cells included. Integers throughout; each number is one
 * division, rounded half up to six decimals. Nothing to divide by (no cell, or no host) is null, not 0.
 */
export function startHeadline(): HeadlineSum {
  let weights = 0n;
  let byComponent = 0n;
  let n = 0;
  const unit = BigInt(MILLION);
  const counts: Record<Status, number> = { "not-applicable": 0, unassessable: 0, blind: 0, declared: 0, partial: 0, observed: 0, validated: 0 };
  const observed: Ratio = { value: 0n, low: 0n, high: 0n, k: 0, kLow: 0, kHigh: 0 };
  const validated: Ratio = { value: 0n, low: 0n, high: 0n, k: 0, kLow: 0, kHigh: 0 };
  return {
    add(cell, techniqueWeight) {
      counts[cell.status] += 1;
      n += 1;
      const weight = BigInt(cell.weight) * (techniqueWeight === MILLION ? unit : BigInt(techniqueWeight));
      weights += weight;
      if (cell.flags.includes("by-component")) byComponent += weight;
      const rank = statusRank(cell.status);
      count(observed, cell, weight, rank >= OBSERVED, true);
      count(validated, cell, weight, cell.status === "validated", cell.linked);
    },
    skip() {
      counts["not-applicable"] += 1;
    },
    total() {
      const measure = (ratio: Ratio): Measure => ({ value: divide(ratio.value, weights), low: divide(ratio.low, weights), high: divide(ratio.high, weights), k: ratio.k, n });
      const uniform = (ratio: Ratio): Measure => ({ value: share(ratio.k, n), low: share(ratio.kLow, n), high: share(ratio.kHigh, n), k: ratio.k, n });
      return {
        applicable: n,
        counts: { ...counts },
        observed: measure(observed),
        validated: measure(validated),
        byComponent: divide(byComponent * BigInt(MILLION), weights),
        uniform: { observed: uniform(observed), validated: uniform(validated) },
      };
    },
  };
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
