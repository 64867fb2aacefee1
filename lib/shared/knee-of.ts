/** The point of a curve where more cost begins to win less: farthest above the line from the first point to the last. 0 where there is no curve. */
export function kneeOf(points: readonly { readonly cost: number; readonly value: number }[]): number {
  const last = points.at(-1);
  if (last === undefined || last.cost === 0 || last.value === 0) return 0;
  const above = points.map(({ cost, value }) => value / last.value - cost / last.cost);
  return above.indexOf(Math.max(...above));
}
