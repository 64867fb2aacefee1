import type { CountingClaim } from "./counting-claims";
import { explainPresent } from "./explain-why-not";
import type { WhyNot } from "./scoring-result";
import { notesOnProof } from "./quality/quality-notes";
import { flagBits, MILLION, type EvidenceKind } from "./status";
import type { Present } from "./weigh-accepted";
import { weighClaims, type ClaimVerdict, type MatchedClaims } from "./weigh-claims";
import { capHosts, shareOf, type Ground, type KindEvidence } from "./weigh-kind";

/** The verdict on a reference in a segment, apart from what the reference is called. */
export interface Judgement {
  readonly present: Present;
  readonly evidence: EvidenceKind; // what the verdict rests on
  readonly claimed: boolean;
  readonly claimedHosts: number;
  readonly flags: number; // bits of FLAGS
  readonly why: WhyNot | null; // null: nothing is there and nothing claimed, which Scope.absence explains
}

const NARROW = flagBits(["narrow"]);
const SILENT = flagBits(["silent"]);
const STALE = flagBits(["stale"]);
const CONTRADICTED = flagBits(["contradicted"]);
const CONDITIONAL = flagBits(["conditional"]);
const THIN = flagBits(["thin"]);
const HOSTS_UNVERIFIED = flagBits(["hosts-unverified"]);
const ZONE_DEPENDENT = flagBits(["zone-dependent"]);

/**
 * Decides what a segment holds for a reference: proof, else a claim, else nothing.
 *
 * @param claims of the kinds that the reference accepts
 * @param citing claims that name the reference itself
 * @param windowMs what a pack's chain allows between its steps; absent: no chain
 */
export function judgeReference(ground: Ground, present: Present, claims: MatchedClaims, citing: readonly CountingClaim[], windowMs?: number): Judgement {
  if (present.evidence.length === 0 && citing.length === 0 && claims.claims.length + claims.measured.length === 0) return nothingKnown(present);
  const { proven, past } = present;
  const claim = proven ? null : weighClaims(ground, claims, citing);
  return {
    present,
    evidence: (proven ? present.measured : (past?.wasMeasured ?? null)) !== null ? "measured" : proven || past ? "events" : (claim?.evidence ?? "none"),
    claimed: !proven && (claim !== null || past !== undefined),
    claimedHosts: proven ? 0 : claimedHosts(claim, past, ground.population),
    flags: flagsOf(ground, present, claim, windowMs),
    why: explainPresent(ground, present, claim, windowMs),
  };
}

// Of what no segment has and none claims there is one verdict.
const NOTHING_KNOWN = new WeakMap<Present, Judgement>();

function nothingKnown(present: Present): Judgement {
  let judgement = NOTHING_KNOWN.get(present);
  if (judgement === undefined) NOTHING_KNOWN.set(present, (judgement = { present, evidence: "none", claimed: false, claimedHosts: 0, flags: 0, why: null }));
  return judgement;
}

function flagsOf({ segment, population, index }: Ground, present: Present, claim: ClaimVerdict | null, windowMs: number | undefined): number {
  let flags = 0;
  if (present.proven) {
    if (shareOf(present.reachHosts, population) * 100 < index.input.policy.narrowPercent * MILLION) flags |= NARROW;
    for (const { bits } of notesOnProof({ segment, index }, present, windowMs)) flags |= bits;
  } else {
    if (present.silent || claim?.silent) flags |= SILENT;
    if (present.past && !present.past.silent) flags |= STALE;
    if (claim?.contradicted) flags |= CONTRADICTED;
    if (claim && claim.condition !== "") flags |= CONDITIONAL;
    if (present.thin) flags |= THIN;
  }
  if (!segment.rostered && present.timed) flags |= HOSTS_UNVERIFIED;
  if (present.zoneDependent) flags |= ZONE_DEPENDENT;
  return flags;
}

/** A past proof claims the hosts it was seen on, unless the source is silent; a claim the hosts it states. */
function claimedHosts(claim: ClaimVerdict | null, past: KindEvidence | undefined, population: number): number {
  const seen = past && !past.silent ? capHosts(past.everHosts, population) : 0;
  return Math.max(claim?.hosts ?? 0, seen);
}
