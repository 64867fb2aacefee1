import { assess } from "@/lib/assessment/assess";
import type { ScoringInput } from "@/lib/assessment/scoring-input";
import type { ScoringResult } from "@/lib/assessment/scoring-result";
import { statusRank, type Status } from "@/lib/assessment/status";
import { projectGrants, type Projection } from "./grant-collections";

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
  const own = onlySegments(input, new Set([segment]));
  const before = assess(own);
  return divideProjection(own, before, projectGrants(own, before, [{ segment, kinds }])).get(0) ?? { won: [], nearer: 0, wider: 0, n: 0 };
}

/** What a projection does to the cells of each segment, by its position. Pure. */
export function divideProjection(input: ScoringInput, before: ScoringResult, { result, assumed }: Pick<Projection, "result" | "assumed">): ReadonlyMap<number, ProjectedSegment> {
  const joined = new Set(assumed);
  const segments = new Map<number, { won: ProjectedCell[]; nearer: number; wider: number; n: number }>();
  result.cells.forEach((cell, position) => {
    const was = before.cells[position];
    if (was === undefined) return;
    let own = segments.get(cell.segment);
    if (own === undefined) segments.set(cell.segment, (own = { won: [], nearer: 0, wider: 0, n: 0 }));
    own.n += 1;
    const [from, to] = [statusRank(was.status), statusRank(cell.status)];
    if (from >= OBSERVED) own.wider += cell.reach > was.reach ? 1 : 0;
    else if (to >= OBSERVED) own.won.push({ analytic: input.analytics[cell.analytic]?.id ?? "", from: was.status, to: cell.status, assumedJoin: joined.has(position) });
    else if (to > from) own.nearer += 1;
  });
  return segments;
}

/** The same input with these segments (ids), in their order, and what speaks of them. */
export function onlySegments(input: ScoringInput, ids: ReadonlySet<string>): ScoringInput {
  const of = <Row extends { readonly segment: string }>(rows: readonly Row[]): Row[] => rows.filter(({ segment }) => ids.has(segment));
  return {
    ...input,
    segments: input.segments.filter(({ id }) => ids.has(id)),
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
