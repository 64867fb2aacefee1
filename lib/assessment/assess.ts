import { openBench, openCells } from "./assess-cell";
import { startHeadline } from "./headline";
import { indexEvidence, type SegmentEvidence } from "./index-evidence";
import { openDetails } from "./intern-details";
import { openApplicability } from "./list-applicable";
import { openScope } from "./open-scope";
import { prepareAnalytics } from "./prepare-analytics";
import type { ScoringInput } from "./scoring-input";
import { SCORING_RESULT_SCHEMA, type CellResult, type ScoringResult, type SegmentResult } from "./scoring-result";

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
  const fleet = startHeadline();
  const cells: CellResult[] = [];
  const listApplicable = openApplicability(input, analytics);
  const segments = index.segments.map((segment): SegmentResult => {
    const headline = startHeadline();
    const applicable = listApplicable(segment.input);
    const scopes = applicable.platforms.map((platforms, place) => openCells(bench, openScope(index, segment, platforms), place));
    applicable.analytics.forEach((analytic, at) => {
      const cell = scopes[applicable.scope[at] ?? -1]?.(analytic);
      if (cell === undefined) return;
      headline.add(cell, analytic.weight);
      cells.push(cell);
    });
    headline.skip(analytics.length - applicable.analytics.length);
    fleet.take(headline);
    return {
      id: segment.input.id,
      population: [...segment.population].map(([platform, hosts]) => ({ platform, hosts })),
      headline: headline.total(),
      notApplicable: applicable.rules,
      ...rosterGaps(segment),
    };
  });
  return {
    schema: SCORING_RESULT_SCHEMA,
    engine: input.engine,
    requirements: details.requirements,
    details: details.docs,
    cells: orderByAnalytic(cells, analytics.length),
    segments,
    fleet: fleet.total(),
  };
}

/** Cells that come by segment, by analytic, then segment. */
function orderByAnalytic(cells: readonly CellResult[], analytics: number): CellResult[] {
  const places = new Int32Array(analytics + 1); // first each analytic's count one further on, then where its next cell goes
  for (const { analytic } of cells) places[analytic + 1] = (places[analytic + 1] ?? 0) + 1;
  for (let analytic = 1; analytic <= analytics; analytic += 1) places[analytic] = (places[analytic] ?? 0) + (places[analytic - 1] ?? 0);
  const ordered = [...cells];
  for (const cell of cells) {
    const place = places[cell.analytic] ?? 0;
    places[cell.analytic] = place + 1;
    ordered[place] = cell;
  }
  return ordered;
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
