import { counted } from "@/lib/shared/format-number";
import type { GradedProbe } from "./grade-sources";
import type { ProbeId } from "./probe";

export const DIMENSIONS = ["deviceCompleteness", "dataFieldCompleteness", "timeliness", "consistency", "retention"] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** A DeTT&CT quality score computed from probes: 0 to 5, or null = unknown, which is never 0. */
export interface DimensionScore {
  readonly dimension: Dimension;
  readonly label: string;
  readonly score: number | null;
  readonly n: number;
  readonly from: ProbeId;
  readonly says: string; // how it was read, or why it is unknown
}

const DAY_MS = 86_400_000;
const LOOK_BACK_DAYS = 30;
const ALL = 1_000_000;
const TIMELY: readonly (readonly [ms: number, score: number])[] = [[60_000, 5], [300_000, 4], [3_600_000, 3], [DAY_MS, 2]];

/**
 * DeTT&CT's five dimensions of one source. Completeness, consistency and retention by DeTT&CT's own quarters: none 0, up to
 * 25 % 1, 50 % 2, 75 % 3, less than all 4, all 5. Timeliness by the 95th percentile of the latency: a minute 5, five minutes
 * 4, an hour 3, a day 2, later 1. A dimension whose probe is not computable or rests on fewer than 30 records is unknown.
 */
export function dettectDimensions(probes: readonly GradedProbe[]): DimensionScore[] {
  const read = (dimension: Dimension, label: string, from: ProbeId, score: (probe: GradedProbe, value: number) => number, of: string): DimensionScore => {
    const probe = probes.find(({ id }) => id === from);
    if (probe === undefined) return { dimension, label, score: null, n: 0, from, says: "No file was read since this is computed." };
    if (probe.grade === "not-computable" || probe.value === null) return { dimension, label, score: null, n: probe.n, from, says: probe.says };
    if (probe.grade === "indicative") return { dimension, label, score: null, n: probe.n, from, says: `Unknown: ${counted(probe.n, "record")} only indicate.` };
    return { dimension, label, score: score(probe, probe.value), n: probe.n, from, says: `${of}. ${probe.says}` };
  };
  return [
    read("deviceCompleteness", "Device completeness", "host-coverage", (_, value) => byQuarters(value), "Hosts seen of the hosts of the segment"),
    read("dataFieldCompleteness", "Data field completeness", "field-fill", (_, value) => byQuarters(value), "Fill of the least filled required field"),
    read("timeliness", "Timeliness", "latency", (_, value) => TIMELY.find(([most]) => value <= most)?.[1] ?? 1, "95th percentile of the latency"),
    read("consistency", "Consistency", "timestamp-quality", (probe, value) => byQuarters(value - (probe.figures.find(({ label }) => label === "Zone unknown")?.value ?? 0)), "Records with a usable time in a known zone"),
    read("retention", "Retention", "window", (_, value) => byQuarters(Math.min(ALL, Math.floor((value / (LOOK_BACK_DAYS * DAY_MS)) * ALL))), `Stated retention of ${LOOK_BACK_DAYS} days of look-back`),
  ];
}

function byQuarters(share: number): number {
  if (share <= 0) return 0;
  return share >= ALL ? 5 : share > 750_000 ? 4 : share > 500_000 ? 3 : share > 250_000 ? 2 : 1;
}
