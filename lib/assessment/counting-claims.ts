import { DAY_MS } from "./instants";
import type { ClaimInput, ScoringInput } from "./scoring-input";

/** A claim that may count at T, its words folded once for comparison. */
export interface CountingClaim {
  readonly claim: ClaimInput;
  readonly position: number; // among the counting claims of its segment, the order in which they are weighed
  readonly logSource: string;
  readonly channel: string;
  readonly component: string;
}

/** The claims that are not ruled out: not with zero hosts, an as_of later than T or older than claimDays, or an event that cannot exist. */
export function listCountingClaims(claims: readonly ClaimInput[], input: Pick<ScoringInput, "at" | "policy">): CountingClaim[] {
  return claims
    .filter((claim) => claimCounts(claim, input))
    .map((claim, position) => ({ claim, position, logSource: foldWords(claim.logSource), channel: foldWords(claim.channel), component: foldWords(claim.component) }));
}

function claimCounts(claim: ClaimInput, { at, policy }: Pick<ScoringInput, "at" | "policy">): boolean {
  if (claim.impossible !== undefined || claim.hosts === 0) return false;
  return claim.asOf === null || (claim.asOf <= at && claim.asOf >= at - policy.claimDays * DAY_MS);
}

/** Log sources, channels and components are the same words whatever their case and outer blanks. */
export function foldWords(text: string): string {
  return text.trim().toLowerCase();
}
