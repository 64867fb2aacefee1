import { redactedEntry } from "@/lib/telemetry/fill-shape";
import { familyOfKind, type EvidenceIndex, type SegmentEvidence } from "./index-evidence";
import { weighMeasured, type MeasuredEvidence } from "./weigh-measured";
import { MILLION } from "./status";

/** What the sample events of one record kind say in one segment, for one set of required fields and one set of platforms. */
export interface KindEvidence {
  readonly kind: string;
  readonly fieldSet: number;
  readonly fresh: number; // records of hosts of the segment in the window
  readonly filled: number; // of those, jointly filled
  readonly hosts: readonly number[]; // with jointly filled fresh records; positions in the segment's hosts
  readonly everHosts: number; // hosts with jointly filled records up to T, whatever their age
  readonly newest: number | null; // of the jointly filled fresh records
  readonly missing: readonly FillCount[]; // requirements of the field set that fall short of the share
  readonly foreign: number; // fresh records of hosts that the roster does not list for this platform
  readonly hostless: number; // fresh records that name no host
  readonly staleLast: number | null; // newest record before the window, jointly filled
  readonly stale: number;
  readonly future: number;
  readonly untimed: number;
  readonly proven: boolean;
  readonly wasProof: boolean; // all records up to T, whatever their age, would pass the same test
  readonly silent: boolean;
  readonly measured: MeasuredEvidence | null; // the proof needs it: the samples show what the records hold, the measurement on how many hosts
  readonly wasMeasured: MeasuredEvidence | null; // the same of the past proof
}

/** A required field, or a group of which one suffices, and the fresh records that fill it. */
export interface FillCount {
  readonly fields: readonly string[];
  readonly filled: number;
  readonly redacted: number; // do not fill it, and the source says that it hid the value
}

/** Whose records count: hosts of the segment on the analytic's platforms, records without a host, and everybody else. */
export const OWN = 1;
export const HOSTLESS = 2;

/** What a kind is weighed against: one segment and the platforms that the analytic has in common with it. */
export interface Ground {
  readonly index: EvidenceIndex;
  readonly segment: SegmentEvidence;
  readonly population: number;
  readonly standing: Uint8Array; // per host of the segment: OWN, HOSTLESS or 0, foreign
  /** A fresh mark over the hosts: true the first time it is given a host. */
  mark(): (host: number) => boolean;
  owns(host: number): boolean;
}

/**
 * The ground of a set of platforms. Without a roster every named host is taken as the segment's own; where the segment has
 * several platforms, only for those that its records speak for.
 */
export function openGround(index: EvidenceIndex, segment: SegmentEvidence, platforms: readonly string[]): Ground {
  const covered = segment.input.platforms.every(({ name }) => platforms.includes(name)); // whatever a host of it is, it counts
  const isOwn = (id: number): boolean => {
    if (segment.rostered) return platforms.includes(segment.hostPlatforms[id] ?? "");
    return covered || segment.hostShows === null || platforms.some((platform) => segment.hostShows?.[id]?.has(platform));
  };
  const standing = Uint8Array.from(segment.hosts, (host, id) => (host === "" ? HOSTLESS : isOwn(id) ? OWN : 0));
  return { index, segment, population: platforms.reduce((sum, platform) => sum + (segment.population.get(platform) ?? 0), 0), standing, mark: startMarks(segment.hosts.length), owns: (host) => standing[host] === OWN };
}

// Marks share one array per ground: a host is marked when its slot holds the mark's number. Two marks at a time at most.
function startMarks(hosts: number): () => (host: number) => boolean {
  const slots = [new Int32Array(hosts), new Int32Array(hosts)] as const;
  let serial = 0;
  return () => {
    serial += 1;
    const own = serial;
    const slot = slots[serial % 2 === 0 ? 0 : 1];
    return (host) => {
      if (slot[host] === own) return false;
      slot[host] = own;
      return true;
    };
  };
}

/** Hosts that a proof needs: max(1, ceil(percent of the population), at most the cap). */
export function hostsNeeded(population: number, percent: number, cap: number): number {
  return Math.max(1, Math.min(cap, Math.ceil((population * percent) / 100)));
}

/** x of n is capped at n; a population of 0 means that nobody has said how large the segment is, so there is no cap (and no share). */
export function capHosts(hosts: number, population: number): number {
  return population === 0 ? hosts : Math.min(hosts, population);
}

/** Share of a population in millionths, rounded down; of a population that nobody stated it is 0: nothing is claimed. */
export function shareOf(hosts: number, population: number): number {
  return population === 0 ? 0 : Math.floor((hosts * MILLION) / population);
}

/**
 * Weighs one record kind by the exact test of "proven" (design, section 7). One kind must pass alone: the text speaks of
 * records "of an accepted record kind", so thin evidence of two kinds never adds up to a proof. Records of foreign hosts,
 * without a host, later than T + 5 minutes or without a time are counted apart and enter neither side of the fill share.
 * Records that state another class of object than the component is about are none of its records.
 */
