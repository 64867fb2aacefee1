import { foldWords, type CountingClaim } from "./counting-claims";
import { familyOfKind, type AcceptedSet, type EvidenceIndex, type SegmentEvidence } from "./index-evidence";
import { DAY_MS, SKEW_MS } from "./instants";
import type { AlternativeInput, ClaimInput } from "./scoring-input";
import type { EvidenceKind } from "./status";
import { capHosts } from "./weigh-kind";

/** The strongest claim that counts for one reference in one segment. */
export interface ClaimVerdict {
  readonly evidence: Extract<EvidenceKind, "measured" | "flow" | "configuration" | "statement">;
  readonly by: "as-cited" | "equivalent";
  readonly source: string; // what the inventory calls it
  readonly asOf: number | null;
  readonly hosts: number; // that the uncontradicted claims speak of, at most the population; 0 when all are contradicted
  readonly silent: boolean; // every one is of a source that a complete measurement shows silent
  readonly contradicted: boolean; // at least one is
  readonly contradiction: { readonly source: string; readonly family: string; readonly records: number } | null;
}

type Counted = Omit<ClaimVerdict, "contradicted">;

const STRENGTH = ["measured", "flow", "configuration", "statement"] as const;

/**
 * Which claims of a segment count for a reference, by the exact rules of design section 7: as cited (the claim names the
 * log source, and the same channel and component or none), or by a record kind that the reference accepts; not with zero
 * hosts, an as_of later than T or older than claimDays, or an event that cannot exist. A date or host count that the
 * inventory does not state stays unknown and does not disqualify. A measurement of an accepted kind is a claim too: it
 * outranks the others but proves nothing. Returns null when none counts.
 */
export function weighClaims(index: EvidenceIndex, segment: SegmentEvidence, component: { id: string; name: string }, alternative: AlternativeInput, accepted: AcceptedSet, matched: readonly MatchedClaim[], population: number): ClaimVerdict | null {
  if (segment.claims.length === 0 && segment.measurements.size === 0) return null;
  const counting: Counted[] = [];
  const name = index.foldedNames.get(alternative.name);
  for (const { counted, kinds, contradiction, silent, by } of matched) {
    const { claim } = counted;
    const cited = counted.logSource === name && namesReference(counted, component, alternative);
    if (kinds === 0 && !cited) continue;
    counting.push({
      evidence: claim.basis === "unknown" ? "statement" : claim.basis,
      by: cited ? "as-cited" : by,
      source: claim.source,
      asOf: claim.asOf,
      hosts: contradiction || silent ? 0 : capHosts(claim.hosts ?? population, population),
      silent,
      contradiction,
    });
  }
  if (segment.measurements.size > 0) {
    for (const { kind, met } of accepted.kinds) counting.push(...measuredClaims(index, segment, kind, met, population));
  }
  if (counting.length === 0) return null;
  const allowed = index.input.policy.asCitedOnly ? counting.filter((claim) => claim.by === "as-cited") : counting;
  const best = allowed.reduce<(typeof allowed)[number] | undefined>((a, b) => (a === undefined || stronger(b, a) ? b : a), undefined);
  if (!best) return null;
  return {
    ...best,
    hosts: Math.max(...allowed.map((claim) => claim.hosts)),
    silent: allowed.every((claim) => claim.silent),
    contradicted: allowed.some((claim) => claim.contradiction !== null),
    contradiction: best.contradiction ?? allowed.find((claim) => claim.contradiction !== null)?.contradiction ?? null,
  };
}

/** A claim beside a set of accepted kinds: how many of them it speaks of, and what the records say to that. */
export interface MatchedClaim {
  readonly counted: CountingClaim;
  readonly kinds: number;
  readonly by: "as-cited" | "equivalent";
  readonly silent: boolean;
  readonly contradiction: ClaimVerdict["contradiction"];
}

/** The claims of a segment beside what a reference accepts: the part that references with the same kinds share. */
export function matchClaims(index: EvidenceIndex, segment: SegmentEvidence, accepted: AcceptedSet): MatchedClaim[] {
  return segment.claims.map((counted) => {
    const kinds: string[] = [];
    for (const { kind } of accepted.kinds) if (counted.kinds.has(kind)) kinds.push(kind);
    if (kinds.length === 0) return { counted, kinds: 0, by: "equivalent", silent: false, contradiction: null };
    return {
      counted,
      kinds: kinds.length,
      by: kinds.some((kind) => accepted.met.get(kind) === "as-cited") ? "as-cited" : "equivalent",
      silent: kinds.length > 0 && kinds.every((kind) => segment.silentFamilies.has(familyOfKind(kind))),
      contradiction: contradictionOf(index, segment, counted.claim, kinds),
    };
  });
}

/** A measurement as a claim: it shows records of an accepted kind, not older than claimDays. */
function measuredClaims(index: EvidenceIndex, segment: SegmentEvidence, kind: string, met: Counted["by"], population: number): Counted[] {
  const { at, policy } = index.input;
  return (segment.measurements.get(kind) ?? [])
    .filter(({ asOf, hosts }) => asOf <= at + SKEW_MS && asOf >= at - policy.claimDays * DAY_MS && hosts.some((host) => host.count > 0))
    .map((measurement) => {
      const silent = segment.silentFamilies.has(familyOfKind(kind));
      const hosts = measurement.hosts.filter((host) => host.count > 0).length;
      return { evidence: "measured", by: met, source: `measurement of ${kind}`, asOf: measurement.asOf, hosts: silent ? 0 : capHosts(hosts, population), silent, contradiction: null };
    });
}

/** Hosts that flow statistics of exactly the proven kind add to reach: every kind the claim speaks of must be accepted here. */
export function flowHosts(segment: SegmentEvidence, accepted: AcceptedSet, proven: ReadonlySet<string>): number {
  let hosts = 0;
  for (const { claim } of segment.claims) {
    if (claim.basis !== "flow" || claim.hosts === null || claim.hosts <= hosts) continue;
    if (claim.kinds.some((kind) => proven.has(kind)) && claim.kinds.every((kind) => accepted.met.has(kind))) hosts = claim.hosts;
  }
  return hosts;
}

/** "At least 1,000 fresh records of that source from S and none carries it"; a claim without known kinds cannot be contradicted. */
function contradictionOf(index: EvidenceIndex, segment: SegmentEvidence, claim: ClaimInput, kinds: readonly string[]): ClaimVerdict["contradiction"] {
  if (kinds.length === 0 || kinds.some((kind) => segment.freshKinds.has(kind))) return null;
  for (const family of new Set(kinds.map(familyOfKind))) {
    const records = segment.freshByFamily.get(family) ?? 0;
    if (records >= index.input.policy.contradictionRecords) return { source: claim.source, family, records };
  }
  return null;
}

/** The log source is the same already: and the claim names the same channel and component, or none. */
function namesReference(claim: CountingClaim, component: { id: string; name: string }, alternative: AlternativeInput): boolean {
  if (alternative.verdict !== "producible") return false;
  if (claim.channel !== "" && claim.channel !== foldWords(alternative.channel)) return false;
  return claim.component === "" || claim.component === foldWords(component.id) || claim.component === foldWords(component.name);
}

function stronger(a: Counted, b: Counted): boolean {
  const order = Number(b.hosts === 0) - Number(a.hosts === 0) || STRENGTH.indexOf(b.evidence) - STRENGTH.indexOf(a.evidence) || Number(a.by === "as-cited") - Number(b.by === "as-cited") || a.hosts - b.hosts;
  return order > 0 || (order === 0 && a.source < b.source);
}
