import { z } from "zod";
import { STATUSES } from "../status";
import { PARTS, STANDS } from "./parts";

const int = z.number().int();

/** The headline of a fleet or segment at one stand of a comparison. Shares in millionths, null where there is nothing to divide by. */
export const standSchema = z.object({
  observed: int.nullable(),
  low: int.nullable(),
  high: int.nullable(),
  k: int,
  n: int,
  uniform: int.nullable(),
  validated: int.nullable(),
  validatedK: int,
});
export type Stand = z.infer<typeof standSchema>;

const stands = z.array(standSchema).length(STANDS);

/** What a cell is at a stand: a status, or not assessed, because the analytic or the segment is not there. */
export const CELL_STATES = [...STATUSES, "not-assessed"] as const;
export type CellState = (typeof CELL_STATES)[number];
export const NOT_ASSESSED = STATUSES.length;

/** How many cells went from one state (row) to another (column), by their positions in CELL_STATES. */
const matrixSchema = z.array(z.array(int).length(CELL_STATES.length)).length(CELL_STATES.length);
export type Matrix = z.infer<typeof matrixSchema>;

export const COMPARISON_SCHEMA = "sightline.comparison/1";

/**
 * The difference of two assessments, whole. Cells are columns: those whose state differs between A and B, and observed ones whose
 * reach does; path holds a digit per stand, a position in CELL_STATES. The largest stand first.
 */
export const comparisonSchema = z.object({
  schema: z.literal(COMPARISON_SCHEMA),
  engine: z.string(),
  engines: z.object({ a: z.string(), b: z.string() }),
  at: z.object({ a: int, b: int }),
  analytics: z.array(z.string()),
  segments: z.array(z.object({ id: z.string(), name: z.string(), stands, matrix: matrixSchema })),
  fleet: stands,
  inputs: z.record(z.enum(PARTS), z.array(z.string())), // what differs between the inputs, in words
  cells: z.object({ analytic: z.array(int), segment: z.array(int), path: z.array(z.string()), reachA: z.array(int), reachB: z.array(int), weight: z.array(int), parts: z.array(int) }),
});
export type Comparison = z.infer<typeof comparisonSchema>;
