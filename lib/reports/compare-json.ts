import { z } from "zod";
import { CELL_STATES, type Comparison, type Stand } from "@/lib/assessment/compare/comparison";
import { PARTS } from "@/lib/assessment/compare/parts";
import { waterfallOf } from "@/lib/assessment/compare/waterfall";
import { headOf, matching } from "./build-compare-view";

const int = z.number().int();
const state = z.enum(CELL_STATES);
const part = z.enum(PARTS);

const standJson = z.object({ observed: int.nullable(), low: int.nullable(), high: int.nullable(), k: int, n: int, uniform: int.nullable(), validated: int.nullable(), validatedK: int });
const partJson = z.object({ part, points: int, cells: int, applicable: int, uniform: int, validated: int, validatedCells: int });
const numbers = {
  from: standJson,
  to: standJson,
  parts: z.array(partJson), // in the fixed order; they add up to the difference
  transitions: z.array(z.object({ from: state, to: state, cells: int })), // of every cell, unmoved ones too
};
const sideJson = z.object({ assessment: int, at: z.iso.datetime(), ranAt: z.iso.datetime(), runLater: z.boolean(), releases: z.record(z.string(), z.string()), policy: int, engine: z.string() });

/** What `compare A B --json` prints. Shares and points are integers, millionths; k cells of n applicable. */
export const compareJsonSchema = z.object({
  a: sideJson,
  b: sideJson,
  engine: z.string(), // that scored between the two
  inputs: z.record(part, z.array(z.string())),
  fleet: z.object(numbers).nullable(), // null: one segment was asked for
  segments: z.array(z.object({ segment: z.string(), ...numbers })),
  cells: z.array(
    z.object({
      analytic: z.string(),
      segment: z.string(),
      from: state,
      to: state,
      moves: z.array(z.object({ part, from: state, to: state })), // in the fixed order
      parts: z.array(part), // every group that moved the state or the reach that counts
      reach: z.tuple([int, int]), // millionths, of observed cells
    }),
  ),
});
export type CompareJson = z.infer<typeof compareJsonSchema>;

/** The difference in its published shape: the fleet, or the segments that pass. may: which segments are shown. */
export function toCompareJson(comparison: Comparison, sides: Pick<CompareJson, "a" | "b">, whole: boolean, may: (segment: string) => boolean): CompareJson {
  const numbersOf = (stands: readonly Stand[], matrices: readonly (readonly (readonly number[])[])[]) => {
    const [from, to] = [stands[0], stands.at(-1)];
    if (from === undefined || to === undefined) throw new Error("a comparison has no stands");
    const transitions = CELL_STATES.flatMap((before, row) =>
      CELL_STATES.flatMap((after, column) => {
        const cells = matrices.reduce((sum, matrix) => sum + (matrix[row]?.[column] ?? 0), 0);
        return cells === 0 ? [] : [{ from: before, to: after, cells }];
      }),
    );
    return { from, to, parts: waterfallOf(stands), transitions };
  };
  const segments = comparison.segments.filter(({ id }) => may(id));
  return {
    ...sides,
    engine: comparison.engine,
    inputs: comparison.inputs,
    fleet: whole ? numbersOf(comparison.fleet, segments.map(({ matrix }) => matrix)) : null,
    segments: segments.map(({ name, stands, matrix }) => ({ segment: name, ...numbersOf(stands, [matrix]) })),
    cells: matching(comparison, { segment: null, from: null, to: null, part: null, page: 1 }, may).map((at) => {
      const { analytic, segment, from, to, moves, parts, reach } = headOf(comparison, at);
      return { analytic, segment, from, to, moves: moves.map((move) => ({ ...move })), parts: [...parts], reach: [reach[0], reach[1]] };
    }),
  };
}
