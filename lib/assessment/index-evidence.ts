import { countPopulation } from "./count-population";
import { findSilentFamilies } from "./find-silent-families";
import type { AggregateInput, ClaimInput, ScoringInput, SegmentInput } from "./scoring-input";

/** One sample aggregate of a segment; host: position in the segment's hosts. */
export interface EvidenceRow {
  readonly host: number;
  readonly shape: number;
  readonly source: AggregateInput;
}

export type Measurement = ScoringInput["measurements"][number];

/** All evidence of one segment, by record kind, so that a requirement reads only what it accepts. */
export interface SegmentEvidence {
  readonly input: SegmentInput;
  readonly position: number;
  readonly population: ReadonlyMap<string, number>;
  readonly rostered: boolean;
  readonly hosts: readonly string[];
  readonly hostIds: ReadonlyMap<string, number>;
  readonly hostPlatforms: readonly (string | null)[]; // the roster's; null: foreign, or no roster
  readonly rows: ReadonlyMap<string, readonly EvidenceRow[]>;
  readonly freshKinds: ReadonlySet<string>; // at least one fresh record of a host of the segment
  readonly freshByFamily: ReadonlyMap<string, number>;
  readonly measurements: ReadonlyMap<string, readonly Measurement[]>;
  readonly claims: readonly ClaimInput[];
  readonly zoneDependent: ReadonlySet<string>; // record kinds whose verdict an assumed time zone could change
  readonly silentFamilies: ReadonlyMap<string, number | null>; // family -> newest record, null: none ever
}

export interface EvidenceIndex {
  readonly input: ScoringInput;
  readonly segments: readonly SegmentEvidence[];
  readonly fills: readonly Uint8Array[]; // per field set: which shapes fill it jointly
  readonly collectors: ReadonlyMap<string, number>; // record kind -> segments with fresh records of it
}

/** The family part of "family:key". */
export function familyOfKind(kind: string): string {
  const colon = kind.indexOf(":");
  return colon < 0 ? kind : kind.slice(0, colon);
}

/** Orders the evidence of a ScoringInput for reading; decides nothing except which hosts belong to which segment. */
export function indexEvidence(input: ScoringInput): EvidenceIndex {
  const aggregates = groupBy(input.aggregates, (row) => row.segment);
  const claims = groupBy(input.claims, (claim) => claim.segment);
  const measurements = groupBy(input.measurements, (measurement) => measurement.segment);
  const segments = input.segments.map((segment, position) =>
    indexSegment(input, segment, position, aggregates.get(segment.id) ?? [], claims.get(segment.id) ?? [], measurements.get(segment.id) ?? []),
  );
  const collectors = new Map<string, number>();
  for (const segment of segments) for (const kind of segment.freshKinds) collectors.set(kind, (collectors.get(kind) ?? 0) + 1);
  return { input, segments, fills: fillTables(input), collectors };
}

function indexSegment(input: ScoringInput, segment: SegmentInput, position: number, aggregates: readonly AggregateInput[], claims: readonly ClaimInput[], measurements: readonly Measurement[]): SegmentEvidence {
  const hostIds = new Map<string, number>();
  const hostPlatforms: (string | null)[] = [];
  const idOf = (host: string): number => {
    const known = hostIds.get(host);
    if (known !== undefined) return known;
    hostPlatforms.push(null);
    hostIds.set(host, hostIds.size);
    return hostIds.size - 1;
  };
  for (const { host, platform } of segment.roster ?? []) hostPlatforms[idOf(host)] = platform;
  const rostered = segment.roster !== null;
  const rows = new Map<string, EvidenceRow[]>();
  const freshKinds = new Set<string>();
  const freshByFamily = new Map<string, number>();
  for (const source of aggregates) {
    const host = idOf(source.host);
    const list = rows.get(source.kind);
    if (list) list.push({ host, shape: source.shape, source });
    else rows.set(source.kind, [{ host, shape: source.shape, source }]);
    const own = source.host !== "" && (!rostered || hostPlatforms[host] !== null);
    if (own && source.fresh > 0) {
      freshKinds.add(source.kind);
      const family = familyOfKind(source.kind);
      freshByFamily.set(family, (freshByFamily.get(family) ?? 0) + source.fresh);
    }
  }
  for (const measurement of measurements) for (const { host } of measurement.hosts) idOf(host);
  return {
    input: segment,
    position,
    population: countPopulation(segment),
    rostered,
    hosts: [...hostIds.keys()],
    hostIds,
    hostPlatforms,
    rows,
    freshKinds,
    freshByFamily,
    measurements: groupBy(measurements, (measurement) => measurement.kind),
    claims,
    zoneDependent: new Set(input.zoneDependent.filter((entry) => entry.segment === segment.id).map((entry) => entry.kind)),
    silentFamilies: findSilentFamilies(measurements, aggregates, input.at, input.policy),
  };
}

function fillTables(input: ScoringInput): Uint8Array[] {
  const shapes = input.shapes.map((fields) => new Set(fields));
  return input.fieldSets.map(({ required, anyOf }) =>
    Uint8Array.from(shapes, (filled) => (required.every((field) => filled.has(field)) && anyOf.every((group) => group.some((field) => filled.has(field))) ? 1 : 0)),
  );
}

export function groupBy<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const name = key(item);
    const group = groups.get(name);
    if (group) group.push(item);
    else groups.set(name, [item]);
  }
  return groups;
}
