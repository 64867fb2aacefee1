"use client";
import { ArrowDown, ArrowUp, ListFilter, Search } from "lucide-react";
import { useTable, type SortingState } from "@tanstack/react-table";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useRouter } from "next/navigation";
import { parseAsArrayOf, parseAsString, useQueryStates } from "nuqs";
import { useCallback, useDeferredValue, useEffect, useEffectEvent, useMemo, useRef, useState } from "react";
import { useKeptHref } from "@/components/layout/kept-link";
import { useSingleKey } from "@/components/layout/single-keys";
import { Legend } from "@/components/status/legend";
import { Button } from "@/components/ui/button";
import { Chip } from "@/components/ui/chip";
import { classNames } from "@/components/ui/class-names";
import { Kbd } from "@/components/ui/kbd";
import type { AnalyticsView } from "@/lib/reports/analytics-view";
import { counted, formatCount } from "@/lib/shared/format-number";
import { AnalyticsRows, ROW_HEIGHT } from "./analytics-rows";
import { analyticsColumns, COLUMN_WIDTH, features, SEGMENT_WIDTH } from "./analytics-columns";
import { FacetPanel } from "./facet-panel";
import { type AnalyticsFilter, type Facet, FACETS, filterAnalytics } from "./filter-analytics";

const many = parseAsArrayOf(parseAsString).withDefault([]);
const EVERYTHING: AnalyticsFilter = { text: "", segment: null, chosen: { status: [], flag: [], platform: [], tactic: [], component: [], basis: [] } };

