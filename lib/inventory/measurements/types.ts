/** Words of measurements: what a query in the fleet's own platform counted. Times are ms since 1970 UTC. */

/** What one host showed. fills: canonical field -> records with that field filled; a field that the query did not count is absent. */
export interface MeasuredHost {
  readonly host: string; // as written
  readonly key: string; // folded (lib/shared/host-name.ts)
  readonly count: number;
  readonly first: number | null;
  readonly last: number | null; // null only where count is 0
  readonly fills: Readonly<Record<string, number>>;
}

/** What is known of the query behind a measurement; empty texts: not said. */
export interface MeasurementOrigin {
  readonly complete: boolean; // covers every host and the whole window, as somebody stated; unknown is false
  readonly asOf: number; // until when it looked
  readonly windowFrom: number | null;
  readonly query: string; // its text
  readonly system: string;
  readonly ranBy: string;
}

/** One record kind ("family:key"; "family:*" for every record of the family) in one segment. */
export interface MeasurementDraft extends MeasurementOrigin {
  readonly segment: string; // as the file names it
  readonly line: number | null;
  readonly refusedRows: number; // of the same kind and segment: what stands of it is not the whole
  readonly dated: boolean; // somebody states asOf; else it is the clock of the import
  readonly kind: string;
  readonly hosts: readonly MeasuredHost[];
}

/** A measurement as it is kept: version 2 is the same query of the same system, asked again. */
export interface Measurement extends Omit<MeasurementDraft, "segment" | "line" | "dated" | "refusedRows"> {
  readonly id: string;
  readonly segmentId: string;
  readonly importId: string;
  readonly scope: string; // digest of (kind, query, system)
  readonly version: number;
  readonly queryDigest: string; // sha256 of the text; empty: no text
  readonly contentDigest: string;
  readonly rawDatasets: readonly string[];
}
