import type { LinkedCorrelation } from "./sigma/link-rules";

/**
 * Correlations without those that rest on rules or correlations that are not evaluated: they keep their positions, refer to
 * nothing and so never fire. Told by name, so that nobody takes their silence for an answer.
 *
 * @returns the same number of correlations, and the positions of those that stopped with the others
 */
export function stopCorrelations(correlations: readonly LinkedCorrelation[], rules: ReadonlySet<number>, own: ReadonlySet<number>): { readonly left: readonly LinkedCorrelation[]; readonly dragged: readonly number[] } {
  const silent = new Set(own);
  const dragged: number[] = [];
  for (const [index, { references }] of correlations.entries()) {
    if (silent.has(index) || !references.some((one) => (one.kind === "rule" ? rules : silent).has(one.index))) continue;
    silent.add(index); // each stands behind those it refers to, so one pass is enough
    dragged.push(index);
  }
  return { left: correlations.map((one, index) => (silent.has(index) ? { ...one, references: [] } : one)), dragged };
}
