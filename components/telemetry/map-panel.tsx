"use client";
import { X } from "lucide-react";
import { KeptLink } from "@/components/layout/kept-link";
import { Metric } from "@/components/metric/metric";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import type { SourceCell, TelemetryMapView } from "@/lib/reports/telemetry-states";
import { counted, formatCount } from "@/lib/shared/format-number";
import { formatTime } from "@/lib/shared/format-time";
import { ageAt, hostShare, sayQuality } from "./map-cell";
import { SourceWord, STATE_LOOK } from "./source-state";

/** The address of a source in a segment. */
export function sourceHref(segment: string, family: string): string {
  return `/telemetry/${encodeURIComponent(segment)}/${encodeURIComponent(family)}`;
}

/** One cell of the map in words, and the way to all that is behind it. */
export function MapPanel({ view, cell, onClose }: { view: TelemetryMapView; cell: SourceCell; onClose: () => void }) {
  const segment = view.segments[cell.segment];
  const family = view.families[cell.family];
  if (segment === undefined || family === undefined) return null;
  const rows: readonly (readonly [string, string])[] = [
    ["Fresh records", formatCount(cell.records)],
    ["Newest", cell.newest === null ? "never seen" : `${formatTime(cell.newest)} (${ageAt(view.at, cell.newest)})`],
    ["Components asked of it", `${formatCount(cell.met)} of ${formatCount(cell.asked)} proven`],
    ["Analytics", `${formatCount(cell.served)} of ${formatCount(cell.analytics)} that could use it are served; ${formatCount(cell.cited)} name it`],
    ["Claims that count", formatCount(cell.claims)],
    ["Probes", sayQuality(cell.quality)],
  ];
  return (
    <aside aria-label="Chosen source" className="flex w-full shrink-0 flex-col gap-3 overflow-y-auto border-t bg-surface p-4 xl:w-80 xl:border-t-0 xl:border-l">
      <div className="flex items-start gap-2">
        <div className="min-w-0 flex-1">
          <p className="text-xs text-ink-2">{segment.name}</p>
          <h2>{family.title}</h2>
        </div>
        <IconButton label="Close" onClick={onClose}>
          <X size={16} aria-hidden />
        </IconButton>
      </div>
      <div>
        <SourceWord state={cell.state} flags={cell.flags} />
        <p className="mt-0.5 text-xs text-pretty text-ink-2">{STATE_LOOK[cell.state].says}.</p>
      </div>
      {cell.records > 0 ? <Metric measure="host-share" value={hostShare(cell)} low={null} high={null} k={cell.hosts} n={cell.of} unit={["host", "hosts"]} kWord="with fresh records" /> : null}
      <dl className="grid grid-cols-[112px_minmax(0,1fr)] gap-x-3 gap-y-1.5 text-xs">
        {rows.map(([label, value]) => (
          <div key={label} className="contents">
            <dt className="text-ink-3">{label}</dt>
            <dd className="text-pretty">{value}</dd>
          </div>
        ))}
      </dl>
      <div className="mt-auto flex flex-wrap gap-2 pt-1">
        <Button asChild variant="primary">
          <KeptLink href={sourceHref(segment.id, family.id)}>Open {counted(cell.analytics, "analytic")}, keys and records</KeptLink>
        </Button>
      </div>
    </aside>
  );
}
