import type { SigmaCorrelation, ThresholdOp } from "../sigma/rule-types";

const TESTS: Readonly<Record<ThresholdOp, (a: number, b: number) => boolean>> = {
  gt: (a, b) => a > b,
  gte: (a, b) => a >= b,
  lt: (a, b) => a < b,
  lte: (a, b) => a <= b,
  eq: (a, b) => a === b,
  neq: (a, b) => a !== b,
};

/** Whether a value is within every threshold (several are a range); null is the value of nothing and satisfies none. */
export function holdsThresholds(value: number | null, thresholds: SigmaCorrelation["thresholds"]): boolean {
  return value !== null && thresholds.every(({ op, value: bound }) => TESTS[op](value, bound));
}
