import { STATUS_ORDER } from "@/components/status/status-table";
import type { MatrixView } from "@/lib/reports/matrix-view";
import type { DescribedRow } from "./describe-row";
import type { MatrixRow } from "./filter-matrix";

/** Rows by a column of the table, "-" in front for descending: best proof first in ascending order of status; nothing to divide by comes last either way. */
export function sortRows(view: Pick<MatrixView, "techniques">, rows: readonly MatrixRow[], describe: (row: MatrixRow) => DescribedRow, sort: string): readonly MatrixRow[] {
  const descending = sort.startsWith("-");
  const by = descending ? sort.slice(1) : sort;
  const [, what, scope] = /^(status|share|cells)(\d)$/.exec(by) ?? [];
  const at = Number(scope ?? 0);
  const valueOf = (row: MatrixRow): string | number | null => {
    const said = describe(row);
    const number = said.numbers[at];
    const technique = view.techniques[row.technique];
    if (by === "name") return said.name;
    if (by === "tactic") return technique?.tactics[0] ?? null;
    if (by === "rules") return technique?.linked ?? null;
    if (by === "flags") return number === undefined ? null : number.flags.length;
    if (by === "gained") return said.gained.reduce((sum, cells) => sum + cells, 0);
    if (by === "layer") return said.stands === null ? null : 10_000 * said.stands["only-theirs"] + 100 * said.stands["only-ours"] + said.stands.both;
    if (what === "status") return STATUS_ORDER.indexOf(number?.status ?? "not-applicable");
    if (what === "share") return number?.value ?? null;
    if (what === "cells") return number?.n ?? null;
    return said.id;
  };
  const turn = descending ? -1 : 1;
  return rows
    .map((row) => ({ row, value: valueOf(row), id: describe(row).id }))
    .sort((a, b) => (a.value === null || b.value === null ? Number(a.value === null) - Number(b.value === null) : turn * (a.value < b.value ? -1 : a.value > b.value ? 1 : 0)) || (a.id < b.id ? -1 : 1))
    .map(({ row }) => row);
}
