"use client";
import { ArrowDown, ArrowUp, ListFilter, Search } from "lucide-react";
import { useTable, type RowData, type SortingState } from "@tanstack/react-table";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useRouter } from "next/navigation";
import { useCallback, useEffect, useEffectEvent, useMemo, useRef, useState, type ReactNode } from "react";
import { HowComputed } from "@/components/how-computed/how-computed";
import type { MeasureId } from "@/components/how-computed/measures";
import { useKeptHref } from "@/components/layout/kept-link";
import { useSingleKey } from "@/components/layout/single-keys";
import { Button } from "@/components/ui/button";
import { Chip } from "@/components/ui/chip";
import { classNames } from "@/components/ui/class-names";
import { Kbd } from "@/components/ui/kbd";
import { features, ROW_HEIGHT, type Columns } from "./table-features";
import { VirtualRows } from "./virtual-rows";

/** What of a table is in the address beside its facets. */
export interface BrowseState {
  readonly q: string;
  readonly sort: string; // a column, with - in front for descending
  readonly row: string | null; // the selected one
}

export interface BrowseTableProps<Data extends RowData> {
  readonly title: string;
  readonly noun: string; // plural: what is filtered
  readonly placeholder: string;
  readonly columns: Columns<Data>;
  readonly rows: readonly Data[]; // that match
  readonly rowId: (row: Data) => string;
  readonly hrefOf: (row: Data) => string; // its own page
  readonly linkColumn: string;
  readonly state: BrowseState;
  readonly onState: (patch: { readonly q?: string | null; readonly sort?: string; readonly row?: string | null }) => Promise<unknown>;
  readonly facets: ReactNode;
  readonly chips: readonly { readonly facet: string; readonly value: string; readonly label: string }[];
  readonly onRemove: (facet: string, value: string) => void;
  readonly onClear: () => void; // facets and text
  readonly minWidth: number;
  readonly widthOf: (column: string) => number | undefined; // undefined takes what is left
  readonly cellClass: (column: string) => string | undefined;
  readonly descendingFirst?: (column: string) => boolean;
  readonly columnHead?: (column: string, header: string) => { readonly className: string; readonly content: ReactNode; readonly title?: string; readonly how?: MeasureId } | null;
  readonly counts: ReactNode; // k of n, in the footer
  readonly legend?: ReactNode;
  readonly actions?: ReactNode; // in the bar above the table
  readonly above?: ReactNode; // between bar and table
}

