"use client";
import { parseAsArrayOf, parseAsString, useQueryStates } from "nuqs";
import { useDeferredValue, useMemo } from "react";
import { RestsOn } from "@/components/how-computed/rests-on";
import { Legend } from "@/components/status/legend";
import type { AnalyticsView } from "@/lib/reports/analytics-view";
import { counted, formatCount } from "@/lib/shared/format-number";
import { analyticsColumns, COLUMN_WIDTH, SEGMENT_WIDTH } from "./analytics-columns";
import { BrowseTable } from "./browse-table";
import { FacetPanel } from "./facet-panel";
import { type AnalyticsFilter, FACETS, filterAnalytics, type FilteredRow } from "./filter-analytics";
import { useFacetToggle } from "./use-facet-toggle";

const many = parseAsArrayOf(parseAsString).withDefault([]);
const EVERYTHING: AnalyticsFilter = { text: "", segment: null, chosen: { status: [], flag: [], platform: [], tactic: [], component: [], basis: [] } };
const NO_FILTER = { q: null, status: null, flag: null, platform: null, tactic: null, component: null, basis: null };

const rowId = (found: FilteredRow): string => found.row.id;
const hrefOf = (found: FilteredRow): string => `/analytics/${found.row.id}`;
const isSegment = (column: string): boolean => column.startsWith("segment");
const cellClass = (column: string): string | undefined => (isSegment(column) ? "overflow-visible px-0.5 text-center" : column === "gap" ? "text-right" : undefined);
const widthOf = (column: string): number | undefined => COLUMN_WIDTH[column] ?? (isSegment(column) ? SEGMENT_WIDTH : undefined);

/** Every analytic against every segment. */
export function AnalyticsTable({ view }: { view: AnalyticsView }) {
  const [state, setState] = useQueryStates(
    { q: parseAsString.withDefault(""), status: many, flag: many, platform: many, tactic: many, component: many, basis: many, sort: parseAsString.withDefault("technique"), row: parseAsString, segment: parseAsString },
    { history: "replace", shallow: true },
  );
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

  const toggle = useFacetToggle(FACETS, setState);
  return (
    <BrowseTable
      title="Analytics"
      noun="analytics"
      placeholder="Filter by id, name, component"
      columns={columns}
      rows={filtered.rows}
      rowId={rowId}
      hrefOf={hrefOf}
      linkColumn="id"
      state={state}
      onState={setState}
      facets={<FacetPanel all={all} counts={filtered.counts} chosen={chosen} onToggle={toggle} />}
      chips={FACETS.flatMap((facet) => chosen[facet].map((value) => ({ facet, value, label: value })))}
      onRemove={(facet, value) => toggle(facet, value, false)}
      onClear={() => void setState(NO_FILTER)}
      minWidth={920 + shown.length * SEGMENT_WIDTH}
      widthOf={widthOf}
      cellClass={cellClass}
      descendingFirst={(id) => id === "gap" || isSegment(id) || id === "req"}
      columnHead={columnHead}
      counts={
        <>
          <strong>{formatCount(filtered.rows.length)}</strong> of {counted(view.rows.length, "analytic")} · {counted(filtered.cells, "cell")} <RestsOn />
        </>
      }
      legend={<Legend />}
    />
  );
}

/** What two lines can hold of a name: all of it, else its beginning and its end. */
function headWords(name: string): readonly string[] {
  const words = name.split(" ");
  return words.length <= 2 ? words : [words[0] ?? "", `… ${words.at(-1) ?? ""}`];
}

/** Segments have two words above one another, in the middle: the last is the second, since it is what tells names of one beginning apart; the gap stands to the right, as its cells. */
function columnHead(column: string, header: string) {
  if (column === "gap") return { className: "text-right", content: header, how: "weighted-gap" as const };
  if (!isSegment(column)) return null;
  return {
    className: "w-full justify-center text-center",
    title: header,
    content: (
      <span className="min-w-0">
        {headWords(header).map((word, place) => (
          <span key={place} className="block truncate">
            {word}
          </span>
        ))}
      </span>
    ),
  };
}
