import { counted, formatCount } from "@/lib/shared/format-number";
import type { MatrixScope, MatrixTactic, NumberRow } from "./matrix-view";
import { strong, type Sentence } from "./sentence";

const cellsOf = ([, , , , , , , , validated, observed, partial, declared, blind, unassessable]: NumberRow): { readonly k: number; readonly n: number } => ({ k: validated + observed, n: validated + observed + partial + declared + blind + unassessable });

/** How much of a matrix is observed, and the tactic in which least of it is; of two scopes, which has more. */
export function sayMatrix(tactics: readonly MatrixTactic[], [first, second]: readonly [MatrixScope, ...MatrixScope[]]): Sentence {
  const { k, n } = first.total.uniform.observed;
  if (n === 0) return [`Nothing of this matrix applies to ${nameOf(first)}.`];
  const head: Sentence = [strong(`${formatCount(k)} of ${counted(n, "cell")}`), ` of ${nameOf(first)} ${k === 1 ? "is" : "are"} observed`];
  if (second) {
    const other = second.total.uniform.observed;
    return [...head, other.n === 0 ? `; nothing applies to ${nameOf(second)}.` : `, of ${nameOf(second)} `, ...(other.n === 0 ? [] : [strong(`${formatCount(other.k)} of ${formatCount(other.n)}`), "."])];
  }
  const rows = first.tactics.filter(([, platform]) => platform === -1);
  const [weakest] = rows.map((row) => ({ name: tactics[row[0]]?.name ?? "", ...cellsOf(row) })).sort((a, b) => a.k * b.n - b.k * a.n || b.n - a.n);
  return weakest && rows.length > 1 && weakest.k < weakest.n ? [...head, "; least in ", strong(weakest.name), `, ${formatCount(weakest.k)} of ${formatCount(weakest.n)}.`] : [...head, "."];
}

function nameOf({ segment, name }: Pick<MatrixScope, "segment" | "name">): string {
  return segment === null ? "the fleet" : name;
}