export function weighKind(ground: Ground, kind: string, fieldSet: number): KindEvidence {
  const { index, segment, standing, population } = ground;
  const { policy } = index.input;
  let fresh = 0, filled = 0, foreign = 0, hostless = 0, stale = 0, staleFilled = 0, future = 0, untimed = 0;
  let newest = NaN;
  let staleLast = NaN;
  const hosts: number[] = [];
  let ever = 0;
  const [freshMark, everMark] = [ground.mark(), ground.mark()];
  const { columns } = index;
  for (const row of segment.rows.get(kind) ?? []) {
    const fit = index.fit(fieldSet, columns.shape[row] ?? -1);
    if (fit === "another") continue;
    const host = columns.host[row] ?? -1;
    const rowFresh = columns.fresh[row] ?? 0;
    if (standing[host] !== OWN) {
      if (standing[host] === HOSTLESS) hostless += rowFresh;
      else foreign += rowFresh;
      continue;
    }
    const rowStale = columns.stale[row] ?? 0;
    fresh += rowFresh;
    stale += rowStale;
    future += columns.future[row] ?? 0;
    untimed += columns.untimed[row] ?? 0;
    if (fit === "short") continue;
    if (rowFresh > 0) {
      filled += rowFresh;
      if (freshMark(host)) hosts.push(host);
      newest = later(newest, columns.freshLast[row] ?? NaN);
    }
    if (rowStale > 0) {
      staleFilled += rowStale;
      staleLast = later(staleLast, columns.staleLast[row] ?? NaN);
    }
    if (rowFresh + rowStale > 0 && everMark(host)) ever += 1;
  }
  const needed = hostsNeeded(population, policy.minHostsPercent, policy.minHostsCap);
  const passes = (good: number, all: number, from: number): boolean =>
    good >= policy.minEvents && capHosts(from, population) >= needed && good * 100 >= policy.fillPercent * all;
  const silent = segment.silentFamilies.has(familyOfKind(kind));
  const alone = passes(filled, fresh, hosts.length);
  // Records alone say what a record holds; a measurement whose raw records they are says on how many hosts, and how often.
  const asked = alone || filled === 0 || !segment.measurements.has(kind) ? null : weighMeasured(ground, kind, fieldSet, "with-records");
  const united = asked === null ? hosts : unite(hosts, asked.hosts);
  const passesWith = (found: MeasuredEvidence, good: number, all: number, from: number): boolean =>
    good > 0 && good * 100 >= policy.fillPercent * all && Math.max(good, found.filled) >= policy.minEvents && capHosts(from, population) >= needed;
  const measured = asked !== null && passesWith(asked, filled, fresh, united.length) ? asked : null;
  if (measured !== null) newest = later(newest, measured.newest ?? NaN);
  const wasAlone = passes(filled + staleFilled, fresh + stale, ever);
  const once = wasAlone || measured !== null || filled + staleFilled === 0 || !segment.measurements.has(kind) ? null : weighMeasured(ground, kind, fieldSet, "with-records", "ever");
  const everUnited = once === null ? ever : ever + once.hosts.filter(everMark).length; // the same mark: hosts that no sample shows
  const wasMeasured = once !== null && passesWith(once, filled + staleFilled, fresh + stale, everUnited) ? once : null;
  if (wasMeasured !== null) staleLast = later(staleLast, wasMeasured.staleLast ?? NaN);
  return {
    kind,
    fieldSet,
    fresh,
    filled,
    hosts: measured === null ? hosts : united,
    everHosts: wasMeasured === null ? ever : everUnited,
    newest: Number.isNaN(newest) ? null : newest,
    missing: filled * 100 < policy.fillPercent * fresh ? missingFields(ground, kind, fieldSet, fresh) : [],
    foreign,
    hostless,
    staleLast: Number.isNaN(staleLast) ? null : staleLast,
    stale,
    future,
    untimed,
    proven: !silent && (alone || measured !== null),
    wasProof: (wasAlone && (silent || staleFilled > 0)) || (wasMeasured !== null && (silent || !Number.isNaN(staleLast))),
    silent,
    measured,
    wasMeasured,
  };
}

function unite(a: readonly number[], b: readonly number[]): readonly number[] {
  return [...new Set([...a, ...b])];
}

/** The single fields and groups of a field set that too few fresh records fill, fewest first. */
function missingFields(ground: Ground, kind: string, fieldSet: number, fresh: number): KindEvidence["missing"] {
  const { policy } = ground.index.input;
  return countFills(ground, kind, fieldSet)
    .filter((part) => part.filled * 100 < policy.fillPercent * fresh)
    .sort((a, b) => a.filled - b.filled);
}

/** How many fresh records of the segment's own hosts fill each required field, and of each anyOf group at least one field. */
export function countFills({ index, segment, standing }: Ground, kind: string, fieldSet: number): FillCount[] {
  const { fieldSets, shapes } = index.input;
  const fields = fieldSets[fieldSet];
  const groups = [...(fields?.required ?? []).map((field) => [field]), ...(fields?.anyOf ?? [])];
  const { columns } = index;
  const rows = (segment.rows.get(kind) ?? []).filter((row) => standing[columns.host[row] ?? -1] === OWN && index.fit(fieldSet, columns.shape[row] ?? -1) !== "another");
  return groups.map((group) => {
    let filled = 0;
    let redacted = 0;
    for (const row of rows) {
      const shape = shapes[columns.shape[row] ?? -1] ?? [];
      if (group.some((field) => shape.includes(field))) filled += columns.fresh[row] ?? 0;
      else if (group.some((field) => shape.includes(redactedEntry(field)))) redacted += columns.fresh[row] ?? 0;
    }
    return { fields: group, filled, redacted };
  });
}

function later(a: number, b: number): number {
  return a >= b || Number.isNaN(b) ? a : b;
}
