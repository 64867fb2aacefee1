import { Metric } from "@/components/metric/metric";
import { Card } from "@/components/ui/card";
import type { TelemetrySourceView } from "@/lib/operations/get-telemetry-source";
import { counted, formatCount } from "@/lib/shared/format-number";
import { formatTime } from "@/lib/shared/format-time";
import { ageAt, hostShare, sayQuality } from "./map-cell";
import { SourceWord, STATE_LOOK } from "./source-state";

/** The cell of the map, larger: state, hosts, freshness, quality, and what rests on it. */
export function SourceSummary({ view }: { view: TelemetrySourceView }) {
  const { cell, at } = view;
  const tile = "border-b px-3 py-3 last:border-b-0 md:border-b-0 md:border-l md:px-4 md:first:border-l-0";
  return (
    <Card className="grid md:grid-cols-5">
      <div className={tile}>
        <h2>
          <SourceWord state={cell.state} flags={cell.flags} />
        </h2>
        <p className="mt-1 text-xs text-pretty text-ink-2">{STATE_LOOK[cell.state].says}.</p>
      </div>
      <div className={tile}>
        <h3>Hosts with fresh records</h3>
        {cell.records > 0 ? <Metric measure="host-share" value={hostShare(cell)} low={null} high={null} k={cell.hosts} n={cell.of} unit={["host", "hosts"]} /> : <p className="mt-1.5 text-lg text-ink-2">none{cell.of > 0 ? ` of ${formatCount(cell.of)}` : ""}</p>}
      </div>
      <div className={tile}>
        <h3>Newest record</h3>
        <p className="mt-1.5 text-xl font-semibold tracking-tight">{cell.newest === null ? <span className="text-ink-2">never seen</span> : ageAt(at, cell.newest)}</p>
        <p className="text-xs text-ink-3">{cell.newest === null ? `${counted(cell.claims, "claim")} ${cell.claims === 1 ? "counts" : "count"}` : `${formatTime(cell.newest)} · ${counted(cell.records, "fresh record")}`}</p>
      </div>
      <div className={tile}>
        <h3>Components asked of it</h3>
        <p className="mt-1.5 text-xl font-semibold tracking-tight">
          {formatCount(cell.met)} of {formatCount(cell.asked)}
        </p>
        <p className="text-xs text-ink-3">proven by its records</p>
      </div>
      <div className={tile}>
        <h3>Analytics it serves</h3>
        <p className="mt-1.5 text-xl font-semibold tracking-tight">
          {formatCount(cell.served)} of {formatCount(cell.analytics)}
        </p>
        <p className="text-xs text-ink-3">
          that could use it; {formatCount(cell.cited)} name it. Probes: {sayQuality(cell.quality)}
        </p>
      </div>
    </Card>
  );
}
