import { commonPlatforms } from "@/lib/assessment/common-platforms";
import type { CountingClaim } from "@/lib/assessment/counting-claims";
import { familyOfKind, type SegmentEvidence } from "@/lib/assessment/index-evidence";
import { capHosts } from "@/lib/assessment/weigh-kind";
import { familyById } from "@/lib/telemetry/family-of";
import { openSource, sourcePlatforms, totalSource, type AskedAnalytic, type SourceGround, type SourceTotals, type TelemetryEvidence } from "./telemetry-evidence";
import type { QualityCounts, SourceCell, SourceFlag, SourceState } from "./telemetry-states";

const GRADES = ["fail", "warn", "indicative", "pass"] as const;
const NO_QUALITY: QualityCounts = { worst: null, fail: 0, warn: 0, indicative: 0, pass: 0 };

/** Claims of a segment that name this source. A claim of a component without a known source belongs to no family, and to the row that says so. */
export function claimsOfSource(segment: SegmentEvidence, family: string): CountingClaim[] {
  return segment.claims.filter(({ claim }) => claim.family === family);
}

/** Grades of the pinned probes of a source, counted. */
export function countQuality(evidence: TelemetryEvidence, segment: string, family: string): QualityCounts {
  const found = (evidence.input.quality ?? []).filter((row) => row.segment === segment && row.family === family);
  if (found.length === 0) return NO_QUALITY;
  const of = (grade: (typeof GRADES)[number]): number => found.filter((row) => row.grade === grade).length;
  return { worst: GRADES.find((grade) => of(grade) > 0) ?? null, fail: of("fail"), warn: of("warn"), indicative: of("indicative"), pass: of("pass") };
}

/** What a source is here; the first that holds: silent, proven in all or in part, records that prove nothing, only old records, claimed, absent. */
export function decideState(facts: { readonly silent: boolean; readonly records: number; readonly stale: number; readonly asked: number; readonly met: number; readonly served: number; readonly claims: number }): SourceState {
  const { silent, records, stale, asked, met, served, claims } = facts;
  if (silent) return "silent";
  if (records > 0) return met > 0 && met === asked ? "proven" : met > 0 || served > 0 ? "part" : "thin";
  if (stale > 0) return "stale";
  return claims > 0 ? "claimed" : "absent";
}

/**
 * One source in one segment, decided from the pinned inputs by the scorer's own tests; null where it does not apply: no
 * common platform, no analytic of the segment that cites it, no record, no claim.
 *
 * @param position of the segment in the input
 */
export function describeSource(evidence: TelemetryEvidence, position: number, family: string): Omit<SourceCell, "segment" | "family"> | null {
  const segment = evidence.index.segments[position];
  if (segment === undefined) return null;
  const runs = (familyById(family)?.platforms ?? []).length > 0 && sourcePlatforms(family, segment.input).length > 0;
  const claims = claimsOfSource(segment, family);
  const sampled = [...segment.rows.keys()].some((kind) => familyOfKind(kind) === family);
  const asks = evidence.askedOf(position).get(family) ?? [];
  if (!runs && claims.length === 0 && !sampled && !asks.some(({ own }) => own.some(({ cites }) => cites))) return null;
  const source = openSource(evidence, segment, family);
  const totals = totalSource(source, source.kinds);
  const { analytics, cited, served, asked, met } = countNeeds(evidence, position, asks, sampled ? source : null);
  const silent = segment.silentFamilies.has(family);
  return {
    state: decideState({ silent, records: totals.records, stale: totals.stale, asked, met, served, claims: claims.length }),
    flags: flagsOf(segment, totals, claims, { silent, contradicted: evidence.contradicted[position]?.has(family) ?? false }),
    hosts: capHosts(totals.hosts.size, source.ground.population),
    of: source.ground.population,
    records: totals.records,
    newest: totals.newest ?? segment.silentFamilies.get(family) ?? null,
    asked,
    met,
    claims: claims.length,
    analytics,
    cited,
    served,
    quality: countQuality(evidence, segment.input.id, family),
  };
}

/**
 * How many applicable analytics a source could serve here, cite and really serve, and the components asked of it: those of the
 * references that cite it, or, where none does, of those that would take it in another's place.
 */
function countNeeds({ input }: TelemetryEvidence, position: number, asked: readonly AskedAnalytic[], source: SourceGround | null) {
  let [cited, served] = [0, 0];
  const byCitation = { cited: new Map<string, boolean>(), other: new Map<string, boolean>() };
  for (const { analytic, own } of asked) {
    const [asks, here] = source === null ? [] : [input.analytics[analytic], input.segments[position]];
    const platforms = asks === undefined || here === undefined ? [] : commonPlatforms(asks, here);
    let serves = false;
    let cites = false;
    for (const unit of own) {
      const proven = source?.proves(unit.reference, platforms) ?? false;
      const components = unit.cites ? byCitation.cited : byCitation.other;
      components.set(unit.component.id, (components.get(unit.component.id) ?? false) || proven);
      serves ||= proven;
      cites ||= unit.cites;
    }
    if (cites) cited += 1;
    if (serves) served += 1;
  }
  const components = byCitation.cited.size > 0 ? byCitation.cited : byCitation.other;
  return { analytics: asked.length, cited, served, asked: components.size, met: [...components.values()].filter(Boolean).length };
}

function flagsOf(segment: SegmentEvidence, totals: SourceTotals, claims: readonly CountingClaim[], facts: { readonly silent: boolean; readonly contradicted: boolean }): SourceFlag[] {
  return [
    ...(facts.contradicted ? (["contradicted"] as const) : []),
    ...(facts.silent ? (["silent"] as const) : []),
    ...(totals.records === 0 && totals.stale > 0 && !facts.silent ? (["stale"] as const) : []),
    ...(totals.records === 0 && claims.length > 0 && claims.every(({ claim }) => claim.condition !== undefined) ? (["conditional"] as const) : []),
    ...(!segment.rostered && totals.records > 0 ? (["hosts-unverified"] as const) : []),
  ];
}
