"use client";
import { Download } from "lucide-react";
import { useRouter } from "next/navigation";
import { parseAsArrayOf, parseAsString, useQueryStates } from "nuqs";
import { useCallback, useDeferredValue, useMemo, useState } from "react";
import type { MeasureId } from "@/components/how-computed/measures";
import { RestsOn } from "@/components/how-computed/rests-on";
import { KeptLink } from "@/components/layout/kept-link";
import { BrowseTable } from "@/components/tables/browse-table";
import { facetGroups } from "@/components/tables/count-facets";
import { FacetList } from "@/components/tables/facet-list";
import { Button } from "@/components/ui/button";
import type { GapsView } from "@/lib/reports/gaps-view";
import { counted, formatCount } from "@/lib/shared/format-number";
import { EditGaps } from "./edit-gaps";
import { DUE_VALUES, filterGaps, GAP_FACETS, type Chosen, type GapFacet } from "./filter-gaps";
import type { GapActions } from "./gap-actions";
import { CAUSE_WORD, gapLabel, KIND_WORD, STATE_WORD } from "./gap-words";
import { GAP_WIDTHS, gapsColumns, NUMERIC, type ChosenGap } from "./gaps-columns";
import { unpackGaps } from "./unpack-gaps";

const many = parseAsArrayOf(parseAsString).withDefault([]);
const FACETS_IN_ADDRESS = { state: many, kind: many, in: many, owner: many, due: many, cause: many, source: many };
const NO_FILTER = { q: null, state: null, kind: null, in: null, owner: null, due: null, cause: null, source: null };
const TITLES: Readonly<Record<GapFacet, string>> = { state: "State", kind: "Action", segment: "Segment", owner: "Owner", due: "Due", cause: "Main cause", source: "Source" };
const WORDS: Readonly<Record<string, string>> = { ...KIND_WORD, ...STATE_WORD, ...CAUSE_WORD };

const rowId = (gap: ChosenGap): string => String(gap.id);
const hrefOf = (gap: ChosenGap): string => `/gaps/${gapLabel(gap.id)}`;
const cellClass = (column: string): string | undefined => (NUMERIC.has(column) ? "text-right" : undefined);
const widthOf = (column: string): number | undefined => GAP_WIDTHS[column];
// The segment of every page is named segment in the address already.
const inAddress = (facet: GapFacet): keyof typeof FACETS_IN_ADDRESS => (facet === "segment" ? "in" : facet);

