"use client";
import { useSearchParams } from "next/navigation";
import { useCallback, useDeferredValue, useMemo, useRef, useState } from "react";
import { RestsOn } from "@/components/how-computed/rests-on";
import { useSingleKey } from "@/components/layout/single-keys";
import { Metric } from "@/components/metric/metric";
import { Legend } from "@/components/status/legend";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { Prose } from "@/components/ui/prose";
import type { MatrixOverlay, MatrixView } from "@/lib/reports/matrix-view";
import { counted, formatCount } from "@/lib/shared/format-number";
import { describeRows } from "./describe-row";
import { filterMatrix, type MatrixFilter } from "./filter-matrix";
import type { LayerActions } from "./layer-actions";
import { LayerSummary, OutsideLayer } from "./layer-summary";
import { standLayer } from "./layer-stands";
import { layOut } from "./lay-out";
import { CELL_HEIGHT } from "./matrix-cell";
import { MatrixGrid } from "./matrix-grid";
import { HEAD_HEIGHT } from "./matrix-head";
import { MatrixPanel } from "./matrix-panel";
import { MatrixPrint } from "./matrix-print";
import { MatrixStrip } from "./matrix-strip";
import { MatrixTable } from "./matrix-table";
import { MatrixToolbar } from "./matrix-toolbar";
import { openGains } from "./open-gains";
import { ProjectionBanner } from "./projection-banner";
import type { ListWhatIf } from "./what-if-dialog";
import { LostOverlay, OverlaySummary } from "./overlay-summary";
import { readNumbers } from "./read-numbers";
import { useGridWindow } from "./use-grid-window";
import { NO_FILTER, useMatrixState } from "./use-matrix-state";
import { usePrinting } from "./use-printing";

const EVERYTHING: MatrixFilter = { text: "", chosen: { status: [], flag: [], component: [], rule: [], differs: [], layer: [] }, inapplicable: true, overlay: null, allOpen: false, open: new Set() };
const WIDE = 200; // a column with share and count
const NARROW = 156;

