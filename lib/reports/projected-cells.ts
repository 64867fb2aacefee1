import type { ProjectedSegment } from "@/lib/gaps/plan/project-segment";
import { counted, formatCount } from "@/lib/shared/format-number";
import { type Sentence, strong } from "./sentence";

/** The cells of one segment that a choice of collections would bring to observed, with what they detect. */
export interface ProjectedCellsView {
  readonly segment: { readonly id: string; readonly name: string };
  readonly say: Sentence;
  readonly cells: readonly (ProjectedSegment["won"][number] & { readonly technique: string })[];
}

/** What a choice would do to the cells of a segment, in one sentence. */
export function sayProjected({ won, nearer, wider, n }: ProjectedSegment): Sentence {
  const joins = won.filter(({ assumedJoin }) => assumedJoin).length;
  const parts = [
    joins > 0 ? `${formatCount(joins)} of them if their records join, which nobody can know before they are there` : "",
    nearer > 0 ? `${counted(nearer, "cell")} would come nearer and still lack something` : "",
    wider > 0 ? `${counted(wider, "observed cell")} would reach more hosts` : "",
  ].filter(Boolean);
  const rest = parts.length === 0 ? "." : `; ${parts.join("; ")}.`;
  return won.length === 0 ? [strong("No cell"), ` of ${formatCount(n)} would become observed${rest}`] : [strong(counted(won.length, "cell")), ` of ${formatCount(n)} would become observed${rest}`];
}
