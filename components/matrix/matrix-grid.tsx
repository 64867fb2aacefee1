"use client";
import { useCallback, useEffect, useRef, useState, type KeyboardEvent } from "react";
import type { MatrixView } from "@/lib/reports/matrix-view";
import type { DescribedRow } from "./describe-row";
import type { MatrixRow } from "./filter-matrix";
import { movePlace, type GridPlace, type GridWindow, type MatrixColumn } from "./lay-out";
import { CELL_HEIGHT, MatrixCell } from "./matrix-cell";
import { HEAD_HEIGHT, MatrixHead } from "./matrix-head";
import type { ScopeNumbers } from "./read-numbers";

export interface MatrixGridProps {
  readonly box: HTMLDivElement | null; // the scrolled element, once it is there
  readonly onBox: (box: HTMLDivElement | null) => void;
  readonly view: MatrixView;
  readonly columns: readonly MatrixColumn[];
  readonly numbers: readonly ScopeNumbers[];
  readonly describe: (row: MatrixRow) => DescribedRow;
  readonly drawn: GridWindow;
  readonly width: number; // of a column
  readonly shares: boolean;
  readonly selected: { readonly technique: number; readonly tactic: number } | null;
  readonly panel: boolean; // stands open: it follows the keys
  readonly onSelect: (technique: number, tactic: number) => void;
  readonly onToggle: (technique: number) => void;
}

/** Tactics by techniques. Only what is in sight is drawn; arrows move, Enter opens the panel, Space folds and unfolds sub-techniques. */
export function MatrixGrid({ box, onBox, view, columns, numbers, describe, drawn, width, shares, selected, panel, onSelect, onToggle }: MatrixGridProps) {
  const wantsFocus = useRef(false);
  const chosen = placeOf(columns, selected);
  const [moved, setMoved] = useState<GridPlace | null>(null);
  const first = { column: Math.max(0, columns.findIndex(({ rows }) => rows.length > 0)), row: 0 };
  const here = moved !== null && rowAt(columns, moved) !== undefined ? moved : (chosen ?? first);
  const longest = columns.reduce((most, { rows }) => Math.max(most, rows.length), 0);

  const reveal = useCallback(
    ({ column, row }: GridPlace) => {
      if (box === null) return;
      const [left, top] = [column * width, row * CELL_HEIGHT];
      const [wide, high] = [box.clientWidth, box.clientHeight - HEAD_HEIGHT];
      box.scrollTo({ left: left < box.scrollLeft ? left : left + width > box.scrollLeft + wide ? left + width - wide : box.scrollLeft, top: top < box.scrollTop ? top : top + CELL_HEIGHT > box.scrollTop + high ? top + CELL_HEIGHT - high + 3 : box.scrollTop });
    },
    [box, width],
  );
  // The cell that the keys moved to is drawn by now, or after it has come into sight.
  useEffect(() => {
    if (!wantsFocus.current) return;
    const cell = box?.querySelector<HTMLElement>("[role=gridcell][tabindex='0']");
    if (cell === null || cell === undefined) return;
    wantsFocus.current = false;
    cell.focus({ preventScroll: true });
  });
  // Who comes back, or follows a link, finds the chosen technique in sight.
  const start = useRef(chosen);
  useEffect(() => {
    if (box === null || start.current === null) return;
    reveal(start.current);
    start.current = null;
  }, [box, reveal]);

  const pick = useCallback(
    (column: number, row: number) => {
      const found = rowAt(columns, { column, row });
      const tactic = columns[column]?.tactic;
      if (found === undefined || tactic === undefined) return;
      setMoved({ column, row });
      wantsFocus.current = true;
      onSelect(found.technique, tactic);
    },
    [columns, onSelect],
  );
  const toggle = useCallback(
    (column: number, row: number) => {
      const found = rowAt(columns, { column, row });
      if (found === undefined || found.below === 0) return;
      setMoved({ column, row });
      onToggle(found.technique);
    },
    [columns, onToggle],
  );
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = movePlace(columns, here, event.key, event.ctrlKey || event.metaKey);
    if (next !== null) {
      wantsFocus.current = true;
      reveal(next);
      if (panel) pick(next.column, next.row);
      else setMoved(next);
    } else if (event.key === "Enter") pick(here.column, here.row);
    else if (event.key === " ") {
      wantsFocus.current = true;
      toggle(here.column, here.row);
    } else return;
    event.preventDefault();
  };

  const across = columns.flatMap((column, index) => (index >= drawn.firstColumn && index <= drawn.lastColumn ? [{ column, index }] : []));
  // The row of the focus stays drawn wherever the box is scrolled to, so that the keys go on from there; a row without a cell in sight is none.
  const down = Array.from({ length: longest }, (_, row) => row).filter((row) => row === here.row || (row >= drawn.firstRow && row <= drawn.lastRow && across.some(({ column }) => column.rows.length > row)));
  return (
    <div ref={onBox} className="min-h-0 min-w-0 flex-1 overflow-auto bg-bg max-md:h-[70dvh] max-md:flex-none">
      <div role="grid" aria-label="Matrix" aria-rowcount={longest + 1} aria-colcount={columns.length} onKeyDown={onKeyDown} className="relative ml-3 md:ml-5" style={{ width: columns.length * width, height: HEAD_HEIGHT + longest * CELL_HEIGHT }}>
        <div role="row" aria-rowindex={1} className="sticky top-0 z-10 bg-bg" style={{ height: HEAD_HEIGHT }}>
          {across.map(({ column, index }) => {
            const tactic = view.tactics[column.tactic];
            return tactic === undefined ? null : (
              <div key={tactic.id} role="columnheader" aria-colindex={index + 1} className="absolute top-0" style={{ left: index * width, width: width - 4, height: HEAD_HEIGHT }}>
                <MatrixHead tactic={tactic} position={column.tactic} numbers={numbers} scopes={view.scopes} shown={column.rows.length} />
              </div>
            );
          })}
        </div>
        {down.map((row) => (
          <div key={row} role="row" aria-rowindex={row + 2} className="absolute left-0 w-full" style={{ top: HEAD_HEIGHT + row * CELL_HEIGHT, height: CELL_HEIGHT }}>
            {columns.map((column, index) => {
              const found = column.rows[row];
              const current = index === here.column && row === here.row;
              if (found === undefined || !(current || (index >= drawn.firstColumn && index <= drawn.lastColumn && row >= drawn.firstRow && row <= drawn.lastRow))) return null;
              const { id: _id, said: _said, ...said } = describe(found);
              return (
                <MatrixCell
                  key={index}
                  {...said}
                  below={found.below}
                  open={found.open}
                  aside={found.aside}
                  shares={shares}
                  left={index * width}
                  width={width}
                  column={index}
                  row={row}
                  current={current}
                  chosen={chosen?.column === index && chosen.row === row}
                  onPick={pick}
                  onToggle={toggle}
                />
              );
            })}
          </div>
        ))}
      </div>
    </div>
  );
}

function rowAt(columns: readonly MatrixColumn[], { column, row }: GridPlace): MatrixRow | undefined {
  return columns[column]?.rows[row];
}

function placeOf(columns: readonly MatrixColumn[], selected: MatrixGridProps["selected"]): GridPlace | null {
  if (selected === null) return null;
  const column = columns.findIndex(({ tactic }) => tactic === selected.tactic);
  const row = columns[column]?.rows.findIndex(({ technique }) => technique === selected.technique) ?? -1;
  return column < 0 || row < 0 ? null : { column, row };
}
