import { commonPlatforms } from "@/lib/assessment/common-platforms";
import { DAY_MS, HOUR_MS } from "@/lib/assessment/instants";
import { familyOfKind } from "@/lib/assessment/index-evidence";
import type { ClaimInput, ScoringInput } from "@/lib/assessment/scoring-input";
import { OWN } from "@/lib/assessment/weigh-kind";
import { familyById, UNKNOWN_FAMILY } from "@/lib/telemetry/family-of";
import { describeSource } from "./telemetry-cell";
import { openSource, type SourceGround, type TelemetryEvidence } from "./telemetry-evidence";
import { listSourceFields, listSourceKinds, sayShort } from "./telemetry-kinds";
import type { SourceAnalytic, SourceClaim, SourceFacts, SourceMeasurement } from "./telemetry-source-view";

/** All that the pinned inputs say of one source in one segment; null where it does not apply there. */
export function describeSourceFacts(evidence: TelemetryEvidence, position: number, family: string): SourceFacts | null {
  const segment = evidence.index.segments[position];
  const cell = describeSource(evidence, position, family);
  if (segment === undefined || cell === null) return null;
  const source = openSource(evidence, segment, family);
  const { input } = evidence;
  const known = familyById(family) ?? UNKNOWN_FAMILY;
  const { ages, neverSeen, foreign } = listHosts(evidence, source);
  return {
    segment: { id: segment.input.id, name: segment.input.name, platforms: segment.input.platforms.map(({ name }) => name), rostered: segment.rostered },
    family: { id: family, title: known.title, products: known.products, caveats: known.caveats },
    at: input.at,
    freshDays: input.policy.freshDays,
    cell,
    kinds: listSourceKinds(evidence, position, family, source),
    fields: listSourceFields(evidence, source),
    claims: input.claims.filter((claim) => claim.segment === segment.input.id && claim.family === family).map((claim) => toClaim(claim, input)),
    measurements: input.measurements.filter((measurement) => measurement.segment === segment.input.id && familyOfKind(measurement.kind) === family).map(toMeasurement),
    ages,
    neverSeen,
    foreign,
    datasets: listSamples(evidence, source),
    analytics: listServed(evidence, position, family, source),
  };
}

function toClaim(claim: ClaimInput, { at, policy }: ScoringInput): SourceClaim {
  const { source, logSource, channel, component, basis, asOf, hosts, condition = "", kinds, file = "" } = claim;
  const because =
    claim.impossible !== undefined ? `cannot be collected: ${claim.impossible}`
    : hosts === 0 ? "it claims no host"
    : asOf !== null && asOf > at ? "its date lies after the assessment"
    : asOf !== null && asOf < at - policy.claimDays * DAY_MS ? `older than ${policy.claimDays} days`
    : "";
  return { source, file, logSource, channel, component, basis, asOf, hosts, condition, kinds: kinds.length, counts: because === "", because };
}

function toMeasurement({ kind, asOf, complete, records, hosts }: ScoringInput["measurements"][number]): SourceMeasurement {
  const seen = hosts.filter(({ count }) => count > 0);
  return { kind, asOf, complete, records, hosts: seen.length, count: seen.reduce((sum, { count }) => sum + count, 0), newest: seen.reduce<number | null>((newest, { last }) => (newest === null ? last : Math.max(newest, last)), null) };
}

const AGES = [["≤ 1 h", HOUR_MS], ["≤ 6 h", 6 * HOUR_MS], ["≤ 1 d", DAY_MS], ["≤ 7 d", 7 * DAY_MS], ["≤ 30 d", 30 * DAY_MS], ["older", Infinity]] as const;

