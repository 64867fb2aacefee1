import { familyOfKind, type EvidenceIndex, type SegmentEvidence } from "./index-evidence";
import { DAY_MS, SKEW_MS } from "./instants";
import type { AlternativeInput, ClaimInput, ScoringInput } from "./scoring-input";
import type { EvidenceKind } from "./status";
import { capHosts } from "./weigh-kind";

type AcceptedKinds = ScoringInput["acceptSets"][number];

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

const STRENGTH = ["measured", "flow", "configuration", "statement"] as const;

/**
 * Which claims of a segment count for a reference, by the exact rules of design section 7: as cited (the claim names the
 * log source, and the same channel and component or none), or by a record kind that the reference accepts; not with zero
 * hosts, an as_of later than T or older than claimDays, or an event that cannot exist. A date or host count that the
 * inventory does not state stays unknown and does not disqualify. A measurement of an accepted kind is a claim too: it
 * outranks the others but proves nothing. Returns null when none counts.
 */
export function weighClaims(index: EvidenceIndex, segment: SegmentEvidence, component: { id: string; name: string }, alternative: AlternativeInput, accepted: AcceptedKinds, population: number): ClaimVerdict | null {
  const counting: { evidence: ClaimVerdict["evidence"]; by: ClaimVerdict["by"]; source: string; asOf: number | null; hosts: number; silent: boolean; contradiction: ClaimVerdict["contradiction"] }[] = [];
  const how = new Map(accepted.map((kind) => [kind.kind, kind.met]));
  for (const claim of segment.claims) {
    if (!claimCounts(claim, index.input)) continue;
    const kinds = claim.kinds.filter((kind) => how.has(kind));
    const cited = namesReference(claim, component, alternative);
    if (kinds.length === 0 && !cited) continue;
    const silent = kinds.length > 0 && kinds.every((kind) => segment.silentFamilies.has(familyOfKind(kind)));
    const contradiction = contradictionOf(index, segment, claim, kinds);
    counting.push({
      evidence: claim.basis === "unknown" ? "statement" : claim.basis,
      by: cited || kinds.some((kind) => how.get(kind) === "as-cited") ? "as-cited" : "equivalent",
      source: claim.source,
      asOf: claim.asOf,
      hosts: contradiction || silent ? 0 : capHosts(claim.hosts ?? population, population),
      silent,
      contradiction,
    });
  }
  for (const { kind, met } of accepted) {
    for (const measurement of segment.measurements.get(kind) ?? []) {
      if (measurement.asOf > index.input.at + SKEW_MS || measurement.asOf < index.input.at - index.input.policy.claimDays * DAY_MS) continue;
      const hosts = measurement.hosts.filter((host) => host.count > 0).length;
      if (hosts === 0) continue;
      const silent = segment.silentFamilies.has(familyOfKind(kind));
      counting.push({ evidence: "measured", by: met, source: `measurement of ${kind}`, asOf: measurement.asOf, hosts: silent ? 0 : capHosts(hosts, population), silent, contradiction: null });
    }
  }
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

/** Hosts that flow statistics of exactly the proven kind add to reach: every kind the claim speaks of must be accepted here. */
export function flowHosts(index: EvidenceIndex, segment: SegmentEvidence, accepted: AcceptedKinds, proven: ReadonlySet<string>): number {
  let hosts = 0;
  for (const claim of segment.claims) {
    if (claim.basis !== "flow" || claim.hosts === null || claim.kinds.length === 0 || !claimCounts(claim, index.input)) continue;
    if (!claim.kinds.some((kind) => proven.has(kind)) || !claim.kinds.every((kind) => accepted.some((accept) => accept.kind === kind))) continue;
    hosts = Math.max(hosts, claim.hosts);
  }
  return hosts;
}

/** Whether a claim may count anywhere at T. */
export function claimCounts(claim: ClaimInput, input: Pick<ScoringInput, "at" | "policy">): boolean {
  if (claim.impossible !== undefined || claim.hosts === 0) return false;
  return claim.asOf === null || (claim.asOf <= input.at && claim.asOf >= input.at - input.policy.claimDays * DAY_MS);
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

function namesReference(claim: ClaimInput, component: { id: string; name: string }, alternative: AlternativeInput): boolean {
  if (alternative.verdict !== "producible" || fold(claim.logSource) !== fold(alternative.name)) return false;
  if (claim.channel !== "" && fold(claim.channel) !== fold(alternative.channel)) return false;
  return claim.component === "" || [component.id, component.name].some((name) => fold(name) === fold(claim.component));
}

function stronger(a: { evidence: ClaimVerdict["evidence"]; hosts: number; by: string; source: string }, b: typeof a): boolean {
  const order = Number(b.hosts === 0) - Number(a.hosts === 0) || STRENGTH.indexOf(b.evidence) - STRENGTH.indexOf(a.evidence) || Number(a.by === "as-cited") - Number(b.by === "as-cited") || a.hosts - b.hosts;
  return order > 0 || (order === 0 && a.source < b.source);
}

function fold(text: string): string {
  return text.trim().toLowerCase();
}
