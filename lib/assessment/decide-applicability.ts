import { endOfDay } from "./instants";
import type { AnalyticInput, ScoringInput } from "./scoring-input";
import type { NotApplicableReason } from "./scoring-result";

export interface Inapplicability {
  readonly reason: NotApplicableReason;
  readonly text: string;
}

const EXTERNAL: Inapplicability = { reason: "external", text: "Happens outside the fleet (PRE): no segment can record it." };
const DEPRECATED: Inapplicability = { reason: "deprecated-strategy", text: "Its detection strategy is deprecated in this release." };
const NO_PLATFORM: Inapplicability = { reason: "platform", text: "The analytic names no platform, and the segment has none of its domain." };
const OTHER_PLATFORM: Inapplicability = { reason: "platform", text: "The segment has no host of the analytic's platform." };

type ExclusionInput = ScoringInput["exclusions"][number];

/**
 * Why a cell does not apply, or null when it does (design, section 7, first row of the table). An exclusion counts
 * through the end of the day it expires on (UTC), and only with a reason and an owner; after it the cell applies again.
 *
 * @param common whether analytic and segment have a platform in common (commonPlatforms)
 */
export function decideApplicability(analytic: AnalyticInput, common: boolean, exclusion: ExclusionInput | undefined, at: number): Inapplicability | null {
  if (analytic.external) return EXTERNAL;
  if (analytic.strategyDeprecated) return DEPRECATED;
  if (!common) return analytic.platformsFrom === "domain" || analytic.platforms.length === 0 ? NO_PLATFORM : OTHER_PLATFORM;
  if (exclusion && exclusion.reason.trim() !== "" && exclusion.owner.trim() !== "" && at <= endOfDay(exclusion.expires)) {
    return { reason: "exclusion", text: `Excluded by ${exclusion.owner} until ${exclusion.expires}: ${exclusion.reason}` };
  }
  return null;
}
