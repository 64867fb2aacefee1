/**
 * Kendall's tau-b of two orders of the same things: 1 the same order, -1 the opposite, 0 none in common; ties lower it only
 * where one order has them alone. null where one order ranks nothing (everything equal, or fewer than two things).
 *
 * @returns millionths
 */
export function kendallTau(a: readonly bigint[], b: readonly bigint[]): number | null {
  let agree = 0, differ = 0, tiedA = 0, tiedB = 0;
  for (let i = 0; i < a.length; i += 1) {
    for (let j = i + 1; j < a.length; j += 1) {
      const [x, y] = [compare(a[i], a[j]), compare(b[i], b[j])];
      if (x === 0 && y === 0) continue;
      if (x === 0) tiedA += 1;
      else if (y === 0) tiedB += 1;
      else if (x === y) agree += 1;
      else differ += 1;
    }
  }
  const whole = Math.sqrt((agree + differ + tiedA) * (agree + differ + tiedB));
  return whole === 0 ? null : Math.round((1_000_000 * (agree - differ)) / whole);
}

function compare(a: bigint | undefined, b: bigint | undefined): number {
  return a === undefined || b === undefined || a === b ? 0 : a < b ? -1 : 1;
}
