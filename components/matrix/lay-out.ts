import type { MatrixView } from "@/lib/reports/matrix-view";
import type { FilteredMatrix, MatrixRow } from "./filter-matrix";

/** One column of the grid: a tactic and the lines that stand in it. */
export interface MatrixColumn {
  readonly tactic: number;
  readonly rows: readonly MatrixRow[];
}

/** Columns of the tactics that the fleet can see. A technique stands in every tactic of its own; external tactics only where something of them is shown. */
export function layOut(view: MatrixView, { rows }: Pick<FilteredMatrix, "rows">): MatrixColumn[] {
  return view.tactics.flatMap((tactic, index) => {
    const own = rows.filter((row) => view.techniques[row.technique]?.tactics.includes(index));
    return tactic.external && own.length === 0 ? [] : [{ tactic: index, rows: own }];
  });
}

export interface GridWindow {
  readonly firstColumn: number;
  readonly lastColumn: number;
  readonly firstRow: number;
  readonly lastRow: number;
}

/** Which columns and rows are in sight of a scrolled box, and a few beside them; positions are clipped to what there is. */
export function windowOf(box: { readonly left: number; readonly top: number; readonly width: number; readonly height: number }, cell: { readonly width: number; readonly height: number }, size: { readonly columns: number; readonly rows: number }, beside = { columns: 1, rows: 6 }): GridWindow {
  const clip = (value: number, most: number): number => Math.max(0, Math.min(most - 1, value));
  return {
    firstColumn: clip(Math.floor(box.left / cell.width) - beside.columns, size.columns),
    lastColumn: clip(Math.ceil((box.left + box.width) / cell.width) - 1 + beside.columns, size.columns),
    firstRow: clip(Math.floor(box.top / cell.height) - beside.rows, size.rows),
    lastRow: clip(Math.ceil((box.top + box.height) / cell.height) - 1 + beside.rows, size.rows),
  };
}

export interface GridPlace {
  readonly column: number;
  readonly row: number;
}

/** Where a key leads from a place; null: the key is not of the grid. A shorter column is entered at its end, an empty one is passed over. */
export function movePlace(columns: readonly { readonly rows: { readonly length: number } }[], at: GridPlace, key: string, control: boolean): GridPlace | null {
  const length = (column: number): number => columns[column]?.rows.length ?? 0;
  const full = columns.flatMap((_, column) => (length(column) > 0 ? [column] : []));
  const into = (column: number | undefined, row: number): GridPlace => (column === undefined ? at : { column, row: Math.max(0, Math.min(row, length(column) - 1)) });
  const next: Readonly<Record<string, () => GridPlace>> = {
    ArrowUp: () => into(at.column, at.row - 1),
    ArrowDown: () => into(at.column, at.row + 1),
    ArrowLeft: () => into(full.filter((column) => column < at.column).at(-1), at.row),
    ArrowRight: () => into(full.find((column) => column > at.column), at.row),
    Home: () => into(full[0], control ? 0 : at.row),
    End: () => into(full.at(-1), control ? Number.MAX_SAFE_INTEGER : at.row),
    PageUp: () => into(at.column, at.row - 10),
    PageDown: () => into(at.column, at.row + 10),
  };
  return next[key]?.() ?? null;
}
