"use client";
import { useVirtualizer } from "@tanstack/react-virtual";
import { memo, useCallback, useEffect, useRef, type KeyboardEvent, type MouseEvent } from "react";
import { Glyph } from "@/components/status/status-glyph";
import { classNames } from "@/components/ui/class-names";
import type { SourceCell, TelemetryMapView } from "@/lib/reports/telemetry-states";
import { counted, formatCount } from "@/lib/shared/format-number";
import type { FilteredMap } from "./filter-map";
import { MapCell, sayCell } from "./map-cell";

const COLUMN = 204;
const ROW = 42;

interface MapGridProps {
  readonly view: TelemetryMapView;
  readonly map: FilteredMap;
  readonly selected: { readonly family: number; readonly segment: number } | null; // positions in the view
  readonly onSelect: (family: number, segment: number) => void;
  readonly onOpen: (family: number, segment: number) => void;
}

/** Sources by segments. Only columns in sight are drawn; arrows move, Enter opens, Home and End go to a row's ends. */
export function MapGrid({ view, map, selected, onSelect, onOpen }: MapGridProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const wantsFocus = useRef<string | null>(null); // the place to focus as soon as it is drawn and the address has it
  const { families, segments, cells } = map;
  // eslint-disable-next-line react-hooks/incompatible-library -- the compiler is not in use here; TanStack Virtual works without it
  const virtual = useVirtualizer({ horizontal: true, count: segments.length, getScrollElement: () => scroller.current, estimateSize: () => COLUMN, overscan: 3, initialRect: { width: 1100, height: 700 } });
  const items = virtual.getVirtualItems();
  const before = items[0]?.start ?? 0;
  const after = Math.max(0, virtual.getTotalSize() - (items.at(-1)?.end ?? 0));
  const at = { row: Math.max(0, families.indexOf(selected?.family ?? -1)), column: Math.max(0, segments.indexOf(selected?.segment ?? -1)) };

  const go = useCallback(
    (row: number, column: number) => {
      const [family, segment] = [families[row], segments[column]];
      if (family === undefined || segment === undefined) return;
      wantsFocus.current = `${row} ${column}`;
      virtual.scrollToIndex(column, { align: "auto" });
      onSelect(family, segment);
    },
    [families, segments, virtual, onSelect],
  );
  // The cell that the keys moved to is drawn by now, or after the columns have moved into sight.
  useEffect(() => {
    if (wantsFocus.current === null) return;
    // By its place, never "the one with the tab stop": a drawing in between still has that on the cell the keys came from.
    const cell = scroller.current?.querySelector<HTMLElement>(`[data-place='${wantsFocus.current}'][tabindex='0']`);
    if (cell === null || cell === undefined) return;
    wantsFocus.current = null;
    cell.focus({ preventScroll: true });
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
  });
  const onKeyDown = (event: KeyboardEvent) => {
    const last = { row: families.length - 1, column: segments.length - 1 };
    const moves: Readonly<Record<string, readonly [number, number]>> = {
      ArrowUp: [Math.max(0, at.row - 1), at.column],
      ArrowDown: [Math.min(last.row, at.row + 1), at.column],
      ArrowLeft: [at.row, Math.max(0, at.column - 1)],
      ArrowRight: [at.row, Math.min(last.column, at.column + 1)],
      Home: [event.ctrlKey ? 0 : at.row, 0],
      End: [event.ctrlKey ? last.row : at.row, last.column],
      PageUp: [Math.max(0, at.row - 8), at.column],
      PageDown: [Math.min(last.row, at.row + 8), at.column],
    };
    const move = moves[event.key];
    const [family, segment] = [families[at.row], segments[at.column]];
    if (move !== undefined) go(...move);
    else if (event.key === "Enter" && family !== undefined && segment !== undefined && cells.get(family)?.has(segment)) onOpen(family, segment);
    else return;
    event.preventDefault();
  };
  // One listener for all cells: they are drawn anew only when they change.
  const onClick = (event: MouseEvent) => {
    const place = placeOf(event.target);
    if (place !== null) go(place.row, place.column);
  };
  const onDoubleClick = (event: MouseEvent) => {
    const place = placeOf(event.target);
    const [family, segment] = [families[place?.row ?? -1], segments[place?.column ?? -1]];
    if (family !== undefined && segment !== undefined && cells.get(family)?.has(segment)) onOpen(family, segment);
  };

  return (
    <div ref={scroller} className="min-h-0 flex-1 overflow-auto scroll-pt-14 scroll-pl-44 bg-bg max-md:h-[70dvh] max-md:flex-none max-sm:scroll-pl-30">
      <div role="grid" aria-label="Telemetry map" aria-rowcount={families.length + 1} aria-colcount={segments.length + 2} onKeyDown={onKeyDown} onClick={onClick} onDoubleClick={onDoubleClick} style={{ width: "max-content", minWidth: "100%" }}>
        <div role="row" aria-rowindex={1} className="sticky top-0 z-20 flex h-12 border-b bg-bg">
          <div role="columnheader" aria-colindex={1} className="sticky left-0 z-10 flex w-44 shrink-0 items-end bg-bg px-3 pb-1.5 text-xs text-ink-3 max-sm:w-30">
            Source
          </div>
          {before > 0 ? <div role="presentation" style={{ width: before }} className="shrink-0" /> : null}
          {items.map((item) => {
            const segment = view.segments[segments[item.index] ?? -1];
            return segment === undefined ? null : (
              <div key={segment.id} role="columnheader" aria-colindex={item.index + 2} style={{ width: COLUMN }} className="flex shrink-0 flex-col justify-end px-2 pb-1 text-xs" title={`${segment.name}: ${segment.platforms.join(", ")}, criticality ${segment.criticality}`}>
                <span className="truncate font-medium">{segment.name}</span>
                <span className="truncate text-ink-3">
                  {counted(segment.hosts, "host")} · {formatCount(segment.observed)}/{formatCount(segment.applicable)} observed
                </span>
              </div>
            );
          })}
          {after > 0 ? <div role="presentation" style={{ width: after }} className="shrink-0" /> : null}
          <div role="columnheader" aria-colindex={segments.length + 2} className="flex w-28 shrink-0 items-end justify-end px-3 pb-1 text-right text-xs text-ink-3">
            Cells it could feed
          </div>
        </div>
        {families.map((position, row) => {
          const family = view.families[position];
          const first = family !== undefined && view.families[families[row - 1] ?? -1]?.group !== family.group;
          const said = first ? family.group : family?.needed === false ? "no analytic names it" : "";
          return family === undefined ? null : (
            <div key={family.id} role="row" aria-rowindex={row + 2} className={classNames("flex", first && "border-t")} style={{ height: ROW }}>
              <div role="rowheader" aria-colindex={1} className="sticky left-0 z-10 flex w-44 shrink-0 flex-col justify-center bg-bg px-3 text-xs max-sm:w-30" title={`${family.title} (${family.group})`}>
                <span className={classNames("font-medium", said === "" ? "line-clamp-2" : "truncate", first && "max-sm:line-clamp-2 max-sm:whitespace-normal")}>{family.title}</span>
                {said === "" ? null : <span className={classNames("truncate text-ink-3", first && "max-sm:hidden")}>{said}</span>}
              </div>
              {before > 0 ? <div role="presentation" style={{ width: before }} className="shrink-0" /> : null}
              {items.map((item) => {
                const segment = segments[item.index] ?? -1;
                const active = row === at.row && item.index === at.column;
                return <GridCell key={segment} cell={cells.get(position)?.get(segment)} name={`${family.title}, ${view.segments[segment]?.name ?? ""}`} at={view.at} place={`${row} ${item.index}`} column={item.index + 2} active={active} chosen={active && selected !== null} />;
              })}
              {after > 0 ? <div role="presentation" style={{ width: after }} className="shrink-0" /> : null}
              <div role="gridcell" aria-colindex={segments.length + 2} className="flex w-28 shrink-0 items-center justify-end px-3 text-xs font-medium">
                {formatCount(family.analytics)}
              </div>
            </div>
          );
        })}
      </div>
    </div>
  );
}