/** The backlog: every gap, narrowed by facets and words, changed one by one or together, taken away as CSV or tickets. */
export function GapsTable({ view, actions }: { view: GapsView; actions: GapActions }) {
  const [state, setState] = useQueryStates({ q: parseAsString.withDefault(""), ...FACETS_IN_ADDRESS, sort: parseAsString.withDefault("-gain"), row: parseAsString, segment: parseAsString }, { history: "replace", shallow: true });
  const [marked, setMarked] = useState<ReadonlySet<number>>(new Set());
  const router = useRouter();
  const gaps = useMemo(() => unpackGaps(view.gaps, view.segments), [view]);
  const chosen = useMemo<Chosen>(() => ({ state: state.state, kind: state.kind, segment: state.in, owner: state.owner, due: state.due, cause: state.cause, source: state.source }), [state.state, state.kind, state.in, state.owner, state.due, state.cause, state.source]);
  const text = useDeferredValue(state.q);
  const { segment } = state;
  const found = useMemo(() => filterGaps(gaps, { text, segment, chosen, today: view.today }), [gaps, text, segment, chosen, view.today]);
  const all = useMemo(() => filterGaps(gaps, { text: "", segment, chosen: null, today: view.today }), [gaps, segment, view.today]);
  const groups = useMemo(() => facetGroups(GAP_FACETS, all, found, chosen, { titles: TITLES, label: labelOf, ranks: { state: Object.keys(STATE_WORD), kind: Object.keys(KIND_WORD), due: DUE_VALUES } }), [all, found, chosen]);
  const toggle = useCallback(
    (name: string, value: string, on: boolean) => {
      const facet = GAP_FACETS.find((one) => one === name);
      if (facet === undefined) return;
      const key = inAddress(facet);
      void setState((now) => ({ [key]: on ? [...now[key], value] : now[key].filter((other) => other !== value) }));
    },
    [setState],
  );
  const choose = useCallback((id: number, on: boolean) => setMarked((now) => new Set(on ? [...now, id] : [...now].filter((other) => other !== id))), []);
  const rows = useMemo(() => found.rows.map((gap): ChosenGap => ({ ...gap, chosen: marked.has(gap.id), overdue: gap.state !== "done" && gap.due !== "" && gap.due < view.today, choose })), [found.rows, marked, choose, view.today]);
  const columns = useMemo(() => gapsColumns(view.currency), [view.currency]);
  const concerned = marked.size > 0 ? found.rows.filter(({ id }) => marked.has(id)) : found.rows;
  const live = gaps.filter((gap) => gap.state !== "done" && (segment === null || gap.segmentId === segment)).length;
  const query = exportQuery(state);
  return (
    <BrowseTable
      title="Gaps"
      noun="gaps"
      placeholder="Filter by what, why, owner"
      columns={columns}
      rows={rows}
      rowId={rowId}
      hrefOf={hrefOf}
      linkColumn="what"
      state={state}
      onState={setState}
      facets={<FacetList groups={groups} onToggle={toggle} />}
      chips={GAP_FACETS.flatMap((facet) => chosen[facet].map((value) => ({ facet, value, label: labelOf(facet, value) })))}
      onRemove={(facet, value) => toggle(facet, value, false)}
      onClear={() => void setState(NO_FILTER)}
      minWidth={1548}
      widthOf={widthOf}
      cellClass={cellClass}
      descendingFirst={(column) => NUMERIC.has(column) || column === "chosen"}
      columnHead={(column, header) => (NUMERIC.has(column) ? { className: "text-right", content: header, title: HEAD_TITLES[column], how: HEAD_MEASURES[column] } : null)}
      counts={
        <>
          <strong>{formatCount(found.rows.length)}</strong> of {counted(live, "live gap")}, {formatCount(gaps.length)} with what is done{marked.size > 0 ? `, ${formatCount(concerned.length)} chosen` : ""}
          {view.assessment === null ? null : <>; as of <RestsOn /></>}
        </>
      }
      actions={
        <>
          <EditGaps
            ids={concerned.map(({ id }) => gapLabel(id))}
            label={marked.size > 0 ? `Edit ${formatCount(concerned.length)} chosen` : `Edit all ${formatCount(concerned.length)} shown`}
            set={actions.set}
            onDone={() => {
              setMarked(new Set());
              router.refresh();
            }}
          />
          <Button asChild variant="ghost">
            <KeptLink href="/plan">Plan</KeptLink>
          </Button>
          <Button asChild variant="ghost">
            <a href={`/api/gaps/csv${query}`} download>
              <Download size={14} aria-hidden />
              CSV
            </a>
          </Button>
          <Button asChild variant="ghost">
            <a href={`/api/gaps/tickets${query}`} download>
              Tickets
            </a>
          </Button>
        </>
      }
    />
  );
}

const HEAD_TITLES: Readonly<Record<string, string>> = {
  cells: "cells that lack this",
  alone: "cells that lack nothing else",
  points: "points of the fleet's observable share that are lost here; a cell that lacks several things divides its weight over them",
  cost: "licence, volume and effort of everything that closes it, a year",
  gain: "points for so much money: the order of the backlog",
};

const HEAD_MEASURES: Readonly<Record<string, MeasureId>> = { points: "gap-points", gain: "gap-gain" };

/** The filters as they stand, so that a file holds what is shown. */
function exportQuery(state: Readonly<Record<string, string | null | readonly string[]>>): string {
  const query = new URLSearchParams();
  for (const name of [...Object.keys(NO_FILTER), "segment"]) {
    const value = state[name];
    const text = typeof value === "string" ? value : (value ?? []).map(joinable).join(",");
    if (text !== "") query.set(name, text);
  }
  return query.size === 0 ? "" : `?${query.toString()}`;
}

/** A value that holds a comma stays one value; app/api/gaps reads it back. */
function joinable(value: string): string {
  return value.replaceAll("%", "%25").replaceAll(",", "%2C");
}

function labelOf(facet: GapFacet, value: string): string {
  return facet === "state" || facet === "kind" || facet === "cause" ? (WORDS[value] ?? value) : value;
}
