import type { Comparison } from "@/lib/assessment/compare/comparison";
import type { Part } from "@/lib/assessment/compare/parts";
import { waterfallOf } from "@/lib/assessment/compare/waterfall";
import { counted } from "@/lib/shared/format-number";
import { formatPoints } from "@/lib/shared/format-share";
import { PART_LABELS, sayCauses } from "./compare-words";
import { type Sentence, strong } from "./sentence";

/** What one group of inputs moved in one segment. */
export interface CauseRow {
  readonly segmentId: string;
  readonly part: Part;
  readonly text: Sentence;
  readonly cells: number; // observed or better, gained or lost
  readonly points: number; // of the segment's own share, millionths
}

/** What changed since the assessment before, by cause and size; largest first. */
export interface ChangeCauses {
  readonly a: number;
  readonly b: number;
  readonly say: Sentence;
  readonly rows: readonly CauseRow[];
}

/** What one decimal cannot show is no change. */
const VISIBLE = 500;

/**
 * The causes of a difference, segment by segment: most cells first, then most points. The sentence is of the fleet, or of the one segment.
 *
 * @param may which segments are shown; where it is one, the sentence is its own
 */
export function listCauses(comparison: Comparison, ids: { readonly a: number; readonly b: number }, segment: string | null, may: (segment: string) => boolean): ChangeCauses {
  const shown = comparison.segments.filter(({ id }) => may(id) && (segment === null || id === segment));
  const stands = segment === null ? comparison.fleet : (shown[0]?.stands ?? comparison.fleet);
  const rows = shown.flatMap(({ id, name, stands: own }) =>
    waterfallOf(own).flatMap(({ part, cells, points }): CauseRow[] => (cells === 0 && Math.abs(points) < VISIBLE ? [] : [{ segmentId: id, part, cells, points, text: sayCause(name, part, cells, points) }])),
  );
  rows.sort((x, y) => Math.abs(y.cells) - Math.abs(x.cells) || Math.abs(y.points) - Math.abs(x.points));
  return { ...ids, say: sayCauses(waterfallOf(stands)), rows };
}

function sayCause(segment: string, part: Part, cells: number, points: number): Sentence {
  const cause = PART_LABELS[part].toLowerCase();
  if (cells === 0) return [strong(segment), `: ${cause} moved the reach of what is observed, ${formatPoints(points)} points.`];
  return [strong(segment), `: ${cause} ${cells > 0 ? "gained" : "lost"} ${counted(Math.abs(cells), "observed cell")}, ${formatPoints(points)} points.`];
}
