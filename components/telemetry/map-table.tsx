"use client";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useRef } from "react";
import { HowComputed } from "@/components/how-computed/how-computed";
import { KeptLink } from "@/components/layout/kept-link";
import { PartOfWhole } from "@/components/metric/metric";
import type { SourceCell, TelemetryMapView } from "@/lib/reports/telemetry-states";
import { formatCount } from "@/lib/shared/format-number";
import { formatTime } from "@/lib/shared/format-time";
import { ageAt, hostShare, hostsOf, sayQuality } from "./map-cell";
import { sourceHref } from "./map-panel";
import { SourceWord } from "./source-state";

const ROW = 32;
const HEADS = ["Segment", "Source", "State", "Hosts", "Share", "Fresh records", "Newest", "Probes", "Components proven", "Analytics served", "Claims"] as const;
const NUMBERS = new Set<string>(["Hosts", "Share", "Fresh records", "Components proven", "Analytics served", "Claims"]);

/** The map as a table: one row per source and segment, the same filters. Only rows in sight are drawn. */
export function MapTable({ view, cells }: { view: TelemetryMapView; cells: readonly SourceCell[] }) {
  const scroller = useRef<HTMLDivElement>(null);
  // eslint-disable-next-line react-hooks/incompatible-library -- the compiler is not in use here; TanStack Virtual works without it
  const virtual = useVirtualizer({ count: cells.length, getScrollElement: () => scroller.current, estimateSize: () => ROW, overscan: 16, initialRect: { width: 1100, height: 700 } });
  const items = virtual.getVirtualItems();
  const before = items[0]?.start ?? 0;
  const after = Math.max(0, virtual.getTotalSize() - (items.at(-1)?.end ?? 0));
  return (
    <div ref={scroller} role="region" aria-label="Telemetry table" tabIndex={0} className="min-h-0 flex-1 overflow-auto bg-surface max-md:h-[70dvh] max-md:flex-none">
      <table className="w-full min-w-[1180px] border-collapse text-xs" aria-rowcount={cells.length + 1}>
        <thead className="sticky top-0 z-10 bg-surface">
          <tr>
            {HEADS.map((head) => (
              <th key={head} scope="col" className={`h-9 border-b px-2 font-medium whitespace-nowrap text-ink-2 first:pl-4 last:pr-4 ${NUMBERS.has(head) ? "text-right" : "text-left"}`}>
                {head}
                {head === "Share" ? <HowComputed measure="host-share" className="-mr-1" /> : null}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {before > 0 ? <tr aria-hidden style={{ height: before }} /> : null}
          {items.map((item) => {
            const cell = cells[item.index];
            const segment = cell && view.segments[cell.segment];
            const family = cell && view.families[cell.family];
            return cell === undefined || segment === undefined || family === undefined ? null : (
              <tr key={`${segment.id} ${family.id}`} aria-rowindex={item.index + 2} style={{ height: ROW }} className="hover:bg-hover [&>td]:border-b [&>td]:px-2 [&>td:first-child]:pl-4 [&>td:last-child]:pr-4">
                <td className="whitespace-nowrap">{segment.name}</td>
                <td className="whitespace-nowrap">
                  <KeptLink href={sourceHref(segment.id, family.id)} className="text-accent hover:underline">
                    {family.title}
                  </KeptLink>
                </td>
                <td>
                  <SourceWord state={cell.state} flags={cell.flags} />
                </td>
                <td className="text-right whitespace-nowrap">{hostsOf(cell)}</td>
                <td className="text-right">{cell.records === 0 ? <span className="text-ink-3">–</span> : <PartOfWhole measure="host-share" millionths={hostShare(cell)} title={hostsOf(cell)} />}</td>
                <td className="text-right">{formatCount(cell.records)}</td>
                <td className="whitespace-nowrap">{cell.newest === null ? <span className="text-ink-3">never seen</span> : <span title={formatTime(cell.newest)}>{ageAt(view.at, cell.newest)}</span>}</td>
                <td className="whitespace-nowrap">{sayQuality(cell.quality)}</td>
                <td className="text-right whitespace-nowrap">
                  {formatCount(cell.met)} of {formatCount(cell.asked)}
                </td>
                <td className="text-right whitespace-nowrap">
                  {formatCount(cell.served)} of {formatCount(cell.analytics)}
                </td>
                <td className="text-right">{formatCount(cell.claims)}</td>
              </tr>
            );
          })}
          {after > 0 ? <tr aria-hidden style={{ height: after }} /> : null}
        </tbody>
      </table>
    </div>
  );
}
