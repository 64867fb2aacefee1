import { groupBy } from "@/lib/shared/group-by";
import { classOfShape, isAbout } from "@/lib/telemetry/fill-shape";
import { openAcceptance, type AcceptedKind, type AcceptedSet } from "./accepted-sets";
import { countPopulation } from "./count-population";
import { listCountingClaims, type CountingClaim } from "./counting-claims";
import { findSilentFamilies } from "./find-silent-families";
import { NO_NOTES, qualityNotes, type FamilyNotes } from "./quality/quality-notes";
import { speaksOf } from "./kinds-of-measurement";
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
  readonly holds: Uint8Array; // by the number of a record kind: SEEN, FRESH and CLAIMED
  readonly seen: readonly boolean[]; // hosts with a fresh record, listed or not
  readonly freshKinds: ReadonlyMap<string, ReadonlySet<string | null>>; // kinds with a fresh record of a host of the segment -> classes of object that those records state
  readonly freshByFamily: ReadonlyMap<string, number>;
  readonly measurements: ReadonlyMap<string, readonly Measurement[]>;
  readonly claims: readonly CountingClaim[]; // those that may count at T
  readonly claimsByKind: ReadonlyMap<string, readonly CountingClaim[]>; // record kind -> claims that speak of it
  readonly claimsByName: ReadonlyMap<string, readonly CountingClaim[]>; // folded log source -> claims that name it
  readonly zoneDependent: ReadonlySet<string>; // record kinds whose verdict an assumed time zone could change
  readonly silentFamilies: ReadonlyMap<string, number | null>; // family -> newest record, null: none ever
  readonly quality: FamilyNotes; // what the probes say of a source
}

/** What a segment holds of a record kind: records, records that freshKinds counts, a claim that speaks of it. */
export const SEEN = 1;
export const FRESH = 2;
export const CLAIMED = 4;

export interface EvidenceIndex {
  readonly input: ScoringInput;
  readonly columns: Columns;
  readonly segments: readonly SegmentEvidence[];
  readonly fit: (fieldSet: number, shape: number) => Fit; // how records of a shape stand to a field set
  readonly accepted: readonly AcceptedSet[]; // per accept set
  readonly allowed: ReturnType<typeof openAcceptance>["allowed"];
  readonly collectors: (accepted: AcceptedSet) => number; // segments with fresh records of one of its kinds, at most
}

/**
 * How records of a shape stand to a field set: "filled" jointly, "short" of a field, or of "another" class of object than the
 * component is about, so that they count neither for it nor against it. Records that state no class count.
 */
export type Fit = "filled" | "short" | "another";

/** The family part of "family:key". */
export function familyOfKind(kind: string): string {
  const colon = kind.indexOf(":");
  return colon < 0 ? kind : kind.slice(0, colon);
}

/** Orders the evidence of a ScoringInput for reading; decides nothing except which hosts belong to which segment. */
export function indexEvidence(input: ScoringInput): EvidenceIndex {
  const { columns, bySegment } = readAggregates(input);
  const classes = input.shapes.map(classOfShape);
  const claims = groupBy(input.claims, (claim) => claim.segment);
  const measurements = groupBy(input.measurements, (measurement) => measurement.segment);
  const quality = qualityNotes(input);
  const zoneDependent = groupBy(input.zoneDependent, ({ segment }) => segment);
  const { sets: accepted, kinds, allowed } = openAcceptance(input);
  const segments = input.segments.map((segment, position): SegmentEvidence => ({
    ...indexSegment({ input, columns, classes, kinds }, segment, position, bySegment.get(segment.id) ?? openRows(), claims.get(segment.id) ?? [], measurements.get(segment.id) ?? []),
    zoneDependent: new Set((zoneDependent.get(segment.id) ?? []).map(({ kind }) => kind)),
    quality: quality.get(segment.id) ?? NO_NOTES,
  }));
  return { input, columns, segments, fit: openFit(input), accepted, allowed, collectors: openCollectors(input, segments) };
}

/** What is the same for all segments of an input. */
interface Common {
  readonly input: ScoringInput;
  readonly columns: Columns;
  readonly classes: readonly (string | null)[]; // of object, by shape
  readonly kinds: ReadonlyMap<string, number>;
}

function indexSegment({ input, columns, classes, kinds }: Common, segment: SegmentInput, position: number, { hostIds, byKind: rows, seen }: SegmentRows, claims: readonly ClaimInput[], measurements: readonly Measurement[]): Omit<SegmentEvidence, "quality" | "zoneDependent"> {
  for (const { host } of segment.roster ?? []) numberOf(hostIds, host);
  for (const measurement of measurements) for (const { host } of measurement.hosts) numberOf(hostIds, host);
  const listed = new Map((segment.roster ?? []).map(({ host, platform }) => [host, platform]));
  const hosts = [...hostIds.keys()];
  const hostPlatforms = hosts.map((host) => listed.get(host) ?? null);
  const rostered = segment.roster !== null;
  const freshKinds = new Map<string, Set<string | null>>();
  const freshByFamily = new Map<string, number>();
  const hostless = hostIds.get("") ?? -1;
  for (const [kind, list] of rows) {
    let fresh = 0;
    const stated = new Set<string | null>();
    for (const row of list) {
      const host = columns.host[row] ?? -1;
      const records = columns.fresh[row] ?? 0;
      if (records === 0 || host === hostless || (rostered && hostPlatforms[host] === null)) continue;
      fresh += records;
      stated.add(classes[columns.shape[row] ?? -1] ?? null);
    }
    if (fresh === 0) continue;
    freshKinds.set(kind, stated);
    const family = familyOfKind(kind);
    freshByFamily.set(family, (freshByFamily.get(family) ?? 0) + fresh);
  }
  const counting = listCountingClaims(claims, input);
  const claimsByKind = groupByEach(counting, ({ claim }) => new Set(claim.kinds));
  return {
    input: segment,
    position,
    population: countPopulation(segment),
    rostered,
    hosts,
    hostIds,
    hostPlatforms,
    hostShows: rostered || segment.platforms.length < 2 ? null : findPlatforms(input, columns, segment, { hostIds, rows, measurements }),
    rows,
    holds: markKinds(kinds, [[SEEN, rows.keys()], [FRESH, freshKinds.keys()], [CLAIMED, claimsByKind.keys()]]),
    seen,
    freshKinds,
    freshByFamily,
    measurements: groupMeasurements(measurements, segment),
    claims: counting,
    claimsByKind,
    claimsByName: groupBy(counting, (claim) => claim.logSource),
    silentFamilies: findSilentFamilies(measurements, claims, () => [...rows.values()].flatMap((list) => list.flatMap((row) => input.aggregates[row] ?? [])), input.at, input.policy, segment.roster),
  };
}

