import { familyOfKind, type EvidenceIndex, type SegmentEvidence } from "./index-evidence";
import { DAY_MS, SKEW_MS } from "./instants";

/** What the sample events of one record kind say in one segment, for one set of required fields and one set of platforms. */
export interface KindEvidence {
  readonly kind: string;
  readonly fieldSet: number;
  readonly fresh: number; // records of hosts of the segment in the window
  readonly filled: number; // of those, jointly filled
  readonly hosts: readonly number[]; // with jointly filled fresh records; positions in the segment's hosts
  readonly everHosts: number; // hosts with jointly filled records up to T, whatever their age
  readonly newest: number | null; // of the jointly filled fresh records
  readonly missing: readonly { readonly fields: readonly string[]; readonly filled: number }[]; // requirements of the field set that fall short of the share
  readonly foreign: number; // fresh records of hosts that the roster does not list for this platform
  readonly hostless: number; // fresh records that name no host
  readonly staleLast: number | null; // newest record before the window, jointly filled
  readonly stale: number;
  readonly future: number;
  readonly untimed: number;
  readonly proven: boolean;
  readonly wasProof: boolean; // all records up to T, whatever their age, would pass the same test
  readonly silent: boolean;
}

/** Hosts that a proof needs: max(1, ceil(percent of the population), at most the cap). */
export function hostsNeeded(population: number, percent: number, cap: number): number {
  return Math.max(1, Math.min(cap, Math.ceil((population * percent) / 100)));
}

/** x of n is capped at n; a population of 0 means that nobody has said how large the segment is, so there is no cap (and no share). */
export function capHosts(hosts: number, population: number): number {
  return population === 0 ? hosts : Math.min(hosts, population);
}

/**
 * Weighs one record kind by the exact test of "proven" (design, section 7). One kind must pass alone: the text speaks of
 * records "of an accepted record kind", so thin evidence of two kinds never adds up to a proof. Records of foreign hosts,
 * without a host, later than T + 5 minutes or without a time are counted apart and enter neither side of the fill share.
 */
export function weighKind(index: EvidenceIndex, segment: SegmentEvidence, platforms: readonly string[], population: number, kind: string, fieldSet: number): KindEvidence {
  const { policy } = index.input;
  const fills = index.fills[fieldSet];
  let fresh = 0, filled = 0, foreign = 0, hostless = 0, stale = 0, staleFilled = 0, future = 0, untimed = 0;
  let newest: number | null = null;
  let staleLast: number | null = null;
  const hosts = new Set<number>();
  const everHosts = new Set<number>();
  for (const { host, shape, source } of segment.rows.get(kind) ?? []) {
    if (source.host === "") {
      hostless += source.fresh;
      continue;
    }
    if (segment.rostered && !platforms.includes(segment.hostPlatforms[host] ?? "")) {
      foreign += source.fresh;
      continue;
    }
    fresh += source.fresh;
    stale += source.stale;
    future += source.future;
    untimed += source.untimed;
    if (fills?.[shape] !== 1) continue;
    if (source.fresh > 0) {
      filled += source.fresh;
      hosts.add(host);
      newest = later(newest, source.freshLast);
    }
    if (source.stale > 0) {
      staleFilled += source.stale;
      staleLast = later(staleLast, source.staleLast);
    }
    if (source.fresh + source.stale > 0) everHosts.add(host);
  }
  const needed = hostsNeeded(population, policy.minHostsPercent, policy.minHostsCap);
  const passes = (good: number, all: number, from: number): boolean =>
    good >= policy.minEvents && capHosts(from, population) >= needed && good * 100 >= policy.fillPercent * all;
  const silent = segment.silentFamilies.has(familyOfKind(kind));
  return {
    kind,
    fieldSet,
    fresh,
    filled,
    hosts: [...hosts].sort((a, b) => a - b),
    everHosts: everHosts.size,
    newest,
    missing: filled * 100 < policy.fillPercent * fresh ? missingFields(index, segment, platforms, kind, fieldSet, fresh) : [],
    foreign,
    hostless,
    staleLast,
    stale,
    future,
    untimed,
    proven: !silent && passes(filled, fresh, hosts.size),
    wasProof: passes(filled + staleFilled, fresh + stale, everHosts.size) && (silent || staleFilled > 0),
    silent,
  };
}

/** Hosts that a measurement of the same kind shows with the same fields filled, newer than freshDays: they raise reach only. */
export function measuredHosts(index: EvidenceIndex, segment: SegmentEvidence, platforms: readonly string[], kind: string, fieldSet: number): number[] {
  const fields = index.input.fieldSets[fieldSet];
  const { at, policy } = index.input;
  const hosts = new Set<number>();
  for (const measurement of segment.measurements.get(kind) ?? []) {
    if (measurement.asOf > at + SKEW_MS) continue;
    for (const seen of measurement.hosts) {
      if (seen.count === 0 || seen.last < at - policy.freshDays * DAY_MS || seen.last > at + SKEW_MS) continue;
      if (!fields?.required.every((field) => seen.filled.includes(field)) || !fields.anyOf.every((group) => group.some((field) => seen.filled.includes(field)))) continue;
      const host = segment.hostIds.get(seen.host);
      if (host === undefined || seen.host === "" || (segment.rostered && !platforms.includes(segment.hostPlatforms[host] ?? ""))) continue;
      hosts.add(host);
    }
  }
  return [...hosts];
}

/** The single fields and groups of a field set that too few fresh records fill, fewest first. */
function missingFields(index: EvidenceIndex, segment: SegmentEvidence, platforms: readonly string[], kind: string, fieldSet: number, fresh: number): KindEvidence["missing"] {
  const fields = index.input.fieldSets[fieldSet];
  const groups = [...(fields?.required ?? []).map((field) => [field]), ...(fields?.anyOf ?? [])];
  return groups
    .map((group) => {
      let filled = 0;
      for (const { host, shape, source } of segment.rows.get(kind) ?? []) {
        if (source.host === "" || (segment.rostered && !platforms.includes(segment.hostPlatforms[host] ?? ""))) continue;
        const present = index.input.shapes[shape] ?? [];
        if (group.some((field) => present.includes(field))) filled += source.fresh;
      }
      return { fields: group, filled };
    })
    .filter((part) => part.filled * 100 < index.input.policy.fillPercent * fresh)
    .sort((a, b) => a.filled - b.filled);
}

function later(a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : Math.max(a, b);
}