/** Every analytic against every segment: filters, sort and selection live in the address; only visible rows are drawn. */
export function AnalyticsTable({ view }: { view: AnalyticsView }) {
  const [state, setState] = useQueryStates(
    { q: parseAsString.withDefault(""), status: many, flag: many, platform: many, tactic: many, component: many, basis: many, sort: parseAsString.withDefault("technique"), row: parseAsString, segment: parseAsString },
    { history: "replace", shallow: true },
  );
  const [facetsOpen, setFacetsOpen] = useState(false);
  const router = useRouter();
  const kept = useKeptHref();
  const scroller = useRef<HTMLDivElement>(null);
  const search = useRef<HTMLInputElement>(null);

  const found = view.segments.findIndex((segment) => segment.id === state.segment);
  const segment = found < 0 ? null : found;
  const chosen = useMemo(
    () => ({ status: state.status, flag: state.flag, platform: state.platform, tactic: state.tactic, component: state.component, basis: state.basis }),
    [state.status, state.flag, state.platform, state.tactic, state.component, state.basis],
  );
  const text = useDeferredValue(state.q);
  const filtered = useMemo(() => filterAnalytics(view, { text, segment, chosen }), [view, text, segment, chosen]);
  const all = useMemo(() => filterAnalytics(view, EVERYTHING).counts, [view]);
  const shown = useMemo(() => (segment === null ? view.segments.map((_, index) => index) : [segment]), [view, segment]);
  const columns = useMemo(() => analyticsColumns(view, shown), [view, shown]);

  const descending = state.sort.startsWith("-");
  const sorting = useMemo<SortingState>(() => [{ id: descending ? state.sort.slice(1) : state.sort, desc: descending }], [state.sort, descending]);
  const known = columns.some((column) => column.id === sorting[0]?.id);
  const table = useTable({ features, columns, data: filtered.rows, state: { sorting: known ? sorting : [] }, enableSortingRemoval: false, getRowId: (row) => row.row.id });
  const rows = table.getRowModel().rows;
  // eslint-disable-next-line react-hooks/incompatible-library -- the compiler is not in use here; TanStack Virtual works without it
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => scroller.current, estimateSize: () => ROW_HEIGHT, overscan: 12, initialRect: { width: 1100, height: 800 } });
  const items = virtual.getVirtualItems();
  const before = items[0]?.start ?? 0;
  const after = Math.max(0, virtual.getTotalSize() - (items.at(-1)?.end ?? 0));
  const selected = rows.findIndex((row) => row.id === state.row);

  // The row is in the address before the navigation begins: coming back finds it, and written later it would take the navigation back.
  const open = useCallback((id: string) => void setState({ row: id }).then(() => router.push(kept(`/analytics/${id}`))), [setState, router, kept]);
  const choose = useCallback((id: string) => void setState({ row: id }), [setState]);
  // Who comes back finds the row they left.
  const returnTo = useEffectEvent(() => {
    if (selected >= 0) virtual.scrollToIndex(selected, { align: "center" });
  });
  useEffect(() => returnTo(), []);
  const select = (index: number) => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, index))];
    if (!row) return;
    void setState({ row: row.id });
    virtual.scrollToIndex(row.index < 0 ? 0 : rows.indexOf(row), { align: "auto" });
  };
  useSingleKey((key, event) => {
    if (key === "j") select(selected + 1);
    else if (key === "k") select(selected < 0 ? 0 : selected - 1);
    else if (key === "Enter" && selected >= 0 && !(event.target instanceof HTMLElement && event.target.closest("a,button,label,summary"))) open(rows[selected]?.id ?? "");
    else if (key === "/") {
      event.preventDefault();
      search.current?.focus();
    } else if (key === "Escape") void setState({ row: null });
  });
  const toggle = useCallback((facet: Facet, value: string, on: boolean) => void setState((now) => ({ [facet]: on ? [...now[facet], value] : now[facet].filter((other) => other !== value) })), [setState]);
  const sortBy = (id: string) => void setState({ sort: state.sort === id ? `-${id}` : state.sort === `-${id}` ? id : id === "gap" || id.startsWith("segment") || id === "req" ? `-${id}` : id });
  const active = FACETS.flatMap((facet) => chosen[facet].map((value) => ({ facet, value })));

  return (
    <div className="grid min-h-0 flex-1 md:h-[calc(100dvh-80px)] md:flex-none md:grid-cols-[204px_minmax(0,1fr)]">
      <h1 className="sr-only">Analytics</h1>
      <aside aria-label="Filters" className={classNames("overflow-y-auto border-r bg-surface md:block", facetsOpen ? "block" : "hidden")}>
        <FacetPanel all={all} counts={filtered.counts} chosen={chosen} onToggle={toggle} />
      </aside>
      <div className="flex min-h-0 min-w-0 flex-col">
        <div className="flex flex-wrap items-center gap-2 border-b bg-surface px-3 py-2.5 md:px-4">
          <label className="flex h-7 w-72 max-w-full items-center gap-1.5 rounded-md border border-line-2 bg-surface-2 px-2 focus-within:outline-2 focus-within:outline-accent">
            <Search size={14} className="shrink-0 text-ink-3" aria-hidden />
            <input
              ref={search}
              value={state.q}
              onChange={(event) => void setState({ q: event.target.value || null })}
              onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()}
              placeholder="Filter by id, name, component"
              aria-label="Filter analytics"
              className="w-full min-w-0 bg-transparent text-sm outline-none"
            />
            <Kbd>/</Kbd>
          </label>
          <Button className="md:hidden" aria-expanded={facetsOpen} onClick={() => setFacetsOpen(!facetsOpen)}>
            <ListFilter size={14} aria-hidden />
            Filters
          </Button>
          {active.map(({ facet, value }) => (
            <Chip key={`${facet} ${value}`} active onRemove={() => toggle(facet, value, false)} removeLabel={`Remove ${value}`}>
              {value}
            </Chip>
          ))}
          {active.length > 1 ? (
            <Button variant="ghost" onClick={() => void setState({ status: null, flag: null, platform: null, tactic: null, component: null, basis: null })}>
              Clear
            </Button>
          ) : null}
        </div>
        <div ref={scroller} className="min-h-0 flex-1 overflow-auto bg-surface max-md:h-[70dvh] max-md:flex-none" role="region" aria-label="Analytics table" tabIndex={0}>
          <table className="w-full table-fixed border-collapse" style={{ minWidth: 920 + shown.length * SEGMENT_WIDTH }} aria-rowcount={rows.length + 1}>
            <colgroup>
              {columns.map((column) => (
                <col key={column.id} style={{ width: COLUMN_WIDTH[column.id ?? ""] ?? (column.id?.startsWith("segment") ? SEGMENT_WIDTH : undefined) }} />
              ))}
            </colgroup>
            <thead className="sticky top-0 z-10">
              {table.getHeaderGroups().map((group) => (
                <tr key={group.id}>
                  {group.headers.map((header) => {
                    const sorted = header.column.getIsSorted();
                    const centre = header.id.startsWith("segment");
                    return (
                      <th key={header.id} scope="col" aria-sort={sorted === "asc" ? "ascending" : sorted === "desc" ? "descending" : "none"} className={classNames("h-[52px] border-b bg-surface px-1.5 pb-1.5 text-left align-bottom text-xs leading-[15px] font-medium text-ink-2 first:pl-3 last:pr-4", centre && "px-0.5")}>
                        <button type="button" onClick={() => sortBy(header.id)} title={centre ? String(header.column.columnDef.header) : undefined} className={classNames("inline-flex min-h-6 max-w-full items-end gap-0.5 hover:text-ink", sorted && "text-ink", centre ? "w-full justify-center text-center" : header.id === "gap" ? "float-right text-right" : "text-left")}>
                          {centre ? (
                            <span className="min-w-0">
                              {String(header.column.columnDef.header).split(" ").slice(0, 2).map((word) => (
                                <span key={word} className="block truncate">
                                  {word}
                                </span>
                              ))}
                            </span>
                          ) : (
                            <table.FlexRender header={header} />
                          )}
                          {sorted === "asc" ? <ArrowUp size={12} aria-hidden className="shrink-0" /> : sorted === "desc" ? <ArrowDown size={12} aria-hidden className="shrink-0" /> : null}
                        </button>
                      </th>
                    );
                  })}
                </tr>
              ))}
            </thead>
            <AnalyticsRows rows={rows} items={items} before={before} after={after} selected={state.row} onSelect={choose} onOpen={open} />
          </table>
          {rows.length === 0 ? (
            <div className="p-6 text-ink-2">
              No analytic matches.{" "}
              <Button variant="ghost" onClick={() => void setState({ q: null, status: null, flag: null, platform: null, tactic: null, component: null, basis: null })}>
                Clear all filters
              </Button>
            </div>
          ) : null}
        </div>
        <div className="flex flex-wrap items-center gap-x-4 gap-y-1 border-t bg-surface px-3 py-1.5 text-xs text-ink-2 md:px-4" aria-live="polite">
          <span>
            <strong>{formatCount(rows.length)}</strong> of {counted(view.rows.length, "analytic")} · {counted(filtered.cells, "cell")}
          </span>
          <div className="ml-auto max-lg:hidden">
            <Legend />
          </div>
          <span className="text-ink-3 max-xl:hidden">
            <Kbd>j</Kbd> <Kbd>k</Kbd> move <Kbd>↵</Kbd> open
          </span>
        </div>
      </div>
    </div>
  );
}
