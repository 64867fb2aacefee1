"use client";
import { useState, type ReactNode } from "react";
import { HowComputed } from "@/components/how-computed/how-computed";
import { KeptLink } from "@/components/layout/kept-link";
import { Metric, PartOfWhole } from "@/components/metric/metric";
import { Legend } from "@/components/status/legend";
import { StatusBar } from "@/components/status/status-bar";
import { Card, CardHeader } from "@/components/ui/card";
import type { SegmentRow } from "@/lib/reports/overview-view";
import { counted, formatCount } from "@/lib/shared/format-number";
import { formatPoints } from "@/lib/shared/format-share";

const COLUMNS = "grid-cols-[minmax(0,1fr)_auto] md:grid-cols-[150px_minmax(0,1fr)_128px_44px_60px] print:grid-cols-[150px_minmax(0,1fr)_108px_38px_44px]";

// As many as leave the frontier on the first screen; a single one more is not worth hiding. Paper has as many as leave it on one page.
const SHOWN = 5;
const PRINTED = 10;

/** One bar of statuses per segment, heaviest gap first; the lightest of many wait behind a button. */
export function SegmentBars({ rows, say }: { rows: readonly SegmentRow[]; say: ReactNode }) {
  const [all, setAll] = useState(false);
  const shown = all || rows.length <= SHOWN + 1 ? rows.length : SHOWN;
  const hiddenGap = gapOf(rows.slice(shown));
  const drawn = all ? rows.length : Math.max(shown, Math.min(PRINTED, rows.length));
  return (
    <Card className="flex flex-col">
      <CardHeader
        title="Status by segment"
        note="sorted by weighted gap"
        say={say}
        action={
          <KeptLink href="/matrix" className="text-xs text-accent underline">
            Open the matrix
          </KeptLink>
        }
      />
      <div className={`mt-1 hidden h-6 items-center gap-3 px-4 text-xs text-ink-3 md:grid print:grid ${COLUMNS}`}>
        <span>Segment</span>
        <span>
          Analytics by status
          <HowComputed measure="status-counts" />
        </span>
        <span className="text-right whitespace-nowrap">
          Observed, interval
          <HowComputed measure="observed-share" className="-mr-1.5" />
        </span>
        <span className="text-right">Δ pts</span>
        <span className="text-right whitespace-nowrap">
          Of gap
          <HowComputed measure="gap-part" className="-mr-1.5 -ml-0.5" />
        </span>
      </div>
      <ul>
        {rows.slice(0, drawn).map((row, position) => (
          <li key={row.id} className={`${position >= shown ? "hidden print:grid" : position >= PRINTED ? "grid print:hidden" : "grid"} items-center gap-x-3 gap-y-1.5 border-t px-3 py-2 md:min-h-8 md:px-4 md:py-px print:py-1 ${COLUMNS}`}>
            <KeptLink href={`/segments/${row.id}`} className="flex min-w-0 flex-col leading-[15px] hover:underline">
              <span className="truncate font-medium" title={row.name}>{row.name}</span>
              <span className="truncate text-xs text-ink-2">
                {formatCount(row.assets)} {row.assets === 1 ? "host" : "hosts"} · criticality {row.criticality}
              </span>
            </KeptLink>
            <div className="max-md:order-3 max-md:col-span-2 print:order-none print:col-span-1">
              <StatusBar counts={row.counts} label={row.name} />
            </div>
            <Metric measure="observed-share" size="row" {...row.observed} />
            <span className="hidden text-right md:block print:block">{row.delta === null ? <span className="text-ink-3">–</span> : formatPoints(row.delta)}</span>
            <span className="hidden text-right text-ink-2 md:block print:block">
              <PartOfWhole measure="gap-part" millionths={row.ofGap} title="its part of the weighted gap of all segments" />
            </span>
          </li>
        ))}
      </ul>
      {rows.length > PRINTED ? (
        <p className="hidden border-t px-4 py-1 text-xs text-ink-2 print:block">
          and {counted(rows.length - PRINTED, "more segment")} with <PartOfWhole measure="gap-part" millionths={gapOf(rows.slice(PRINTED))} title="their part of the weighted gap of all segments" /> of the gap
        </p>
      ) : null}
      <div className="mt-auto flex flex-wrap items-center gap-x-4 gap-y-1 border-t px-3 py-1.5 md:px-4">
        <Legend />
        {shown < rows.length ? (
          <button type="button" onClick={() => setAll(true)} className="ml-auto min-h-6 text-xs text-ink-2 hover:underline print:hidden">
            <span className="text-accent">{counted(rows.length - shown, "more segment")}</span>, <PartOfWhole measure="gap-part" millionths={hiddenGap} title="their part of the weighted gap of all segments" /> of the gap
          </button>
        ) : null}
      </div>
    </Card>
  );
}

function gapOf(rows: readonly SegmentRow[]): number {
  return rows.reduce((sum, row) => sum + (row.ofGap ?? 0), 0);
}
