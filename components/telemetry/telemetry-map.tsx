"use client";
import { Grid3x3, Search, Sparkles, TableProperties } from "lucide-react";
import { useRouter } from "next/navigation";
import { parseAsBoolean, parseAsString, useQueryStates } from "nuqs";
import { useCallback, useDeferredValue, useMemo, useRef } from "react";
import { HowComputed } from "@/components/how-computed/how-computed";
import { RestsOn } from "@/components/how-computed/rests-on";
import { KeptLink, useKeptHref } from "@/components/layout/kept-link";
import { useSingleKey } from "@/components/layout/single-keys";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Kbd } from "@/components/ui/kbd";
import { Prose } from "@/components/ui/prose";
import { Select } from "@/components/ui/select";
import type { TelemetryMapView } from "@/lib/reports/telemetry-states";
import { counted, formatCount } from "@/lib/shared/format-number";
import { filterMap, hasState } from "./filter-map";
import { MapGrid } from "./map-grid";
import { MapPanel, sourceHref } from "./map-panel";
import { MapTable } from "./map-table";
import { SourceLegend, STATE_LOOK, STATE_ORDER } from "./source-state";

const STATES = [{ value: "all", label: "any state" }, ...STATE_ORDER.map((state) => ({ value: String(state), label: STATE_LOOK[state].word })), { value: "contradicted", label: "contradicted" }];

