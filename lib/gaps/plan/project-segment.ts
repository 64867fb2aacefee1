import { assess } from "@/lib/assessment/assess";
import type { ScoringInput } from "@/lib/assessment/scoring-input";
import { statusRank, type Status } from "@/lib/assessment/status";
import { projectGrants } from "./grant-collections";

/** A cell that a choice of collections would bring to observed. Thought, not seen. */
export interface ProjectedCell {
  readonly analytic: string;
  readonly from: Status;
  readonly to: Status;
  readonly assumedJoin: boolean; // its chain is taken to join
}

/** What a choice would do to the cells of one segment. */
export interface ProjectedSegment {
  readonly won: readonly ProjectedCell[]; // below observed today, observed or better then; by analytic
  readonly nearer: number; // cells that would stand better and still below observed
  readonly wider: number; // observed cells that would reach more hosts
  readonly n: number; // applicable cells
}

const OBSERVED = statusRank("observed");

/**
 * The cells of a segment with these record kinds collected there, whole and fresh, by the scorer itself. Segments do not
 * influence each other, so the others are left out. Pure.
 *
 * @param segment id of a segment of the input
 */
export function projectSegment(input: ScoringInput, segment: string, kinds: readonly string[]): ProjectedSegment {
  const own = onlySegment(input, segment);
  const before = assess(own);
  const { result, assumed } = projectGrants(own, before, [{ segment, kinds }]);
  const joined = new Set(assumed);
  const won: ProjectedCell[] = [];
  let [nearer, wider] = [0, 0];
  result.cells.forEach((cell, position) => {
    const was = before.cells[position];
    if (was === undefined) return;
    const [from, to] = [statusRank(was.status), statusRank(cell.status)];
    if (from >= OBSERVED) wider += cell.reach > was.reach ? 1 : 0;
    else if (to >= OBSERVED) won.push({ analytic: own.analytics[cell.analytic]?.id ?? "", from: was.status, to: cell.status, assumedJoin: joined.has(position) });
    else if (to > from) nearer += 1;
  });
  return { won, nearer, wider, n: result.cells.length };
}

/** The same input with one segment, and what speaks of it. */
function onlySegment(input: ScoringInput, id: string): ScoringInput {
  const of = <Row extends { readonly segment: string }>(rows: readonly Row[]): Row[] => rows.filter(({ segment }) => segment === id);
  return {
    ...input,
    segments: input.segments.filter((segment) => segment.id === id),
    claims: of(input.claims),
    measurements: of(input.measurements),
    aggregates: of(input.aggregates),
    joins: of(input.joins),
    tests: of(input.tests),
    exclusions: of(input.exclusions),
    ...(input.quality === undefined ? {} : { quality: of(input.quality) }),
    zoneDependent: of(input.zoneDependent),
  };
}