/** Kinds that no reference accepts have no number, and are not asked for. */
function markKinds(kinds: ReadonlyMap<string, number>, marks: readonly (readonly [bit: number, of: Iterable<string>])[]): Uint8Array {
  const holds = new Uint8Array(kinds.size);
  for (const [bit, of] of marks) {
    for (const kind of of) {
      const number = kinds.get(kind);
      if (number !== undefined) holds[number] = (holds[number] ?? 0) | bit;
    }
  }
  return holds;
}

/**
 * Without a roster, a segment of several platforms does not say which host is which. A host then speaks for a platform when
 * one of its record kinds comes from that platform and from no other of the segment: records that Windows and macOS write
 * alike never prove one for the other. More records can only add platforms.
 */
function findPlatforms(input: ScoringInput, columns: Columns, segment: SegmentInput, { hostIds, rows, measurements }: { readonly hostIds: ReadonlyMap<string, number>; readonly rows: SegmentRows["byKind"]; readonly measurements: readonly Measurement[] }): ReadonlySet<string>[] {
  const shows = Array.from({ length: hostIds.size }, () => new Set<string>());
  const onlyPlatform = (kind: string): string | null => {
    const [only, another] = segment.platforms.filter(({ name }) => input.kindPlatforms[kind]?.includes(name));
    return only === undefined || another !== undefined ? null : only.name;
  };
  for (const [kind, list] of rows) {
    const only = onlyPlatform(kind);
    if (only !== null) for (const row of list) shows[columns.host[row] ?? -1]?.add(only);
  }
  for (const { kind, hosts } of measurements) {
    const only = onlyPlatform(kind);
    if (only !== null) for (const { host, count } of hosts) if (count > 0) shows[hostIds.get(host) ?? -1]?.add(only);
  }
  return shows;
}

/** Whether a fresh record of the kind comes from the segment that is, or may be, about the component's class of object. */
export function comesFresh(input: ScoringInput, segment: SegmentEvidence, { kind, fields }: AcceptedKind): boolean {
  const stated = segment.freshKinds.get(kind);
  const objects = input.fieldSets[fields]?.objects;
  if (stated === undefined || objects === undefined) return stated !== undefined;
  for (const objectClass of stated) if (isAbout(objects, objectClass)) return true;
  return false;
}

function openCollectors(input: ScoringInput, segments: readonly SegmentEvidence[]): EvidenceIndex["collectors"] {
  const known = new Map<string, number>();
  const bySet = new Map<AcceptedSet, number>();
  const segmentsWith = (accept: AcceptedKind): number => {
    const objects = input.fieldSets[accept.fields]?.objects;
    const key = objects === undefined ? accept.kind : `${accept.kind}\n${objects.join("\n")}`;
    let count = known.get(key);
    if (count === undefined) known.set(key, (count = segments.reduce((sum, segment) => sum + Number(comesFresh(input, segment, accept)), 0)));
    return count;
  };
  return (accepted) => {
    let most = bySet.get(accepted);
    if (most === undefined) bySet.set(accepted, (most = accepted.kinds.reduce((max, accept) => Math.max(max, segmentsWith(accept)), 0)));
    return most;
  };
}

const FITS = [undefined, "filled", "short", "another"] as const; // undefined: not compared yet

/** Shapes are compared with field sets when they first meet: most never do. */
function openFit(input: ScoringInput): EvidenceIndex["fit"] {
  const tables = input.fieldSets.map(() => new Uint8Array(input.shapes.length)); // positions in FITS
  const shapes = input.shapes.map((fields) => new Set(fields));
  return (fieldSet, shape) => {
    const table = tables[fieldSet];
    const filled = shapes[shape];
    const fields = input.fieldSets[fieldSet];
    if (!table || !filled || !fields) return "short";
    const known = FITS[table[shape] ?? 0];
    if (known !== undefined) return known;
    const full = fields.required.every((field) => filled.has(field)) && fields.anyOf.every((group) => group.some((field) => filled.has(field)));
    const fit = !isAbout(fields.objects, classOfShape([...filled])) ? "another" : full ? "filled" : "short";
    table[shape] = FITS.indexOf(fit);
    return fit;
  };
}

function groupMeasurements(measurements: readonly Measurement[], segment: SegmentInput): ReadonlyMap<string, readonly Measurement[]> {
  const spoken = groupBy(measurements.flatMap((one) => speaksOf(one, segment)), ({ kind }) => kind);
  return new Map([...spoken].map(([kind, group]) => [kind, group.map(({ measurement }) => measurement)]));
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