/** Which records really arrive, from whom, how fresh and how good: every source against every segment. All of it is in the address. */
export function TelemetryMap({ view }: { view: TelemetryMapView }) {
  const [state, setState] = useQueryStates(
    { q: parseAsString.withDefault(""), platform: parseAsString, family: parseAsString, state: parseAsString, all: parseAsBoolean.withDefault(false), view: parseAsString.withDefault("map"), cell: parseAsString, segment: parseAsString },
    { history: "replace", shallow: true },
  );
  const router = useRouter();
  const kept = useKeptHref();
  const search = useRef<HTMLInputElement>(null);
  const text = useDeferredValue(state.q);
  const map = useMemo(() => filterMap(view, { segment: view.segments.some(({ id }) => id === state.segment) ? state.segment : null, platform: state.platform, group: state.family, state: state.state, all: state.all, text }), [view, state.segment, state.platform, state.family, state.state, state.all, text]);
  const selected = useMemo(() => {
    const [segmentId, familyId] = (state.cell ?? "").split("~");
    const [segment, family] = [view.segments.findIndex(({ id }) => id === segmentId), view.families.findIndex(({ id }) => id === familyId)];
    return segment < 0 || family < 0 ? null : { segment, family };
  }, [view, state.cell]);
  const cell = selected === null ? undefined : map.cells.get(selected.family)?.get(selected.segment);
  const platforms = useMemo(() => [...new Set(view.segments.flatMap((segment) => segment.platforms))].sort(), [view]);
  const groups = useMemo(() => [...new Set(view.families.map(({ group }) => group))], [view]);
  const rows = useMemo(
    () => map.segments.flatMap((segment) => map.families.flatMap((family) => map.cells.get(family)?.get(segment) ?? [])).filter((entry) => state.state === null || hasState(entry, state.state)),
    [map, state.state],
  );
  const select = useCallback((family: number, segment: number) => void setState({ cell: `${view.segments[segment]?.id ?? ""}~${view.families[family]?.id ?? ""}` }), [setState, view]);
  // The choice is in the address before the page changes, so that coming back finds it.
  const open = useCallback((family: number, segment: number) => void setState({ cell: `${view.segments[segment]?.id ?? ""}~${view.families[family]?.id ?? ""}` }).then(() => router.push(kept(sourceHref(view.segments[segment]?.id ?? "", view.families[family]?.id ?? "")))), [setState, router, kept, view]);
  useSingleKey((key, event) => {
    if (key === "/") {
      event.preventDefault();
      search.current?.focus();
    } else if (key === "Escape") void setState({ cell: null });
  });
  const narrowed = state.q !== "" || state.platform !== null || state.family !== null || state.state !== null;
  const clear = () => void setState({ q: null, platform: null, family: null, state: null, segment: null });
  const asTable = state.view === "table";

  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col md:h-[calc(100dvh-80px-var(--notice))] md:flex-none">
      <div className="flex flex-wrap items-end gap-x-4 gap-y-2 px-3 pt-3 md:px-5">
        <div className="min-w-0 flex-1 basis-80">
          <h1>Telemetry map</h1>
          <p className="max-w-[860px] text-pretty text-ink-2">
            Which records really arrive, from how many hosts, how fresh, how good. <Prose of={view.say} /> <RestsOn />
            {view.later > 0 ? ` ${counted(view.later, "sample was", "samples were")} imported since this assessment and not counted here.` : ""}
          </p>
        </div>
        <div className="flex flex-wrap gap-2 print:hidden">
          <Button onClick={() => void setState({ view: asTable ? null : "table" })} aria-pressed={asTable}>
            {asTable ? <Grid3x3 size={14} aria-hidden /> : <TableProperties size={14} aria-hidden />}
            {asTable ? "Show as map" : "Show as table"}
          </Button>
          <Button asChild>
            <KeptLink href="/telemetry/what-if">
              <Sparkles size={14} aria-hidden />
              What could a source give
            </KeptLink>
          </Button>
        </div>
      </div>
      <div className="flex flex-wrap items-center gap-2 border-b px-3 py-2.5 md:px-5 print:hidden" role="search">
        <label className="flex h-7 w-60 max-w-full items-center gap-1.5 rounded-md border border-line-2 bg-surface px-2 focus-within:outline-2 focus-within:outline-accent">
          <Search size={14} className="shrink-0 text-ink-3" aria-hidden />
          <input ref={search} value={state.q} onChange={(event) => void setState({ q: event.target.value || null })} onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()} placeholder="Source or segment" aria-label="Filter sources and segments" className="w-full min-w-0 bg-transparent text-sm outline-none" />
          <Kbd>/</Kbd>
        </label>
        <Select label="Filter by platform" value={state.platform ?? "all"} onChange={(value) => void setState({ platform: value === "all" ? null : value })} options={[{ value: "all", label: "any platform" }, ...platforms.map((value) => ({ value, label: value }))]} />
        <Select label="Filter by family" value={state.family ?? "all"} onChange={(value) => void setState({ family: value === "all" ? null : value })} options={[{ value: "all", label: "any family" }, ...groups.map((value) => ({ value, label: value }))]} />
        <Select label="Filter by state" value={state.state ?? "all"} onChange={(value) => void setState({ state: value === "all" ? null : value })} options={STATES} />
        <Checkbox checked={!state.all} onChange={(event) => void setState({ all: event.target.checked ? null : true })}>
          only what analytics name, sends or is claimed
        </Checkbox>
        {narrowed ? (
          <Button variant="ghost" onClick={clear}>
            Clear
          </Button>
        ) : null}
      </div>
      <div className="flex min-h-0 flex-1 flex-col xl:flex-row">
        {map.families.length === 0 || map.segments.length === 0 ? (
          <div className="flex-1 p-6 text-ink-2" role="status">
            No source fits these filters.{" "}
            <Button variant="ghost" onClick={clear}>
              Clear all filters
            </Button>
          </div>
        ) : asTable ? (
          <MapTable view={view} cells={rows} />
        ) : (
          <MapGrid view={view} map={map} selected={selected} onSelect={select} onOpen={open} />
        )}
        {cell === undefined ? null : <MapPanel view={view} cell={cell} onClose={() => void setState({ cell: null })} />}
      </div>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 border-t bg-surface px-3 py-1.5 text-xs text-ink-2 md:px-5">
        <span role="status">
          <strong>{formatCount(map.families.length)}</strong> of {counted(view.families.length, "source")} · {counted(map.segments.length, "segment")} · {counted(map.count, "cell")}
        </span>
        <div className="ml-auto flex items-center gap-x-2">
          <SourceLegend />
          <HowComputed measure="host-share" />
        </div>
        <span className="text-ink-3 max-xl:hidden">
          <Kbd>←</Kbd> <Kbd>↑</Kbd> <Kbd>↓</Kbd> <Kbd>→</Kbd> move <Kbd>↵</Kbd> open
        </span>
      </div>
    </div>
  );
}
