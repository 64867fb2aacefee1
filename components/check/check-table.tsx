"use client";
import { parseAsArrayOf, parseAsString, useQueryStates } from "nuqs";
import { useDeferredValue, useMemo } from "react";
import { KeptLink } from "@/components/layout/kept-link";
import { LEVELS } from "@/components/rules/rule-words";
import { BrowseTable } from "@/components/tables/browse-table";
import { facetGroups } from "@/components/tables/count-facets";
import { FacetList } from "@/components/tables/facet-list";
import { useFacetToggle } from "@/components/tables/use-facet-toggle";
import { Button } from "@/components/ui/button";
import type { CheckView, ShownState } from "@/lib/reports/rule-check-view";
import { counted, formatCount } from "@/lib/shared/format-number";
import { CHECK_WIDTHS, checkColumns, SEGMENT_WIDTH } from "./check-columns";
import { CheckGlyph } from "./check-glyph";
import { CheckSummary } from "./check-summary";
import { CHANGE_WORDS, CHECK_LOOK } from "./check-words";
import { CHECK_FACETS, filterChecks, rowsOf, type CheckFacet, type CheckRow, type Chosen } from "./filter-checks";
import { StartCheck } from "./start-check";
import { unpackChecks } from "./unpack-checks";

const many = parseAsArrayOf(parseAsString).withDefault([]);
const FACETS_IN_ADDRESS = { state: many, change: many, links: many, level: many, product: many, category: many, field: many, source: many };
const NO_FILTER = { q: null, state: null, change: null, links: null, level: null, product: null, category: null, field: null, source: null };
const TITLES: Readonly<Record<CheckFacet, string>> = { state: "Best state of the segments shown", change: "Since the run before", links: "Analytics", level: "Level", product: "Product", category: "Category or service", field: "Field in the way", source: "Source" };
const MOST_COLUMNS = 24;

const rowId = (row: CheckRow): string => row.rule.id;
const hrefOf = (row: CheckRow): string => `/rules/${row.rule.id}#fires`;
const isSegment = (column: string): boolean => column.startsWith("segment");
const cellClass = (column: string): string | undefined => (isSegment(column) ? "overflow-visible px-0.5 text-center" : undefined);
const widthOf = (column: string): number | undefined => CHECK_WIDTHS[column] ?? (isSegment(column) ? SEGMENT_WIDTH : undefined);

/** Every rule against every segment: can it fire there. */
export function CheckTable({ view, start }: { view: CheckView; start: Parameters<typeof StartCheck>[0]["start"] }) {
  const [state, setState] = useQueryStates({ q: parseAsString.withDefault(""), ...FACETS_IN_ADDRESS, sort: parseAsString.withDefault("level"), row: parseAsString, segment: parseAsString }, { history: "replace", shallow: true });
  const found = view.segments.findIndex(({ id }) => id === state.segment);
  const shown = useMemo(() => (found < 0 ? view.segments.map((_, at) => at) : [found]), [view, found]);
  const chosen = useMemo<Chosen>(
    () => ({ state: state.state, change: state.change, links: state.links, level: state.level, product: state.product, category: state.category, field: state.field, source: state.source }),
    [state.state, state.change, state.links, state.level, state.product, state.category, state.field, state.source],
  );
  const text = useDeferredValue(state.q);
  const rules = useMemo(() => unpackChecks(view.rules), [view]);
  const rows = useMemo(() => rowsOf(rules, shown, view.states), [rules, shown, view]);
  const filtered = useMemo(() => filterChecks(rows, text, chosen), [rows, text, chosen]);
  const all = useMemo(() => filterChecks(rows, "", null), [rows]);
  const groups = useMemo(
    () =>
      facetGroups(CHECK_FACETS, all, filtered, chosen, { titles: TITLES, label: labelOf, ranks: { state: view.states, change: Object.keys(CHANGE_WORDS), level: LEVELS } }).map((group) =>
        group.facet === "state" ? { ...group, values: group.values.map((value) => ({ ...value, mark: markOf(value.value) })) } : group,
      ),
    [view, all, filtered, chosen],
  );
  const columns = useMemo(() => checkColumns(view, shown.slice(0, MOST_COLUMNS)), [view, shown]);
  const toggle = useFacetToggle(CHECK_FACETS, setState);
  return (
    <BrowseTable
      title="Can rules fire"
      noun="rules"
      placeholder="Filter by title, field, analytic"
      columns={columns}
      rows={filtered.rows}
      rowId={rowId}
      hrefOf={hrefOf}
      linkColumn="title"
      state={state}
      onState={setState}
      facets={<FacetList groups={groups} onToggle={toggle} />}
      chips={CHECK_FACETS.flatMap((facet) => chosen[facet].map((value) => ({ facet, value, label: labelOf(facet, value) })))}
      onRemove={(facet, value) => toggle(facet, value, false)}
      onClear={() => void setState(NO_FILTER)}
      minWidth={1000 + Math.min(shown.length, MOST_COLUMNS) * SEGMENT_WIDTH}
      widthOf={widthOf}
      cellClass={cellClass}
      descendingFirst={(column) => column === "able"}
      columnHead={columnHead}
      above={<CheckSummary view={view} rows={rows} segment={found < 0 ? null : found} onState={(value) => void setState({ state: value === null ? null : [value], change: null })} onChange={(value) => void setState({ change: [value], state: null })} />}
      counts={
        <>
          <strong>{formatCount(filtered.rows.length)}</strong> of {counted(rules.length, "rule")} · {counted(shown.length, "segment")}
          {shown.length > MOST_COLUMNS ? `, the first ${MOST_COLUMNS} drawn: choose one to see it` : ""}
          {view.unchecked > 0 ? ` · ${counted(view.unchecked, "rule")} came or changed since and ${view.unchecked === 1 ? "is" : "are"} not checked yet` : ""}
        </>
      }
      legend={
        <span className="flex flex-wrap gap-x-3">
          {view.states.map((one) => (
            <span key={one} className="inline-flex items-center gap-1">
              <CheckGlyph state={one} silent size={12} />
              {CHECK_LOOK[one].word}
            </span>
          ))}
        </span>
      }
      actions={
        <>
          <Button asChild variant="ghost">
            <KeptLink href="/rules/deployed">Deployed</KeptLink>
          </Button>
          <StartCheck start={start}>Check again</StartCheck>
        </>
      }
    />
  );
}

function labelOf(facet: CheckFacet, value: string): string {
  if (facet === "state") return isState(value) ? CHECK_LOOK[value].word : value;
  return facet === "change" ? (CHANGE_WORDS[value] ?? value) : value;
}

function markOf(value: string) {
  return isState(value) ? <CheckGlyph state={value} silent size={13} /> : null;
}

function isState(value: string): value is ShownState {
  return Object.hasOwn(CHECK_LOOK, value);
}

function columnHead(column: string, header: string) {
  if (!isSegment(column)) return null;
  return {
    className: "w-full justify-center text-center",
    title: header,
    content: (
      <span className="min-w-0">
        {header.split(" ").slice(0, 2).map((word) => (
          <span key={word} className="block truncate">
            {word}
          </span>
        ))}
      </span>
    ),
  };
}
