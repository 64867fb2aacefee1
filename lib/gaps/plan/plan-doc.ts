import { z } from "zod";
import { ACTION_KINDS } from "../costs";

/** What is kept of a traced frontier, so that the page needs neither the scorer nor the solver. Values are thousandths of a millionth of the fleet's headline. */
const int = z.number().int();

export const shownActionSchema = z.object({
  segment: int, // position in segments
  collection: z.string(),
  family: z.string(),
  title: z.string().nullable(),
  kind: z.enum(ACTION_KINDS),
  cost: int,
  licence: int,
  volumeGbPerDay: z.number(),
  effortDays: z.number(),
  stated: z.boolean(),
  needs: z.array(int),
  kinds: z.array(z.string()),
  why: z.string(),
});

export const planDocSchema = z.object({
  currency: z.string(),
  costsVersion: int,
  segments: z.array(z.object({ id: z.string(), name: z.string(), value: int.nullable(), k: int, n: int, scale: z.number(), target: int.nullable() })), // scale: fleet's weight over the segment's
  now: z.object({ value: int.nullable(), k: int, n: int }),
  open: int,
  beyond: int,
  offered: int, // actions in all
  actions: z.array(shownActionSchema), // those of the points whose actions are kept
  needs: z.array(z.object({ name: z.string(), segment: int.nullable(), cost: int })),
  clauses: z.array(z.array(int)),
  items: z.array(z.object({ clauses: z.array(int), value: int, cells: int, group: int })),
  points: z.array(z.object({ cost: int, value: int, points: int, cells: int, actions: z.array(int).nullable() })), // null: too many to keep
  naive: z.array(z.object({ cost: int, value: int })),
  proven: z.boolean(),
  whole: z.boolean(),
  nested: z.boolean(),
  dependences: z.array(z.object({ segment: int, family: z.string(), lost: int, of: int })),
});
export type PlanDoc = z.infer<typeof planDocSchema>;
export type ShownAction = z.infer<typeof shownActionSchema>;
