import type { Sentence } from "./sentence";

/** What a source is in a segment, most proof first: the order of legends, filters and the ramp. */
export const SOURCE_STATES = ["proven", "part", "thin", "stale", "silent", "claimed", "absent"] as const;
export type SourceState = (typeof SOURCE_STATES)[number];

/** What stands beside the state: contradicted = claimed, yet enough fresh records of the source carry none of it. */
export const SOURCE_FLAGS = ["contradicted", "silent", "stale", "conditional", "hosts-unverified"] as const;
export type SourceFlag = (typeof SOURCE_FLAGS)[number];

/** Grades of the probes of one source in one segment. worst: the heaviest among them, null where none was computed. */
export interface QualityCounts {
  readonly worst: "fail" | "warn" | "indicative" | "pass" | null;
  readonly fail: number;
  readonly warn: number;
  readonly indicative: number;
  readonly pass: number;
}

/** One source (log-source family) in one segment, as an assessment pinned it. A share is always hosts of `of`. */
export interface SourceCell {
  readonly segment: number; // position in TelemetryMapView.segments
  readonly family: number; // position in TelemetryMapView.families
  readonly state: SourceState;
  readonly flags: readonly SourceFlag[];
  readonly hosts: number; // of the segment, with fresh records of the source
  readonly of: number; // hosts of the platforms that the source runs on; 0 = nobody has said how many
  readonly records: number; // fresh, of those hosts
  readonly newest: number | null; // ms, of whatever age up to T; null: never seen
  readonly asked: number; // data components that analytics ask of this source here
  readonly met: number; // of those, proven by its records
  readonly claims: number; // that may count
  readonly analytics: number; // applicable ones that a record of this source could serve
  readonly cited: number; // of those, ones whose log sources name it
  readonly served: number; // of those, ones of which a requirement is proven by its records
  readonly quality: QualityCounts;
}

export interface MapFamily {
  readonly id: string;
  readonly title: string;
  readonly group: string; // platform, or where it listens
  readonly needed: boolean; // analytics of the assessment cite it
  readonly analytics: number; // cells that records of this source could serve, over all segments
}

export interface MapSegment {
  readonly id: string;
  readonly name: string;
  readonly platforms: readonly string[];
  readonly hosts: number;
  readonly criticality: number;
  readonly observed: number; // analytics observed or better here
  readonly applicable: number;
}

/** The telemetry map of one assessment. A pair without a cell is not applicable: the source runs on no platform of the segment. */
export interface TelemetryMapView {
  readonly assessment: number;
  readonly at: number; // T, ms
  readonly freshDays: number;
  readonly silentHours: number;
  readonly segments: readonly MapSegment[];
  readonly families: readonly MapFamily[];
  readonly cells: readonly SourceCell[];
  readonly say: Sentence; // what stands out, of the segments shown
  readonly later: number; // samples imported since, which this assessment does not hold
}