/** A long table with facets beside it: filters, sort and selection live in the address; only visible rows are drawn; keys move and open. */
export function BrowseTable<Data extends RowData>(props: BrowseTableProps<Data>) {
  const { columns, rows: data, rowId, hrefOf, state, onState, linkColumn, cellClass } = props;
  const [facetsOpen, setFacetsOpen] = useState(false);
  const router = useRouter();
  const kept = useKeptHref();
  const scroller = useRef<HTMLDivElement>(null);
  const search = useRef<HTMLInputElement>(null);

  const descending = state.sort.startsWith("-");
  const sorting = useMemo<SortingState>(() => [{ id: descending ? state.sort.slice(1) : state.sort, desc: descending }], [state.sort, descending]);
  const known = columns.some((column) => column.id === sorting[0]?.id);
  const table = useTable({ features, columns, data, state: { sorting: known ? sorting : [] }, enableSortingRemoval: false, getRowId: rowId });
  const rows = table.getRowModel().rows;
  // eslint-disable-next-line react-hooks/incompatible-library -- the compiler is not in use here; TanStack Virtual works without it
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => scroller.current, estimateSize: () => ROW_HEIGHT, overscan: 12, initialRect: { width: 1100, height: 800 } });
  const items = virtual.getVirtualItems();
  const before = items[0]?.start ?? 0;
  const after = Math.max(0, virtual.getTotalSize() - (items.at(-1)?.end ?? 0));
  const selected = rows.findIndex((row) => row.id === state.row);

  const byId = useMemo(() => new Map(data.map((row) => [rowId(row), row])), [data, rowId]);
  // The row is in the address before the navigation begins: coming back finds it, and written later it would take the navigation back.
  const open = useCallback(
    (id: string) => {
      const row = byId.get(id);
      if (row !== undefined) void onState({ row: id }).then(() => router.push(kept(hrefOf(row))));
    },
    [byId, onState, router, kept, hrefOf],
  );
  const choose = useCallback((id: string) => void onState({ row: id }), [onState]);
  // Who comes back finds the row they left.
  const returnTo = useEffectEvent(() => {
    if (selected >= 0) virtual.scrollToIndex(selected, { align: "center" });
  });
  useEffect(() => returnTo(), []);
  const select = (index: number) => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, index))];
    if (!row) return;
    void onState({ row: row.id });
    virtual.scrollToIndex(row.index < 0 ? 0 : rows.indexOf(row), { align: "auto" });
  };
  useSingleKey((key, event) => {
    if (key === "j") select(selected + 1);
    else if (key === "k") select(selected < 0 ? 0 : selected - 1);
    else if (key === "Enter" && selected >= 0 && !(event.target instanceof HTMLElement && event.target.closest("a,button,label,summary"))) open(rows[selected]?.id ?? "");
    else if (key === "/") {
      event.preventDefault();
      search.current?.focus();
    } else if (key === "Escape") void onState({ row: null });
  });
  const body = useMemo(
    () => <VirtualRows rows={rows} items={items} before={before} after={after} selected={state.row} linkColumn={linkColumn} hrefOf={hrefOf} cellClass={cellClass} onSelect={choose} onOpen={open} />,
    [rows, items, before, after, state.row, linkColumn, hrefOf, cellClass, choose, open],
  );
  const sortBy = (id: string) => void onState({ sort: state.sort === id ? `-${id}` : state.sort === `-${id}` ? id : props.descendingFirst?.(id) ? `-${id}` : id });

  return (
    <div className="grid min-h-0 flex-1 md:h-[calc(100dvh-80px-var(--notice))] md:flex-none md:grid-cols-[204px_minmax(0,1fr)]">
      <h1 className="sr-only">{props.title}</h1>
      <aside aria-label="Filters" className={classNames("overflow-y-auto border-r bg-surface md:block", facetsOpen ? "block" : "hidden")}>
        {props.facets}
      </aside>
      <div className="flex min-h-0 min-w-0 flex-col">
        <div className="flex flex-wrap items-center gap-2 border-b bg-surface px-3 py-2.5 md:px-4">
          <label className="flex h-7 w-72 max-w-full items-center gap-1.5 rounded-md border border-line-2 bg-surface-2 px-2 focus-within:outline-2 focus-within:outline-accent">
            <Search size={14} className="shrink-0 text-ink-3" aria-hidden />
            <input
              ref={search}
              value={state.q}
              onChange={(event) => void onState({ q: event.target.value || null })}
              onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()}
              placeholder={props.placeholder}
              aria-label={`Filter ${props.noun}`}
              className="w-full min-w-0 bg-transparent text-sm outline-none"
            />
            <Kbd>/</Kbd>
          </label>
          <Button className="md:hidden" aria-expanded={facetsOpen} onClick={() => setFacetsOpen(!facetsOpen)}>
            <ListFilter size={14} aria-hidden />
            Filters
          </Button>
          {props.chips.map(({ facet, value, label }) => (
            <Chip key={`${facet} ${value}`} active onRemove={() => props.onRemove(facet, value)} removeLabel={`Remove ${label}`}>
              {label}
            </Chip>
          ))}
          {props.chips.length > 1 ? (
            <Button variant="ghost" onClick={props.onClear}>
              Clear
            </Button>
          ) : null}
          {props.actions ? <div className="ml-auto flex flex-wrap items-center gap-2">{props.actions}</div> : null}
        </div>
        {props.above}
        <div ref={scroller} className="min-h-0 flex-1 overflow-auto bg-surface max-md:h-[70dvh] max-md:flex-none" role="region" aria-label={`${props.title} table`} tabIndex={0}>
          <table className="w-full table-fixed border-collapse" style={{ minWidth: props.minWidth }} aria-rowcount={rows.length + 1}>
            <colgroup>
              {columns.map((column) => (
                <col key={column.id} style={{ width: props.widthOf(column.id ?? "") }} />
              ))}
            </colgroup>
            <thead className="sticky top-0 z-10">
              {table.getHeaderGroups().map((group) => (
                <tr key={group.id}>
                  {group.headers.map((header) => {
                    const sorted = header.column.getIsSorted();
                    const head = props.columnHead?.(header.id, String(header.column.columnDef.header)) ?? null;
                    return (
                      <th key={header.id} scope="col" aria-sort={sorted === "asc" ? "ascending" : sorted === "desc" ? "descending" : "none"} className={classNames("h-[52px] border-b bg-surface px-1.5 pb-1.5 text-left align-bottom text-xs leading-[15px] font-medium text-ink-2 first:pl-3 last:pr-4", props.cellClass(header.id))}>
                        <button type="button" onClick={() => sortBy(header.id)} title={head?.title} className={classNames("inline-flex min-h-6 max-w-full items-end gap-0.5 hover:text-ink", sorted && "text-ink", head?.className ?? "text-left")}>
                          {head === null ? <table.FlexRender header={header} /> : head.content}
                          {sorted === "asc" ? <ArrowUp size={12} aria-hidden className="shrink-0" /> : sorted === "desc" ? <ArrowDown size={12} aria-hidden className="shrink-0" /> : null}
                        </button>
                        {head?.how === undefined ? null : <HowComputed measure={head.how} className="-mr-1.5 mb-px" />}
                      </th>
                    );
                  })}
                </tr>
              ))}
            </thead>
            {body}
          </table>
          {rows.length === 0 ? (
            <div className="p-6 text-ink-2">
              None of the {props.noun} matches.{" "}
              <Button variant="ghost" onClick={props.onClear}>
                Clear all filters
              </Button>
            </div>
          ) : null}
        </div>
        <div className="flex flex-wrap items-center gap-x-4 gap-y-1 border-t bg-surface px-3 py-1.5 text-xs text-ink-2 md:px-4" aria-live="polite">
          <span>{props.counts}</span>
          {props.legend ? <div className="ml-auto max-lg:hidden">{props.legend}</div> : <span className="ml-auto" />}
          <span className="text-ink-3 max-xl:hidden">
            <Kbd>j</Kbd> <Kbd>k</Kbd> move <Kbd>↵</Kbd> open
          </span>
        </div>
      </div>
    </div>
  );
}
