import { compareCodeUnits } from "@/lib/shared/canonical-json";
import { openBench, openCells, type Bench } from "./assess-cell";
import { commonPlatforms } from "./common-platforms";
import { decideApplicability, type Inapplicability } from "./decide-applicability";
import { startHeadline } from "./headline";
import { indexEvidence, type EvidenceIndex, type SegmentEvidence } from "./index-evidence";
import { openDetails } from "./intern-details";
import { openScope } from "./open-scope";
import { prepareAnalytics, type PreparedAnalytic } from "./prepare-analytics";
import type { ScoringInput } from "./scoring-input";
import { SCORING_RESULT_SCHEMA, type CellResult, type NotApplicableRule, type ScoringResult, type SegmentResult } from "./scoring-result";

/** Name and version of these rules; part of every input, because another version may decide otherwise. */
export const ENGINE = "sightline-assessment/3";

/**
 * The only scorer: every cell of a ScoringInput and the numbers over them. Pure and deterministic: integers only, no
 * clock, no locale, no order of maps, so the same input gives a byte-identical result.
 */
export function assess(input: ScoringInput): ScoringResult {
  const index = indexEvidence(input);
  const { analytics, requirements } = prepareAnalytics(input);
  const details = openDetails();
  const bench = openBench(input, details, requirements);
  const exclusions = lastingExclusions(input);
  const fleet = startHeadline();
  const byAnalytic: CellResult[][] = analytics.map(() => []); // segments come in order, so each list is ordered by segment
  const segments = index.segments.map((segment): SegmentResult => {
    const headline = startHeadline();
    const decideIn = openScopes(bench, index, segment);
    const rules = new Map<string, { rule: Inapplicability; analytics: number[] }>();
    for (const analytic of analytics) {
      const { position } = analytic;
      const decide = decideIn(analytic);
      const rule = decideApplicability(analytic.input, decide !== null, exclusions.size === 0 ? undefined : exclusions.get(`${segment.input.id}\n${analytic.input.id}`), input.at);
      if (rule || !decide) {
        headline.skip();
        const known = rule && rules.get(rule.text);
        if (known) known.analytics.push(position);
        else if (rule) rules.set(rule.text, { rule, analytics: [position] });
        continue;
      }
      const cell = decide(analytic);
      headline.add(cell, analytic.weight);
      byAnalytic[position]?.push(cell);
    }
    fleet.take(headline);
    return {
      id: segment.input.id,
      population: [...segment.population].map(([platform, hosts]) => ({ platform, hosts })),
      headline: headline.total(),
      notApplicable: [...rules.values()].map(({ rule, analytics: positions }): NotApplicableRule => ({ ...rule, analytics: positions })),
      ...rosterGaps(segment),
    };
  });
  return {
    schema: SCORING_RESULT_SCHEMA,
    engine: input.engine,
    requirements: details.requirements,
    details: details.docs,
    cells: byAnalytic.flat(),
    segments,
    fleet: fleet.total(),
  };
}

/** Of several exclusions of one cell the one that lasts longest counts. */
function lastingExclusions(input: ScoringInput): ReadonlyMap<string, ScoringInput["exclusions"][number]> {
  return new Map([...input.exclusions].sort((a, b) => compareCodeUnits(a.expires, b.expires)).map((exclusion) => [`${exclusion.segment}\n${exclusion.analytic}`, exclusion]));
}

/** Analytics of the same platforms share a scope; null: the segment has none of their platforms. */
function openScopes(bench: Bench, index: EvidenceIndex, segment: SegmentEvidence): (analytic: PreparedAnalytic) => ReturnType<typeof openCells> | null {
  const known = new Map<string, ReturnType<typeof openCells> | null>();
  return ({ input, platformKey }) => {
    let decide = known.get(platformKey);
    if (decide === undefined) {
      const platforms = commonPlatforms(input, segment.input);
      known.set(platformKey, (decide = platforms.length === 0 ? null : openCells(bench, openScope(index, segment, platforms))));
    }
    return decide;
  };
}

/** With a roster: who was never seen, and who was seen without being listed. */
function rosterGaps(segment: SegmentEvidence): Pick<SegmentResult, "neverSeen" | "foreign"> {
  if (!segment.rostered) return { neverSeen: [], foreign: [] };
  const neverSeen: string[] = [];
  const foreign: string[] = [];
  segment.hosts.forEach((host, id) => {
    if (segment.hostPlatforms[id] === null) {
      if (segment.seen[id]) foreign.push(host);
    } else if (!segment.seen[id]) neverSeen.push(host);
  });
  return { neverSeen: neverSeen.sort(), foreign: foreign.sort() };
}
