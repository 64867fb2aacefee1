import { gradeSources, type StoredProbe } from "@/lib/events/probes/grade-sources";
import type { Claim, SegmentForScoring } from "@/lib/inventory/types";
import type { ScoringInput } from "../scoring-input";
import { gradeContextOf } from "./grade-context";

/**
 * The graded probes of every segment, as an assessment pins them: so that a recomputation needs neither summaries nor
 * datasets. What is not computable says nothing of the records and is left out.
 */
export function pinQuality(segments: readonly SegmentForScoring[], claims: readonly Claim[], rows: readonly (StoredProbe & { readonly segmentId: string })[]): NonNullable<ScoringInput["quality"]> {
  return segments.flatMap((segment) => {
    const mine = rows.filter(({ segmentId }) => segmentId === segment.id);
    if (mine.length === 0) return [];
    return gradeSources(mine, gradeContextOf(segment, claims.filter(({ segmentId }) => segmentId === segment.id))).flatMap(({ family, probes }) =>
      probes.flatMap(({ id, grade, value, unit, n, says }) => (grade === "not-computable" ? [] : [{ segment: segment.id, family, probe: id, grade, value, unit, n, says }])),
    );
  });
}
