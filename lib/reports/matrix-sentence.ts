import { counted, formatCount } from "@/lib/shared/format-number";
import type { MatrixScope, MatrixTactic, NumberRow } from "./matrix-view";
import { strong, type Sentence } from "./sentence";

const cellsOf = ([, , , , , , , , validated, observed, partial, declared, blind, unassessable]: NumberRow): { readonly k: number; readonly n: number } => ({ k: validated + observed, n: validated + observed + partial + declared + blind + unassessable });

/** Where least of a matrix is observed; of two scopes, where they are furthest apart. The number itself stands beside it. */
export function sayMatrix(tactics: readonly MatrixTactic[], [first, second]: readonly [MatrixScope, ...MatrixScope[]]): Sentence {
  const empty = [first, ...(second ? [second] : [])].find(({ total }) => total.uniform.observed.n === 0);
  if (empty) return [`Nothing of this matrix applies to ${empty.segment === null ? "the fleet" : empty.name}.`];
  const cells = (scope: MatrixScope) => new Map(scope.tactics.filter(([, platform]) => platform === -1).map((row) => [row[0], cellsOf(row)]));
  const [own, other] = [cells(first), second ? cells(second) : null];
  if (other === null) {
    const [weakest] = [...own].sort(([, a], [, b]) => a.k * b.n - b.k * a.n || b.n - a.n);
    if (!weakest) return [];
    const [tactic, { k, n }] = weakest;
    return own.size > 1 && k < n ? ["Least in ", strong(tactics[tactic]?.name ?? ""), `, ${formatCount(k)} of ${counted(n, "cell")}.`] : [];
  }
  const apart = [...own].flatMap(([tactic, a]) => {
    const b = other.get(tactic);
    return b === undefined ? [] : [{ tactic, a, b, by: Math.abs(a.k * b.n - b.k * a.n) / (a.n * b.n) }];
  });
  const [furthest] = apart.sort((x, y) => y.by - x.by || x.tactic - y.tactic);
  if (furthest === undefined) return ["They have no tactic in common."];
  const { tactic, a, b, by } = furthest;
  return by === 0 ? ["The same share of every tactic they have in common is observed."] : ["Furthest apart in ", strong(tactics[tactic]?.name ?? ""), `: ${formatCount(a.k)} of ${counted(a.n, "cell")} against ${formatCount(b.k)} of ${formatCount(b.n)}.`];
}
