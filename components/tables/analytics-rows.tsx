"use client";
import { FlexRender, type Row } from "@tanstack/react-table";
import type { VirtualItem } from "@tanstack/react-virtual";
import { memo } from "react";
import { useKeptHref } from "@/components/layout/kept-link";
import { classNames } from "@/components/ui/class-names";
import type { features } from "./analytics-columns";
import type { FilteredRow } from "./filter-analytics";

export const ROW_HEIGHT = 29;

interface AnalyticsRowsProps {
  readonly rows: readonly Row<typeof features, FilteredRow>[];
  readonly items: readonly VirtualItem[]; // those in sight
  readonly before: number; // height of what is above and below them
  readonly after: number;
  readonly selected: string | null;
  readonly onSelect: (id: string) => void;
  readonly onOpen: (id: string) => void;
}

/** The rows in sight. Drawn again only when they change, so that typing in the filter stays light. */
export const AnalyticsRows = memo(function AnalyticsRows({ rows, items, before, after, selected, onSelect, onOpen }: AnalyticsRowsProps) {
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
                <td key={cell.id} style={{ height: ROW_HEIGHT }} className={classNames("truncate border-b px-1.5 first:pl-3 last:pr-4", id.startsWith("segment") && "overflow-visible px-0.5 text-center", id === "gap" && "text-right")}>
                  {id === "id" ? (
                    <a href={kept(`/analytics/${row.id}`)} onClick={(event) => { if (!event.metaKey && !event.ctrlKey) { event.preventDefault(); onOpen(row.id); } }} className="hover:underline">
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
});
