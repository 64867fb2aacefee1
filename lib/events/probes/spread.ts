import { z } from "zod";

/*
 * How durations (ms, of either sign) are spread, in buckets that grow by 5 %: a quantile is right to about 2.5 %, memory
 * does not grow with the file, and adding two spreads loses nothing.
 */
const GROWTH = Math.log(1.05);

/** [bucket, count] by rising bucket. */
export const spreadSchema = z.array(z.tuple([z.number().int(), z.number().int()]));
export type Spread = z.infer<typeof spreadSchema>;

/** Counts one duration into a spread under construction. */
export function spreadOver(buckets: Map<number, number>, ms: number): void {
  const size = Math.abs(ms);
  const bucket = size < 1 ? 0 : Math.sign(ms) * (1 + Math.floor(Math.log(size) / GROWTH));
  buckets.set(bucket, (buckets.get(bucket) ?? 0) + 1);
}

export function toSpread(buckets: ReadonlyMap<number, number>): Spread {
  return [...buckets].sort(([a], [b]) => a - b);
}

export function addSpreads(a: Spread, b: Spread): Spread {
  const buckets = new Map(a);
  for (const [bucket, count] of b) buckets.set(bucket, (buckets.get(bucket) ?? 0) + count);
  return toSpread(buckets);
}

export function spreadSize(spread: Spread): number {
  return spread.reduce((sum, [, count]) => sum + count, 0);
}

/** The duration that a share of the durations do not exceed, in ms, to about 2.5 %; null when there are none. */
export function quantileOf(spread: Spread, share: number): number | null {
  const wanted = Math.max(1, Math.ceil(spreadSize(spread) * share));
  let seen = 0;
  for (const [bucket, count] of spread) {
    seen += count;
    if (seen >= wanted) return bucket === 0 ? 0 : Math.sign(bucket) * Math.round(Math.exp((Math.abs(bucket) - 0.5) * GROWTH));
  }
  return null;
}