interface GridCellProps {
  readonly cell: SourceCell | undefined; // none: the source does not apply
  readonly name: string;
  readonly at: number;
  readonly place: string; // row and column among those shown
  readonly column: number; // aria-colindex
  readonly active: boolean; // the one that the keys are on
  readonly chosen: boolean;
}

const GridCell = memo(function GridCell({ cell, name, at, place, column, active, chosen }: GridCellProps) {
  const label = `${name}: ${cell === undefined ? "not applicable" : sayCell(cell, at)}`;
  return (
    <div
      role="gridcell"
      data-place={place}
      aria-colindex={column}
      aria-selected={chosen}
      aria-label={label}
      title={label}
      tabIndex={active ? 0 : -1}
      style={{ width: COLUMN }}
      className="shrink-0 cursor-default p-0.5 outline-none focus-visible:[&>*]:outline-2 focus-visible:[&>*]:outline-accent"
    >
      {cell === undefined ? (
        <span className="grid h-full place-items-center text-ink-3" aria-hidden>
          <Glyph id="g-not-applicable" />
        </span>
      ) : (
        <span className={classNames("block h-full rounded-md border bg-surface hover:bg-hover", chosen && "border-accent bg-accent-soft hover:bg-accent-soft")}>
          <MapCell cell={cell} at={at} />
        </span>
      )}
    </div>
  );
});

function placeOf(target: EventTarget): { readonly row: number; readonly column: number } | null {
  const place = target instanceof Element ? target.closest<HTMLElement>("[data-place]")?.dataset["place"] : undefined;
  const [row, column] = place?.split(" ").map(Number) ?? [];
  return row === undefined || column === undefined ? null : { row, column };
}
