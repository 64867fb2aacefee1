import type { Flag, Status } from "@/lib/assessment/status";
import type { MatrixScope, MatrixView, NumberRow } from "@/lib/reports/matrix-view";

/** What is said of a group of cells: its status by the stated rule, and the share of it that is observed with its count. */
export interface GroupNumber {
  readonly status: Status;
  readonly flags: readonly Flag[];
  readonly value: number | null; // millionths, as the next two
  readonly low: number | null;
  readonly high: number | null;
  readonly k: number; // observed or better
  readonly n: number; // applicable
  readonly counts: Readonly<Record<Status, number>>;
}

/** The numbers of a scope on a platform (-1: all). undefined: nothing applies. */
export interface ScopeNumbers {
  readonly own: (technique: number) => GroupNumber | undefined;
  /** With its sub-techniques; of a technique without any, its own. */
  readonly whole: (technique: number) => GroupNumber | undefined;
  readonly tactic: (tactic: number) => GroupNumber | undefined;
  readonly total: GroupNumber | undefined;
}

/** Opens the rows of a scope for one platform. Rows of a platform that is all there is are those of all platforms. */
export function readNumbers({ statuses, flagSets }: Pick<MatrixView, "statuses" | "flagSets">, scope: MatrixScope, platform: number): ScopeNumbers {
  const wanted = platform === scope.only ? -1 : platform;
  const open = (rows: readonly NumberRow[], whole: 0 | 1): Map<number, GroupNumber> => {
    const found = new Map<number, GroupNumber>();
    for (const row of rows) if (row[1] === wanted && row[2] === whole) found.set(row[0], readRow(row));
    return found;
  };
  const readRow = ([, , , status, flags, value, low, high, validated, observed, partial, declared, blind, unassessable]: NumberRow): GroupNumber => ({
    status: statuses[status] ?? "blind",
    flags: flagSets[flags] ?? [],
    value,
    low,
    high,
    k: validated + observed,
    n: validated + observed + partial + declared + blind + unassessable,
    counts: { "not-applicable": 0, validated, observed, partial, declared, blind, unassessable },
  });
  const [own, whole, tactics, totals] = [open(scope.techniques, 0), open(scope.techniques, 1), open(scope.tactics, 0), open(scope.totals, 0)];
  return { own: (technique) => own.get(technique), whole: (technique) => whole.get(technique) ?? own.get(technique), tactic: (tactic) => tactics.get(tactic), total: totals.get(0) };
}
