import { componentByName } from "@/lib/telemetry/component-index";
import { UNKNOWN_FAMILY } from "@/lib/telemetry/family-of";
import type { AcceptedSet } from "./accepted-sets";
import type { CountingClaim } from "./counting-claims";
import { CLAIMED, comesFresh, FRESH, familyOfKind, type SegmentEvidence } from "./index-evidence";
import { DAY_MS, SKEW_MS } from "./instants";
import type { PreparedAlternative } from "./prepare-analytics";
import type { ClaimInput } from "./scoring-input";
import type { EvidenceKind } from "./status";
import { capHosts, type Ground } from "./weigh-kind";

/** The strongest claim that counts for one reference in one segment. */
export interface ClaimVerdict {
  readonly evidence: Extract<EvidenceKind, "measured" | "flow" | "configuration" | "statement">;
  readonly by: "as-cited" | "equivalent";
  readonly source: string; // what the inventory calls it
  readonly condition: string; // what restricts the claim that is shown; "" = nothing
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
 *
 * @param kinds what openClaimSearch found for the kinds that the reference accepts
 * @param citing claims that name the reference (listCiting), in their order
 */
export function weighClaims(ground: Ground, kinds: MatchedClaims, citing: readonly CountingClaim[]): ClaimVerdict | null {
  const counting = [...(citing.length === 0 ? kinds.claims : withCiting(ground, kinds.claims, citing)), ...kinds.measured];
  if (counting.length === 0) return null;
  const allowed = ground.index.input.policy.asCitedOnly ? counting.filter((claim) => claim.by === "as-cited") : counting;
  const best = allowed.reduce<(typeof allowed)[number] | undefined>((a, b) => (a === undefined || stronger(b, a) ? b : a), undefined);
  if (!best) return null;
  const { evidence, by, source, condition, asOf } = best;
  return {
    evidence,
    by,
    source,
    condition,
    asOf,
    hosts: allowed.reduce((most, claim) => Math.max(most, claim.hosts), 0),
    silent: allowed.every((claim) => claim.silent),
    contradicted: allowed.some((claim) => claim.contradiction !== null),
    contradiction: best.contradiction ?? allowed.find((claim) => claim.contradiction !== null)?.contradiction ?? null,
  };
}

/** The claims and measurements of a segment beside a set of accepted kinds: what all references with the same kinds share. */
export interface MatchedClaims {
  readonly claims: readonly CountedClaim[]; // that speak of at least one of the kinds, in their order
  readonly measured: readonly Counted[];
  readonly divided: boolean; // one of them may count for a single component only
}

export const NOTHING_CLAIMED: MatchedClaims = { claims: [], measured: [], divided: false };

interface CountedClaim extends Counted {
  readonly position: number; // of the claim in its segment
  readonly only: string | null; // the one component it may count for; null: any that its record kinds carry
}

/** Opens the search for what a segment claims of accepted kinds, and what its records say to that. Most claims mean the same beside many sets, and are then one object. */
export function openClaimSearch(ground: Ground): (accepted: AcceptedSet) => MatchedClaims {
  const { segment } = ground;
  const counted: CountedClaim[] = []; // uncontradicted, by position, whether cited and whether silent
  return (accepted) => {
    const spoken = listSpoken(segment, accepted);
    if (spoken === null && segment.measurements.size === 0) return NOTHING_CLAIMED;
    const claims: CountedClaim[] = [];
    segment.claims.forEach((claim) => {
      const kinds = spoken?.[claim.position];
      if (kinds === undefined) return;
      const by = kinds.some((at) => accepted.kinds[at]?.met === "as-cited") ? "as-cited" : "equivalent";
      const silent = segment.silentFamilies.size > 0 && kinds.every((at) => segment.silentFamilies.has(familyAt(accepted, at)));
      const contradiction = contradictionOf(ground, claim.claim, accepted, kinds);
      if (contradiction !== null) claims.push(countClaim(ground, claim, { by, silent, contradiction }));
      else claims.push((counted[claim.position * 4 + (by === "as-cited" ? 2 : 0) + (silent ? 1 : 0)] ??= countClaim(ground, claim, { by, silent, contradiction })));
    });
    return { claims, measured: segment.measurements.size === 0 ? [] : accepted.kinds.flatMap(({ kind, met }) => measuredClaims(ground, kind, met)), divided: claims.some(({ only }) => only !== null) };
  };
}

/** By the position of a claim, which of the accepted kinds it speaks of. null: none speaks of any. */
function listSpoken(segment: SegmentEvidence, { kinds, numbers }: AcceptedSet): number[][] | null {
  let spoken: number[][] | null = null;
  for (let at = 0; at < numbers.length; at += 1) {
    const accept = ((segment.holds[numbers[at] ?? -1] ?? 0) & CLAIMED) === 0 ? undefined : kinds[at];
    if (accept === undefined) continue;
    spoken ??= [];
    for (const { position } of segment.claimsByKind.get(accept.kind) ?? NO_CLAIMS) {
      const known = spoken[position];
      if (known === undefined) spoken[position] = [at];
      else known.push(at);
    }
  }
  return spoken;
}

/**
 * Without the claims that speak of another component. A claim of a source that nobody knows says no more than its component: the
 * kinds that carry it carry others too, and of those it says nothing.
 */
export function claimsOn(component: string, found: MatchedClaims): MatchedClaims {
  return found.divided ? { ...found, claims: found.claims.filter(({ only }) => only === null || only === component) } : found;
}

/** The claims that name a reference: its log source, and the same channel and component or none. Mostly there is none. */
export function listCiting({ segment }: Ground, { input: { verdict }, name, channel, component }: PreparedAlternative): readonly CountingClaim[] {
  if (verdict !== "producible") return NO_CLAIMS;
  const named = segment.claimsByName.get(name);
  if (named === undefined) return NO_CLAIMS;
  return named.filter((claim) => (claim.channel === "" || claim.channel === channel) && (claim.component === "" || component.includes(claim.component)));
}

const NO_CLAIMS: readonly CountingClaim[] = [];

function countClaim({ population }: Ground, { claim, position }: CountingClaim, found: Pick<Counted, "by" | "silent" | "contradiction">): CountedClaim {
  return {
    position,
    only: claim.family === UNKNOWN_FAMILY.id ? (componentByName(claim.component)?.id ?? null) : null,
    evidence: claim.basis === "unknown" ? "statement" : claim.basis,
    by: found.by,
    source: claim.source,
    condition: claim.condition ?? "",
    asOf: claim.asOf,
    hosts: found.contradiction || found.silent ? 0 : capHosts(claim.hosts ?? population, population),
    silent: found.silent,
    contradiction: found.contradiction,
  };
}

/** The claims by kind, those that also name the reference as cited, with the ones that do nothing else. */
function withCiting(ground: Ground, claims: readonly CountedClaim[], citing: readonly CountingClaim[]): CountedClaim[] {
  const cited = new Set(citing.map(({ position }) => position));
  const byKind = new Set(claims.map(({ position }) => position));
  const more = citing.filter(({ position }) => !byKind.has(position)).map((claim) => countClaim(ground, claim, { by: "as-cited", silent: false, contradiction: null }));
  return [...claims.map((claim): CountedClaim => (cited.has(claim.position) ? { ...claim, by: "as-cited" } : claim)), ...more].sort((a, b) => a.position - b.position);
}

/**
 * A measurement as a claim: it shows records of an accepted kind, not older than claimDays. With a roster only hosts that it lists for
 * the platform count; without one nobody knows which host is which, and the measurement stays somebody's word.
 */
function measuredClaims({ index, segment, population, owns }: Ground, kind: string, met: Counted["by"]): Counted[] {
  const { at, policy } = index.input;
  return (segment.measurements.get(kind) ?? [])
    .filter(({ asOf }) => asOf <= at + SKEW_MS && asOf >= at - policy.claimDays * DAY_MS)
    .flatMap((measurement): Counted[] => {
      const silent = segment.silentFamilies.has(familyOfKind(kind));
      const hosts = measurement.hosts.filter(({ host, count }) => count > 0 && (!segment.rostered || owns(segment.hostIds.get(host) ?? -1))).length;
      if (hosts === 0) return [];
      return [{ evidence: "measured", by: met, source: `measurement of ${measurement.kind}`, condition: "", asOf: measurement.asOf, hosts: silent ? 0 : capHosts(hosts, population), silent, contradiction: null }];
    });
}

/** Hosts that flow statistics of exactly the proven kind add to reach: every kind the claim speaks of must be accepted here. */
export function flowHosts(segment: SegmentEvidence, accepted: AcceptedSet, proofs: readonly { readonly kind: string }[]): number {
  let hosts = 0;
  for (const { claim } of segment.claims) {
    if (claim.basis !== "flow" || claim.hosts === null || claim.hosts <= hosts) continue;
    if (proofs.some(({ kind }) => claim.kinds.includes(kind)) && claim.kinds.every((kind) => accepted.met.has(kind))) hosts = claim.hosts;
  }
  return hosts;
}

/** "At least 1,000 fresh records of that source from S and none carries it"; a claim without known kinds cannot be contradicted. */
function contradictionOf({ index, segment }: Ground, claim: ClaimInput, accepted: AcceptedSet, spoken: readonly number[]): ClaimVerdict["contradiction"] {
  for (const at of spoken) {
    const accept = accepted.kinds[at];
    if (accept !== undefined && ((segment.holds[accepted.numbers[at] ?? -1] ?? 0) & FRESH) !== 0 && comesFresh(index.input, segment, accept)) return null;
  }
  for (const at of spoken) {
    const family = familyAt(accepted, at);
    const records = segment.freshByFamily.get(family) ?? 0;
    if (records >= index.input.policy.contradictionRecords) return { source: claim.source, family, records };
  }
  return null;
}

function familyAt({ families, numbers }: AcceptedSet, at: number): string {
  return families[numbers[at] ?? -1] ?? "";
}

function stronger(a: Counted, b: Counted): boolean {
  const order = Number(b.hosts === 0) - Number(a.hosts === 0) || STRENGTH.indexOf(b.evidence) - STRENGTH.indexOf(a.evidence) || Number(b.condition !== "") - Number(a.condition !== "") || Number(a.by === "as-cited") - Number(b.by === "as-cited") || a.hosts - b.hosts;
  return order > 0 || (order === 0 && a.source < b.source);
}
