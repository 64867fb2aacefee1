import { CELL_STATES, type Comparison } from "@/lib/assessment/compare/comparison";
import { PARTS, partOfStand, type Part } from "@/lib/assessment/compare/parts";
import { waterfallOf } from "@/lib/assessment/compare/waterfall";
import { counted, formatCount } from "@/lib/shared/format-number";
import { formatPoints } from "@/lib/shared/format-share";
import { PART_LABELS, sayCauses } from "./compare-words";
import { type Sentence, strong } from "./sentence";

/** What one group of inputs moved in one segment. */
export interface CauseRow {
  readonly segmentId: string;
  readonly part: Part;
  readonly text: Sentence;
  readonly why: string | null; // of what most of its cells lack now, or lacked before; null: not looked for, or nothing has a name
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
    waterfallOf(own).flatMap(({ part, cells, points }): CauseRow[] => (cells === 0 && Math.abs(points) < VISIBLE ? [] : [{ segmentId: id, part, cells, points, text: sayCause(name, part, cells, points), why: null }])),
  );
  rows.sort((x, y) => Math.abs(y.cells) - Math.abs(x.cells) || Math.abs(y.points) - Math.abs(x.points));
  return { ...ids, say: sayCauses(waterfallOf(stands)), rows };
}

/** Analytics of a segment whose cell a group of inputs brought to observed, where the row gained cells, or took from it, where it lost some. */
export function movedBy({ cells, analytics, segments }: Comparison, { segmentId, part, cells: gained }: CauseRow): string[] {
  const stand = PARTS.indexOf(part);
  const position = segments.findIndex(({ id }) => id === segmentId);
  return cells.path.flatMap((path, at) => {
    const step = [...path].findIndex((_, n) => n > 0 && partOfStand(n) === stand && isObserved(path, n - 1) !== isObserved(path, n));
    if (cells.segment[at] !== position || step < 0 || isObserved(path, step) !== gained > 0) return [];
    return analytics[cells.analytic[at] ?? -1] ?? [];
  });
}

function isObserved(path: string, stand: number): boolean {
  const state = CELL_STATES[Number(path.at(stand))];
  return state === "observed" || state === "validated";
}

/**
 * The row with what most of its cells lack now (lost), or lacked before (gained), the first by name of equally many.
 *
 * @param lacks of each cell that the row moved
 */
export function withReason(row: CauseRow, lacks: readonly (readonly { readonly what: string; readonly why: string }[])[]): CauseRow {
  const counts = new Map<string, { readonly why: string; count: number }>();
  for (const lack of lacks.flat()) {
    const known = counts.get(lack.what);
    if (known === undefined) counts.set(lack.what, { why: lack.why, count: 1 });
    else known.count += 1;
  }
  const [most] = [...counts].sort(([a, x], [b, y]) => y.count - x.count || (a < b ? -1 : 1));
  if (most === undefined) return row;
  const [what, { why, count }] = most;
  return { ...row, text: [...row.text, row.cells > 0 ? ` ${what} was missing in ${formatCount(count)}.` : ` ${what} is missing in ${formatCount(count)}.`], why: `${what}${row.cells > 0 ? ", before" : ""}: ${why}` };
}

function sayCause(segment: string, part: Part, cells: number, points: number): Sentence {
  const cause = PART_LABELS[part].toLowerCase();
  if (cells === 0) return [strong(segment), `: ${cause} moved the reach of what is observed, ${formatPoints(points)} points.`];
  return [strong(segment), `: ${cause} ${cells > 0 ? "gained" : "lost"} ${counted(Math.abs(cells), "observed cell")}, ${formatPoints(points)} points.`];
}
