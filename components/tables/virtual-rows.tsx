"use client";
import { FlexRender, type Row, type RowData } from "@tanstack/react-table";
import type { VirtualItem } from "@tanstack/react-virtual";
import { useKeptHref } from "@/components/layout/kept-link";
import { classNames } from "@/components/ui/class-names";
import { ROW_HEIGHT, type features } from "./table-features";

export interface VirtualRowsProps<Data extends RowData> {
  readonly rows: readonly Row<typeof features, Data>[];
  readonly items: readonly VirtualItem[]; // those in sight
  readonly before: number; // height of what is above and below them
  readonly after: number;
  readonly selected: string | null;
  readonly linkColumn: string; // the cell that leads to the row's own page
  readonly hrefOf: (row: Data) => string;
  readonly cellClass: (column: string) => string | undefined;
  readonly onSelect: (id: string) => void;
  readonly onOpen: (id: string) => void;
}

/** The rows in sight. Who draws it keeps the element while nothing of it changes, so that typing in the filter stays light. */
export function VirtualRows<Data extends RowData>({ rows, items, before, after, selected, linkColumn, hrefOf, cellClass, onSelect, onOpen }: VirtualRowsProps<Data>) {
  const kept = useKeptHref();
  return (
    <tbody>
      {before > 0 ? <tr aria-hidden style={{ height: before }} /> : null}
      {items.map((item) => {
        const row = rows[item.index];
        if (!row) return null;
        const on = row.id === selected;
        return (
          <tr
            key={row.id}
            aria-rowindex={item.index + 2}
            aria-selected={on}
            onClick={() => onSelect(row.id)}
            onDoubleClick={() => onOpen(row.id)}
            className={classNames("cursor-default hover:bg-hover", on && "bg-accent-soft shadow-[inset_3px_0_var(--accent)] hover:bg-accent-soft")}
          >
            {row.getAllCells().map((cell) => {
              const id = cell.column.id;
              return (
                <td key={cell.id} style={{ height: ROW_HEIGHT }} className={classNames("truncate border-b px-1.5 first:pl-3 last:pr-4", cellClass(id))}>
                  {id === linkColumn ? (
                    <a href={kept(hrefOf(row.original))} onClick={(event) => { if (!event.metaKey && !event.ctrlKey) { event.preventDefault(); onOpen(row.id); } }} className="hover:underline">
                      <FlexRender cell={cell} />
                    </a>
                  ) : (
                    <FlexRender cell={cell} />
                  )}
                </td>
              );
            })}
          </tr>
        );
      })}
      {after > 0 ? <tr aria-hidden style={{ height: after }} /> : null}
    </tbody>
  );
}