/** ATT&CK's matrix of an assessment: what could have been seen, technique by technique. All of it is in the address. */
export function TechniqueMatrix({ view, layerActions, listWhatIf }: { view: MatrixView; layerActions: LayerActions; listWhatIf: ListWhatIf }) {
  const [state, setState] = useMatrixState();
  const search = useRef<HTMLInputElement>(null);
  const [box, setBox] = useState<HTMLDivElement | null>(null);
  const printing = usePrinting();
  const address = useSearchParams();
  const text = useDeferredValue(state.q);
  const platform = view.platforms.indexOf(state.platform ?? "");
  const numbers = useMemo(() => view.scopes.map((scope) => readNumbers(view, scope, platform)), [view, platform]);
  const groups = useMemo(() => state.groups.flatMap((id): MatrixOverlay[] => view.overlays.filter((overlay) => overlay.id === id)), [view, state.groups]);
  const stands = useMemo(() => standLayer(view, numbers[0], view.layer), [view, numbers]);
  const gains = useMemo(() => openGains(view, platform), [view, platform]);
  const filter = useMemo(
    (): MatrixFilter => ({
      text,
      chosen: { status: state.status, flag: state.flag, component: state.component, rule: state.rule, differs: state.differs, layer: stands === null ? [] : state.layer },
      inapplicable: state.all,
      overlay: state.only && groups.length > 0 ? new Set(groups.flatMap(({ techniques }) => techniques)) : null,
      stands,
      gaining: state.gaining ? (gains?.techniques ?? null) : null,
      allOpen: state.subs,
      open: new Set(state.open),
    }),
    [text, state.status, state.flag, state.component, state.rule, state.differs, state.layer, state.all, state.only, state.gaining, state.subs, state.open, groups, stands, gains],
  );
  const filtered = useMemo(() => filterMatrix(view, numbers, filter), [view, numbers, filter]);
  const everything = useMemo(() => filterMatrix(view, numbers, { ...EVERYTHING, stands }), [view, numbers, stands]);
  const columns = useMemo(() => layOut(view, filtered), [view, filtered]);
  const describe = useMemo(() => describeRows(view, numbers, groups, stands, gains), [view, numbers, groups, stands, gains]);
  const selected = useMemo(() => {
    const [techniqueId, tacticId] = (state.cell ?? "").split("~");
    const technique = view.techniques.findIndex(({ id }) => id === techniqueId);
    return technique < 0 ? null : { technique, tactic: Math.max(0, view.tactics.findIndex(({ id }) => id === tacticId)) };
  }, [view, state.cell]);
  const select = useCallback((technique: number, tactic: number) => void setState({ cell: `${view.techniques[technique]?.id ?? ""}~${view.tactics[tactic]?.id ?? ""}` }), [setState, view]);
  const toggle = useCallback(
    (technique: number) => {
      const id = view.techniques[technique]?.id ?? "";
      void setState((now) => ({ open: now.open.includes(id) ? now.open.filter((other) => other !== id) : [...now.open, id] }));
    },
    [setState, view],
  );
  useSingleKey((key, event) => {
    if (key === "/") {
      event.preventDefault();
      search.current?.focus();
    } else if (key === "Escape") void setState({ cell: null });
  });
  const width = state.numbers ? WIDE : NARROW;
  const longest = columns.reduce((most, { rows }) => Math.max(most, rows.length), 0);
  const { drawn, seen } = useGridWindow(box, { width, height: CELL_HEIGHT }, HEAD_HEIGHT, { columns: columns.length, rows: longest });
  const hrefOfSegment = (segment: string): string => {
    const next = new URLSearchParams(address);
    next.set("segment", segment);
    return `/matrix?${next}`;
  };
  const tops = view.techniques.filter(({ parent }) => parent < 0).length;
  const asTable = state.view === "table";

  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col md:h-[calc(100dvh-80px-var(--notice))] md:flex-none print:block print:h-auto">
      <h1 className="sr-only print:not-sr-only">Matrix</h1>
      <MatrixToolbar view={view} state={state} setState={setState} search={search} all={everything.counts} counts={filtered.counts} groups={groups} layerActions={layerActions} listWhatIf={listWhatIf} />
      <div className="flex flex-wrap items-center gap-x-4 gap-y-0.5 px-3 pb-2 md:px-5">
        {numbers.map(({ total }, index) => (
          <span key={index} className="inline-flex flex-wrap items-center gap-x-1.5">
            <span className="font-medium">{view.scopes[index]?.name}</span>
            <Metric measure="observed-share" size="line" how value={total?.value ?? null} low={total?.low ?? null} high={total?.high ?? null} k={total?.k ?? 0} n={total?.n ?? 0} kWord="observed" />
          </span>
        ))}
        <span className="text-ink-2">
          <Prose of={view.say} />
        </span>
        <RestsOn />
        <OverlaySummary view={view} groups={groups} numbers={numbers[0]} />
        {view.layer === null && address.get("overlay") !== null ? <LostOverlay /> : null}
      </div>
      {view.projection === null ? null : <ProjectionBanner projection={view.projection} only={state.gaining} onOnly={(on) => void setState({ gaining: on || null })} />}
      {view.layer === null || stands === null ? null : <LayerSummary view={view} layer={view.layer} stands={stands} onShow={(stand) => void setState({ ...NO_FILTER, layer: [stand], view: "table", subs: true, sort: null })} />}
      {asTable ? <div className="border-t print:hidden" /> : <MatrixStrip view={view} columns={columns} describe={describe} seen={seen} onGo={(column) => box?.scrollTo({ left: column * width })} />}
      <div className="flex min-h-0 flex-1 flex-col xl:flex-row print:hidden">
        {filtered.rows.length === 0 ? (
          <div className="flex-1 p-6 text-ink-2" role="status">
            {view.techniques.length === 0 ? "No technique of this domain has an analytic." : "No technique fits these filters here."}{" "}
            <Button variant="ghost" onClick={() => void setState(NO_FILTER)}>
              Clear all filters
            </Button>
          </div>
        ) : asTable ? (
          <MatrixTable view={view} rows={filtered.rows} describe={describe} sort={state.sort} onSort={(sort) => void setState({ sort })} selected={selected?.technique ?? null} onSelect={select} />
        ) : (
          <MatrixGrid box={box} onBox={setBox} view={view} columns={columns} numbers={numbers} describe={describe} drawn={drawn} width={width} shares={state.numbers} selected={selected} panel={selected !== null} onSelect={select} onToggle={toggle} />
        )}
        {selected === null ? null : (
          <MatrixPanel
            view={view}
            technique={selected.technique}
            tactic={selected.tactic}
            numbers={numbers}
            stands={stands}
            gains={gains}
            groups={groups.filter(({ techniques }) => techniques.some((index) => index === selected.technique || view.techniques[index]?.parent === selected.technique)).map(({ name }) => name)}
            onSelect={select}
            onClose={() => void setState({ cell: null })}
            hrefOfSegment={hrefOfSegment}
          />
        )}
      </div>
      {asTable && view.layer !== null ? <OutsideLayer layer={view.layer} /> : null}
      {printing ? <MatrixPrint view={view} columns={columns} describe={describe} /> : null}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 border-t bg-surface px-3 py-1.5 text-xs text-ink-2 md:px-5">
        <span role="status">
          <strong>{formatCount(filtered.techniques)}</strong> of {counted(tops, "technique")}, <strong>{formatCount(filtered.subs)}</strong> of {counted(view.techniques.length - tops, "sub-technique")}
        </span>
        <div className="ml-auto">
          <Legend without={state.all ? [] : ["not-applicable"]} />
        </div>
        <span className="text-ink-3 max-xl:hidden print:hidden">
          <Kbd>←</Kbd> <Kbd>↑</Kbd> <Kbd>↓</Kbd> <Kbd>→</Kbd> move <Kbd>↵</Kbd> why <Kbd>space</Kbd> sub-techniques
        </span>
      </div>
    </div>
  );
}
