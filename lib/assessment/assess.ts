import { compareCodeUnits } from "@/lib/shared/canonical-json";
import { assessCell, openDetails } from "./assess-cell";
import { decideApplicability, type Inapplicability } from "./decide-applicability";
import { startHeadline } from "./headline";
import { indexEvidence, type SegmentEvidence } from "./index-evidence";
import { openScope, type Scope } from "./open-scope";
import type { AnalyticInput, ScoringInput } from "./scoring-input";
import { SCORING_RESULT_SCHEMA, type CellResult, type NotApplicableRule, type ScoringResult, type SegmentResult } from "./scoring-result";
import { MILLION } from "./status";
import { techniqueWeight } from "./technique-weight";

/** Name and version of these rules; part of every input, because another version may decide otherwise. */
export const ENGINE = "sightline-assessment/1";

/**
 * The only scorer: every cell of a ScoringInput and the numbers over them. Pure and deterministic: integers only, no
 * clock, no locale, no order of maps, so the same input gives a byte-identical result.
 */
export function assess(input: ScoringInput): ScoringResult {
  const index = indexEvidence(input);
  // Of several exclusions of one cell the one that lasts longest counts.
  const exclusions = new Map([...input.exclusions].sort((a, b) => compareCodeUnits(a.expires, b.expires)).map((exclusion) => [`${exclusion.segment}\n${exclusion.analytic}`, exclusion]));
  const details = openDetails(input);
  const weights = input.analytics.map((analytic) => techniqueWeight(analytic, input.weights));
  const platformKeys = input.analytics.map((analytic) => [...analytic.platforms].sort(compareCodeUnits).join("\n"));
  const scopeOf = (scopes: Map<string, Scope>, segment: SegmentEvidence, analytic: AnalyticInput, position: number): Scope => {
    const key = platformKeys[position] ?? "";
    const known = scopes.get(key);
    if (known) return known;
    const scope = openScope(index, segment, segment.input.platforms.map(({ name }) => name).filter((name) => analytic.platforms.includes(name)));
    scopes.set(key, scope);
    return scope;
  };
  const fleet = startHeadline();
  const byAnalytic: CellResult[][] = input.analytics.map(() => []); // segments come in order, so each list is ordered by segment
  const segments = index.segments.map((segment): SegmentResult => {
    const headline = startHeadline();
    const scopes = new Map<string, Scope>();
    const rules = new Map<string, { rule: Inapplicability; analytics: number[] }>();
    input.analytics.forEach((analytic, position) => {
      const rule = decideApplicability(analytic, segment.input, exclusions.size === 0 ? undefined : exclusions.get(`${segment.input.id}\n${analytic.id}`), input.at);
      if (rule) {
        const known = rules.get(rule.text);
        if (known) known.analytics.push(position);
        else rules.set(rule.text, { rule, analytics: [position] });
        headline.skip();
        fleet.skip();
        return;
      }
      const cell = assessCell(details, scopeOf(scopes, segment, analytic, position), analytic, position);
      const weight = weights[position] ?? MILLION;
      headline.add(cell, weight);
      fleet.add(cell, weight);
      byAnalytic[position]?.push(cell);
    });
    return {
      id: segment.input.id,
      population: [...segment.population].map(([platform, hosts]) => ({ platform, hosts })),
      headline: headline.total(),
      notApplicable: [...rules.values()].map(({ rule, analytics }): NotApplicableRule => ({ ...rule, analytics })),
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
