/** A number of the interfaces as commands print it: fractions 0..1, null where there is nothing to divide by. */
export interface PrintedMeasure {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly k: number;
  readonly n: number;
}

/** "41.3 % (38.0 to 60.2; 120 of 353)": never a number without its count. */
export function sayMeasure({ value, low, high, k, n }: PrintedMeasure): string {
  const percent = (share: number | null): string => (share === null ? "-" : (share * 100).toFixed(1));
  return value === null ? `no evidence (${k} of ${n})` : `${percent(value)} % (${percent(low)} to ${percent(high)}; ${k} of ${n})`;
}
