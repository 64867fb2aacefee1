import type { AnalyticInput, SegmentInput } from "./scoring-input";

/** The platforms that an analytic and a segment have in common, in the segment's order; none: the analytic does not apply there. */
export function commonPlatforms(analytic: Pick<AnalyticInput, "platforms">, segment: Pick<SegmentInput, "platforms">): string[] {
  return segment.platforms.map(({ name }) => name).filter((name) => analytic.platforms.includes(name));
}
