import type { RequirementFacts } from "./prove-requirement";
import type { JoinResult } from "./scoring-result";
import { shareOf } from "./weigh-kind";

/** Shares of the population in millionths: reach counts in the number, lower in L, upper in U. */
export interface Reach {
  readonly reach: number;
  readonly lower: number;
  readonly upper: number;
}

/**
 * The smallest share of hosts over the requirements that decide (design, section 7, The number): with fresh proof for
 * `reach`; with proof through references of basis curated or channel alone for `lower`; for `upper` an unproven
 * requirement counts the hosts of its uncontradicted claims. 0 where one of them has nothing of the kind, and where there
 * is none. A chain that was tested and does not join can never fire, so its upper is 0 as well.
 */
export function computeReach(deciding: readonly RequirementFacts[], joins: readonly JoinResult[], population: number): Reach {
  if (deciding.length === 0) return { reach: 0, lower: 0, upper: 0 };
  let reach = population, lower = population, upper = population;
  for (const { proven, proofHosts, firmHosts, claimedHosts } of deciding) {
    reach = Math.min(reach, proofHosts);
    lower = Math.min(lower, firmHosts);
    upper = Math.min(upper, proven ? proofHosts : claimedHosts);
  }
  const broken = joins.some((join) => join.state === "not-joined");
  return { reach: shareOf(reach, population), lower: shareOf(lower, population), upper: broken ? 0 : shareOf(upper, population) };
}
