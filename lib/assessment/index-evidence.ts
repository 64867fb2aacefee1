import { countPopulation } from "./count-population";
import { listCountingClaims, openFolding, type CountingClaim } from "./counting-claims";
import { findSilentFamilies } from "./find-silent-families";
import { numberOf, openRows, readAggregates, type Columns, type SegmentRows } from "./read-aggregates";
import type { ClaimInput, ScoringInput, SegmentInput } from "./scoring-input";

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
  readonly hostShows: readonly ReadonlySet<string>[] | null; // platforms that a host's records speak for; null: not needed
  readonly rows: ReadonlyMap<string, readonly number[]>; // record kind -> rows of the columns
  readonly seen: readonly boolean[]; // hosts with a fresh record, listed or not
  readonly freshKinds: ReadonlySet<string>; // at least one fresh record of a host of the segment
  readonly freshByFamily: ReadonlyMap<string, number>;
  readonly measurements: ReadonlyMap<string, readonly Measurement[]>;
  readonly claims: readonly CountingClaim[]; // those that may count at T
  readonly claimsByKind: ReadonlyMap<string, readonly CountingClaim[]>; // record kind -> claims that speak of it
  readonly claimsByName: ReadonlyMap<string, readonly CountingClaim[]>; // folded log source -> claims that name it
  readonly zoneDependent: ReadonlySet<string>; // record kinds whose verdict an assumed time zone could change
  readonly silentFamilies: ReadonlyMap<string, number | null>; // family -> newest record, null: none ever
}

/** The kinds a reference accepts, in order and by name. */
export interface AcceptedSet {
  readonly kinds: ScoringInput["acceptSets"][number];
  readonly met: ReadonlyMap<string, "as-cited" | "equivalent">;
}

export interface EvidenceIndex {
  readonly input: ScoringInput;
  readonly columns: Columns;
  readonly segments: readonly SegmentEvidence[];
  readonly fills: (fieldSet: number, shape: number) => boolean; // whether a shape fills a field set jointly
  readonly accepted: readonly AcceptedSet[]; // per accept set
  readonly fold: (text: string) => string; // words of references, for comparison with claims
  readonly collectors: ReadonlyMap<string, number>; // record kind -> segments with fresh records of it
}

/** The family part of "family:key". */
export function familyOfKind(kind: string): string {
  const colon = kind.indexOf(":");
  return colon < 0 ? kind : kind.slice(0, colon);
}

/** Orders the evidence of a ScoringInput for reading; decides nothing except which hosts belong to which segment. */
export function indexEvidence(input: ScoringInput): EvidenceIndex {
  const { columns, bySegment } = readAggregates(input);
  const claims = groupBy(input.claims, (claim) => claim.segment);
  const measurements = groupBy(input.measurements, (measurement) => measurement.segment);
  const segments = input.segments.map((segment, position) =>
    indexSegment(input, columns, segment, position, bySegment.get(segment.id) ?? openRows(), claims.get(segment.id) ?? [], measurements.get(segment.id) ?? []),
  );
  const collectors = new Map<string, number>();
  for (const segment of segments) for (const kind of segment.freshKinds) collectors.set(kind, (collectors.get(kind) ?? 0) + 1);
  const accepted = input.acceptSets.map((kinds): AcceptedSet => ({ kinds, met: new Map(kinds.map(({ kind, met }) => [kind, met])) }));
  return { input, columns, fold: openFolding(), segments, fills: openFills(input), accepted, collectors };
}

function indexSegment(input: ScoringInput, columns: Columns, segment: SegmentInput, position: number, { hostIds, byKind: rows, seen }: SegmentRows, claims: readonly ClaimInput[], measurements: readonly Measurement[]): SegmentEvidence {
  for (const { host } of segment.roster ?? []) numberOf(hostIds, host);
  for (const measurement of measurements) for (const { host } of measurement.hosts) numberOf(hostIds, host);
  const listed = new Map((segment.roster ?? []).map(({ host, platform }) => [host, platform]));
  const hosts = [...hostIds.keys()];
  const hostPlatforms = hosts.map((host) => listed.get(host) ?? null);
  const rostered = segment.roster !== null;
  const freshKinds = new Set<string>();
  const freshByFamily = new Map<string, number>();
  const hostless = hostIds.get("") ?? -1;
  for (const [kind, list] of rows) {
    let fresh = 0;
    for (const row of list) {
      const host = columns.host[row] ?? -1;
      if (host !== hostless && (!rostered || hostPlatforms[host] !== null)) fresh += columns.fresh[row] ?? 0;
    }
    if (fresh === 0) continue;
    freshKinds.add(kind);
    const family = familyOfKind(kind);
    freshByFamily.set(family, (freshByFamily.get(family) ?? 0) + fresh);
  }
  const counting = listCountingClaims(claims, input);
  return {
    input: segment,
    position,
    population: countPopulation(segment),
    rostered,
    hosts,
    hostIds,
    hostPlatforms,
    hostShows: rostered || segment.platforms.length < 2 ? null : findPlatforms(input, columns, segment, hosts.length, rows),
    rows,
    seen,
    freshKinds,
    freshByFamily,
    measurements: groupBy(measurements, (measurement) => measurement.kind),
    claims: counting,
    claimsByKind: groupByEach(counting, ({ claim }) => new Set(claim.kinds)),
    claimsByName: groupBy(counting, (claim) => claim.logSource),
    zoneDependent: new Set(input.zoneDependent.filter((entry) => entry.segment === segment.id).map((entry) => entry.kind)),
    silentFamilies: findSilentFamilies(measurements, claims, () => input.aggregates.filter((row) => row.segment === segment.id), input.at, input.policy),
  };
}

/**
 * Without a roster, a segment of several platforms does not say which host is which. A host then speaks for a platform when
 * one of its record kinds comes from that platform and from no other of the segment: records that Windows and macOS write
 * alike never prove one for the other. More records can only add platforms.
 */
function findPlatforms(input: ScoringInput, columns: Columns, segment: SegmentInput, hosts: number, rows: SegmentRows["byKind"]): ReadonlySet<string>[] {
  const shows = Array.from({ length: hosts }, () => new Set<string>());
  for (const [kind, list] of rows) {
    const possible = segment.platforms.filter(({ name }) => input.kindPlatforms[kind]?.includes(name));
    const [only, another] = possible;
    if (only === undefined || another !== undefined) continue;
    for (const row of list) shows[columns.host[row] ?? -1]?.add(only.name);
  }
  return shows;
}

/** Shapes are compared with field sets when they first meet: most never do. */
function openFills(input: ScoringInput): EvidenceIndex["fills"] {
  const tables = input.fieldSets.map(() => new Uint8Array(input.shapes.length)); // 0: not compared yet
  const shapes = input.shapes.map((fields) => new Set(fields));
  return (fieldSet, shape) => {
    const table = tables[fieldSet];
    const filled = shapes[shape];
    const fields = input.fieldSets[fieldSet];
    if (!table || !filled || !fields) return false;
    const known = table[shape];
    if (known !== 0) return known === 1;
    const good = fields.required.every((field) => filled.has(field)) && fields.anyOf.every((group) => group.some((field) => filled.has(field)));
    table[shape] = good ? 1 : 2;
    return good;
  };
}

export function groupBy<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  return groupByEach(items, (item) => [key(item)]);
}

/** Groups of items that may stand in several. */
function groupByEach<T>(items: readonly T[], keys: (item: T) => Iterable<string>): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    for (const name of keys(item)) {
      const group = groups.get(name);
      if (group) group.push(item);
      else groups.set(name, [item]);
    }
  }
  return groups;
}
