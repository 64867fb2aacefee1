import { formatCount, formatSigned } from "./format-number";

/**
 * A share in millionths as "37.5" (percent, without the sign). One decimal; 100 only for a whole and 0 only for none, so
 * that rounding never claims more than is true: what is short of everything shows 99.9, and what is not nothing shows "< 0.1".
 */
export function percentDigits(millionths: number): string {
  if (millionths > 0 && millionths < 500) return "< 0.1";
  if (millionths < 1_000_000 && millionths >= 999_500) return "99.9";
  return formatCount(millionths / 10_000, 1);
}

/** "37.5 %", with a no-break space. */
export function formatPercent(millionths: number): string {
  return `${percentDigits(millionths)}\u00a0%`;
}

/** Two shares that a sentence sets against each other, in as many decimals as tell them apart: never "60.0 % is below 60.0 %". */
export function formatPercents(a: number, b: number): readonly [string, string] {
  const digits = a !== b && formatPercent(a) === formatPercent(b) ? (millionths: number): string => `${formatCount(millionths / 10_000, 4)}\u00a0%` : formatPercent;
  return [digits(a), digits(b)];
}

/** A difference of two shares in millionths as points: "+4.5". */
export function formatPoints(millionths: number): string {
  return formatSigned(millionths / 10_000, 1);
}

/** The size of a difference as points, without a sign: "4.5"; what is not nothing but too small to print is "< 0.1". */
export function pointSize(millionths: number): string {
  return percentDigits(Math.abs(millionths));
}
