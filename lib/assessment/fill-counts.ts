import { commonPlatforms } from "./common-platforms";
import { indexEvidence } from "./index-evidence";
import type { ScoringInput } from "./scoring-input";
import { countFills, openGround, weighKind, type FillCount } from "./weigh-kind";

/** How full the fresh records of one kind are: records of the segment's own hosts, and how many of them fill each group of fields (one of a group suffices). */
export interface FillCounts {
  readonly records: number;
  readonly fields: readonly FillCount[];
}

/**
 * Counts for each requirement of an analytic the records that its verdict counted in a segment. kinds: the record kind per
 * requirement, null where none came near. null: no record kind, or the reference does not accept it.
 */
export function fillCounts(input: ScoringInput, ask: { readonly analytic: string; readonly segment: string; readonly kinds: readonly (string | null)[] }): (FillCounts | null)[] {
  const analytic = input.analytics.find(({ id }) => id === ask.analytic);
  const index = indexEvidence(input);
  const segment = index.segments.find((place) => place.input.id === ask.segment);
  if (!analytic || !segment) return ask.kinds.map(() => null);
  const ground = openGround(index, segment, commonPlatforms(analytic, segment.input));
  return ask.kinds.map((kind, position) => {
    const accepted = analytic.requirements[position]?.alternatives.flatMap(({ accepts }) => input.acceptSets[accepts] ?? []).find((accept) => accept.kind === kind);
    return kind === null || !accepted ? null : { records: weighKind(ground, kind, accepted.fields).fresh, fields: countFills(ground, kind, accepted.fields) };
  });
}
