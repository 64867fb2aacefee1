import { logsourcePlatforms } from "../rules/logsource-platforms";
import type { SigmaLogsource } from "../sigma/rule-types";
import type { CheckedSegment } from "./stored-check";

/** Of how many hosts a rule could see records in a segment: those of its platforms; all assets where its logsource names none, or is a network's. */
export function rulePopulation(logsource: SigmaLogsource, { assets, population }: Pick<CheckedSegment, "assets" | "population">): number {
  const { platforms, components } = logsourcePlatforms(logsource);
  if (platforms.length === 0 || components !== null) return assets;
  return platforms.reduce((sum, platform) => sum + (population[platform] ?? 0), 0);
}
