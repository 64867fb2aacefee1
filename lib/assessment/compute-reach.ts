import { criticalOf } from "./decide-status";
import type { JoinResult, RequirementResult } from "./scoring-result";
import { shareOf } from "./weigh-kind";

/** Shares of the population in millionths: reach counts in the number, lower in L, upper in U. */
export interface Reach {
  readonly reach: number;
  readonly lower: number;
  readonly upper: number;
}

/**
 * The smallest share of hosts over the critical requirements (design, section 7, The number): with fresh proof for
 * `reach`; with proof through references of basis curated or channel alone for `lower`; for `upper` an unproven
 * requirement counts the hosts of its uncontradicted claims. 0 where one critical requirement has nothing of the kind.
 * A chain that was tested and does not join can never fire, so its upper is 0 as well.
 */
export function computeReach(requirements: readonly Pick<RequirementResult, "critical" | "best" | "alternatives">[], joins: readonly JoinResult[], population: number): Reach {
  const critical = criticalOf(requirements);
  if (critical.length === 0) return { reach: 0, lower: 0, upper: 0 };
  let reach = population, lower = population, upper = population;
  for (const requirement of critical) {
    const best = requirement.alternatives[requirement.best];
    const proof = best?.proven ? best.reachHosts : 0;
    const firm = requirement.alternatives.reduce((most, line) => (line.proven && line.basis !== "component" ? Math.max(most, line.reachHosts) : most), 0);
    const claimed = requirement.alternatives.reduce((most, line) => Math.max(most, line.claimed ? line.claimedHosts : 0), 0);
    reach = Math.min(reach, proof);
    lower = Math.min(lower, firm);
    upper = Math.min(upper, best?.proven ? proof : claimed);
  }
  const broken = joins.some((join) => join.state === "not-joined");
  return { reach: shareOf(reach, population), lower: shareOf(lower, population), upper: broken ? 0 : shareOf(upper, population) };
}
