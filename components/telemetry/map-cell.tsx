import { CircleAlert, CircleDashed, Check, TriangleAlert } from "lucide-react";
import { PartOfWhole } from "@/components/metric/metric";
import type { QualityCounts, SourceCell } from "@/lib/reports/telemetry-states";
import { counted, formatCount } from "@/lib/shared/format-number";
import { SourceGlyph, stateTitle } from "./source-state";

const ICONS = { fail: CircleAlert, warn: TriangleAlert, indicative: CircleDashed, pass: Check } as const;

/** Hosts of a population in millionths; of a population that nobody stated there is no share. */
export function hostShare({ hosts, of }: Pick<SourceCell, "hosts" | "of">): number | null {
  return of === 0 ? null : Math.floor((hosts * 1_000_000) / of);
}

/** "398 of 412 hosts"; without a stated population the hosts alone. */
export function hostsOf({ hosts, of }: Pick<SourceCell, "hosts" | "of">): string {
  return of === 0 ? `${counted(hosts, "host")}, of how many nobody stated` : `${formatCount(hosts)} of ${counted(of, "host")}`;
}

/** How old the newest record was at T; a record of the five minutes after T counts as now. */
export function ageAt(at: number, newest: number): string {
  const age = at - newest;
  const unit = ([["d", 86_400_000], ["h", 3_600_000], ["min", 60_000]] as const).find(([, length]) => age >= length);
  return unit === undefined ? "now" : `${formatCount(Math.floor(age / unit[1]))} ${unit[0]}`;
}

/** "2 fail, 1 warns": the grades worth a look; "all pass" where none is. */
export function sayQuality({ worst, fail, warn, indicative, pass }: QualityCounts): string {
  if (worst === null) return "no probe computed";
  if (worst === "pass") return `${counted(pass, "probe")} ${pass === 1 ? "passes" : "pass"}`;
  return [fail > 0 ? `${fail} ${fail === 1 ? "fails" : "fail"}` : "", warn > 0 ? `${warn} ${warn === 1 ? "warns" : "warn"}` : "", indicative > 0 ? `${indicative} indicative` : "", pass > 0 ? `${pass} ${pass === 1 ? "passes" : "pass"}` : ""].filter(Boolean).join(", ");
}

/** The whole cell as one sentence: its name for readers of the screen, and its title. */
export function sayCell(cell: SourceCell, at: number): string {
  return [
    stateTitle(cell.state, cell.flags),
    cell.records > 0 ? `${hostsOf(cell)}, ${counted(cell.records, "fresh record")}` : cell.claims > 0 ? counted(cell.claims, "claim") : "",
    cell.newest === null ? "never seen" : `newest ${ageAt(at, cell.newest)}${at - cell.newest < 60_000 ? "" : " old"}`,
    cell.quality.worst === null ? "" : `probes: ${sayQuality(cell.quality)}`,
    `serves ${formatCount(cell.served)} of ${counted(cell.analytics, "analytic")}`,
  ].filter(Boolean).join("; ");
}

/** What a cell of the map shows: state, share of hosts, age, probes, and how many of the analytics that could use it are served. */
export function MapCell({ cell, at }: { cell: SourceCell; at: number }) {
  const { quality, newest } = cell;
  const Icon = quality.worst === null ? null : ICONS[quality.worst];
  const old = cell.state === "stale" || cell.state === "silent";
  return (
    <span className="flex h-full w-full items-center gap-2 px-2 text-xs">
      <SourceGlyph state={cell.state} flags={cell.flags} />
      <span className="grid min-w-0 flex-1 grid-cols-[minmax(0,1fr)_auto] gap-x-1.5 leading-4 whitespace-nowrap">
        <span className="truncate">
          {cell.records > 0 ? (
            <>
              <strong>
                <PartOfWhole measure="host-share" millionths={hostShare(cell)} title={hostsOf(cell)} />
              </strong>{" "}
              <span className="text-ink-2">
                {formatCount(cell.hosts)}/{cell.of === 0 ? "?" : formatCount(cell.of)}
              </span>
            </>
          ) : cell.claims > 0 ? (
            <span className="text-ink-2">{counted(cell.claims, "claim")}</span>
          ) : (
            <span className="text-ink-3">{newest === null ? "none" : "none fresh"}</span>
          )}
        </span>
        <span className={old ? "font-medium text-attn" : "text-ink-2"}>{newest === null ? "" : ageAt(at, newest)}</span>
        <span className="truncate text-ink-3">
          {formatCount(cell.served)}/{formatCount(cell.analytics)} analytics
        </span>
        <span className={quality.worst === "fail" || quality.worst === "warn" ? "inline-flex items-center gap-0.5 text-attn" : "inline-flex items-center gap-0.5 text-ink-3"}>
          {Icon === null ? null : <Icon size={12} aria-hidden />}
          {quality.fail + quality.warn > 0 ? quality.fail + quality.warn : ""}
        </span>
      </span>
    </span>
  );
}