/** Hosts of the segment by the age of their newest record of the source; with a roster also those never seen, and who is not on it. */
function listHosts({ input }: TelemetryEvidence, { ground, kinds, platforms }: SourceGround): Pick<SourceFacts, "ages" | "neverSeen" | "foreign"> {
  const { segment, standing, index } = ground;
  const newest = new Map<number, number>();
  const strangers = new Set<string>();
  for (const kind of kinds) {
    for (const row of segment.rows.get(kind) ?? []) {
      const host = index.columns.host[row] ?? -1;
      const name = segment.hosts[host] ?? "";
      if (standing[host] !== OWN) {
        if (name !== "" && segment.rostered && segment.hostPlatforms[host] === null && (index.columns.fresh[row] ?? 0) > 0) strangers.add(name);
        continue;
      }
      for (const ms of [index.columns.freshLast[row], index.columns.staleLast[row]]) if (ms !== undefined && !Number.isNaN(ms)) newest.set(host, Math.max(newest.get(host) ?? ms, ms));
    }
  }
  const counts = AGES.map(() => 0);
  for (const ms of newest.values()) {
    const slot = AGES.findIndex(([, limit]) => input.at - ms <= limit);
    counts[slot] = (counts[slot] ?? 0) + 1;
  }
  const roster = (segment.input.roster ?? []).filter(({ platform }) => platforms.includes(platform));
  const neverSeen = roster.filter(({ host }) => !newest.has(segment.hostIds.get(host) ?? -1)).map(({ host }) => host);
  const never = segment.rostered ? neverSeen.length : Math.max(0, ground.population - newest.size);
  return { ages: [...AGES.map(([label], slot) => ({ label, hosts: counts[slot] ?? 0 })), { label: "never", hosts: never }], neverSeen: neverSeen.sort(), foreign: [...strangers].sort() };
}

function listSamples({ input }: TelemetryEvidence, { ground, kinds }: SourceGround): SourceFacts["datasets"] {
  const found = new Map<string, { fresh: number; stale: number }>();
  for (const kind of kinds) {
    for (const row of ground.segment.rows.get(kind) ?? []) {
      const aggregate = input.aggregates[row];
      if (aggregate === undefined) continue;
      const sum = found.get(aggregate.dataset) ?? { fresh: 0, stale: 0 };
      sum.fresh += aggregate.fresh;
      sum.stale += aggregate.stale;
      found.set(aggregate.dataset, sum);
    }
  }
  return [...found].map(([id, sum]) => ({ id, ...sum })).sort((a, b) => b.fresh - a.fresh || (a.id < b.id ? -1 : 1));
}

/** Applicable analytics that the source could serve: those that cite it first, and those that it does not serve before those that it does. */
function listServed(evidence: TelemetryEvidence, position: number, family: string, source: SourceGround): Omit<SourceAnalytic, "name">[] {
  const { units, bySegment, input, index } = evidence;
  const here = new Set(source.kinds);
  const served = (bySegment[position] ?? []).flatMap(({ analytic, status, flags }): Omit<SourceAnalytic, "name">[] => {
    const own = units[analytic]?.get(family);
    const [asks, segment] = [input.analytics[analytic], input.segments[position]];
    if (own === undefined || asks === undefined || segment === undefined) return [];
    const { id } = asks;
    const platforms = commonPlatforms(asks, segment);
    const components = new Map<number, { name: string; proven: boolean }>();
    let why = "";
    for (const unit of own) {
      const proven = source.proves(unit.reference, platforms);
      components.set(unit.requirement, { name: unit.component.name, proven: proven || (components.get(unit.requirement)?.proven ?? false) });
      if (proven || why !== "") continue;
      const near = index.accepted[unit.accepts]?.kinds.find(({ kind }) => here.has(kind));
      const words = near === undefined ? sayUnseen(index.accepted[unit.accepts]?.kinds.filter(({ kind }) => familyOfKind(kind) === family).map(({ kind }) => kind) ?? []) : `${near.kind}: ${sayShort(source.weigh(near.kind, near.fields), evidence)}`;
      why = `${unit.component.name}: ${words}`;
    }
    const list = [...components.values()];
    return [{ id, status, flags, cites: own.some(({ cites }) => cites), components: list, why: list.every(({ proven }) => proven) ? "" : why }];
  });
  const all = (row: Omit<SourceAnalytic, "name">): boolean => row.components.every(({ proven }) => proven);
  return served.sort((a, b) => Number(b.cites) - Number(a.cites) || Number(all(a)) - Number(all(b)) || (a.id < b.id ? -1 : 1));
}

function sayUnseen(kinds: readonly string[]): string {
  return kinds.length > 3 ? `none of ${kinds.length} accepted event keys was ever seen` : `${kinds.join(", ")} never seen`;
}
