import { CELL_STATES, NOT_ASSESSED, type CellState, type Comparison, type Matrix } from "@/lib/assessment/compare/comparison";
import { PARTS, partOfStand, type Part } from "@/lib/assessment/compare/parts";
import { waterfallOf } from "@/lib/assessment/compare/waterfall";
import { PART_LABELS, sayCauses, sayDifference } from "./compare-words";
import type { ChangedCell, CompareFilter, ComparedAssessment, CompareSegment, CompareStep, CompareView } from "./compare-view";

export const CELLS_PER_PAGE = 50;

/** A changed cell before its reasons are read: names and moves. place: position in the comparison's segments. */
export type CellHead = Omit<ChangedCell, "name" | "before" | "now">;

/** What the page shows besides the reasons of its cells. may: the segments that the reader may see. */
export interface CompareDraft extends Omit<CompareView, "cells"> {
  readonly cells: { readonly total: number; readonly changed: number; readonly pages: number; readonly heads: readonly CellHead[] };
}

/** The difference of two assessments as a page: numbers and parts of the fleet or one segment, transitions, and one page of cells. */
export function buildCompareView(comparison: Comparison, about: { readonly a: ComparedAssessment; readonly b: ComparedAssessment; readonly choices: readonly ComparedAssessment[]; readonly filter: CompareFilter; readonly may: (segment: string) => boolean }): CompareDraft {
  const { filter, may } = about;
  const visible = comparison.segments.filter(({ id }) => may(id));
  const chosen = filter.segment === null ? null : (comparison.segments.find(({ id }) => id === filter.segment && may(id)) ?? null);
  const stands = chosen?.stands ?? comparison.fleet;
  const [from, to] = [stands[0], stands.at(-1)];
  if (from === undefined || to === undefined) throw new Error("a comparison has no stands");
  const steps = waterfallOf(stands).map((part): CompareStep => ({ ...part, label: PART_LABELS[part.part], inputs: comparison.inputs[part.part] ?? [] }));
  const positions = matching(comparison, filter, may);
  const pages = Math.max(1, Math.ceil(positions.length / CELLS_PER_PAGE));
  const page = Math.min(Math.max(1, filter.page), pages);
  return {
    a: about.a,
    b: about.b,
    choices: about.choices,
    filter: { ...filter, page },
    title: sayDifference(from, to, chosen?.name ?? "the fleet"),
    say: sayCauses(steps),
    from,
    to,
    steps,
    matrix: sumMatrices((chosen === null ? visible : [chosen]).map(({ matrix }) => matrix)),
    states: CELL_STATES,
    segments: visible.map(toSegment).sort((x, y) => changeOf(y) - changeOf(x) || (x.name < y.name ? -1 : 1)),
    cells: {
      total: positions.length,
      changed: comparison.cells.path.length,
      pages,
      heads: positions.slice((page - 1) * CELLS_PER_PAGE, page * CELLS_PER_PAGE).map((at) => headOf(comparison, at)),
    },
  };
}

function changeOf({ from, to }: CompareSegment): number {
  return Math.abs((to.observed ?? 0) - (from.observed ?? 0));
}

function toSegment({ id, name, stands }: Comparison["segments"][number]): CompareSegment {
  const [from, to] = [stands[0], stands.at(-1)];
  if (from === undefined || to === undefined) throw new Error("a comparison has no stands");
  const parts = new Map(waterfallOf(stands).map(({ part, points }) => [part, points]));
  const of = (part: Part): number => parts.get(part) ?? 0;
  return { id, name, from, to, points: { engine: of("engine"), catalog: of("catalog"), fleet: of("fleet"), policy: of("policy"), evidence: of("evidence"), time: of("time") } };
}

/** Positions of the changed cells that a filter leaves, largest first. */
export function matching({ cells, segments }: Pick<Comparison, "cells" | "segments">, { segment, from, to, part }: CompareFilter, may: (segment: string) => boolean): number[] {
  const bit = part === null ? 0 : 1 << PARTS.indexOf(part);
  const [first, last] = [from === null ? null : String(CELL_STATES.indexOf(from)), to === null ? null : String(CELL_STATES.indexOf(to))];
  const open = segments.map(({ id }) => may(id) && (segment === null || id === segment));
  const found: number[] = [];
  cells.path.forEach((path, at) => {
    if (!open[cells.segment[at] ?? -1]) return;
    if (first !== null && path.at(0) !== first) return;
    if (last !== null && path.at(-1) !== last) return;
    if (bit !== 0 && ((cells.parts[at] ?? 0) & bit) === 0) return;
    found.push(at);
  });
  return found;
}

/** One changed cell with everything that moved it, in order. */
export function headOf({ cells, segments, analytics }: Comparison, at: number): CellHead {
  const path = [...(cells.path[at] ?? "")].map((digit): CellState => CELL_STATES[Number(digit)] ?? CELL_STATES[NOT_ASSESSED] ?? "not-assessed");
  const segment = segments[cells.segment[at] ?? -1];
  const bits = cells.parts[at] ?? 0;
  return {
    analytic: analytics[cells.analytic[at] ?? -1] ?? "",
    segmentId: segment?.id ?? "",
    segment: segment?.name ?? "",
    from: path[0] ?? "not-assessed",
    to: path.at(-1) ?? "not-assessed",
    moves: path.flatMap((state, stand) => {
      const before = path[stand - 1];
      const part = PARTS[partOfStand(stand)];
      return before === undefined || before === state || part === undefined ? [] : [{ part, from: before, to: state }];
    }),
    parts: PARTS.filter((_, position) => (bits & (1 << position)) !== 0),
    reach: [cells.reachA[at] ?? 0, cells.reachB[at] ?? 0],
  };
}

function sumMatrices(matrices: readonly Matrix[]): Matrix {
  return CELL_STATES.map((_, row) => CELL_STATES.map((__, column) => matrices.reduce((sum, matrix) => sum + (matrix[row]?.[column] ?? 0), 0)));
}
