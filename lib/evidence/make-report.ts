import { toReportJson, type ReportJson } from "@/lib/assessment/report-json";
import type { ScoringInput } from "@/lib/assessment/scoring-input";
import type { ScoringResult } from "@/lib/assessment/scoring-result";
import type { RunFacts } from "./run-facts";

/** The headline numbers as `report --json` prints them, from input and result alone. */
export function makeReport(run: RunFacts, input: ScoringInput, result: ScoringResult): ReportJson {
  const { assessment, at, ranAt, runLater, releases, inputDigest, resultDigest, engine } = run;
  const segments = input.segments.map((segment, position) => {
    const found = result.segments[position];
    if (!found) throw new Error(`segment ${segment.id} was not scored`);
    const { assets, criticality, target } = segment;
    const doc = { assets, criticality, target, rostered: segment.roster !== null, platforms: [...found.population], headline: found.headline, weight: 0, neverSeen: [...found.neverSeen], foreign: [...found.foreign] };
    return { name: segment.name, doc };
  });
  return toReportJson({ assessment, at, ranAt, runLater, releases, inputDigest, resultDigest, engine, report: { fleet: result.fleet, policy: input.policy, weights: { profile: input.weights.profile, version: input.weights.version } }, segments });
}
