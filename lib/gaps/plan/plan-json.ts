import { z } from "zod";
import { ACTION_KINDS } from "../costs";

/**
 * What `plan --json` prints. points: millionths of the headline of the fleet, or of the segment that was asked for; gap: how many more
 * another plan could at most have; null: not known. An item's points and cells are what the plan would lose without it, so they do not
 * add up. The costs of items and licences add up to the plan's.
 */
export const planJsonSchema = z.object({
  status: z.enum(["optimal", "time-limit", "infeasible"]),
  gap: z.number().nonnegative().nullable(),
  budget: z.number().nullable(),
  target: z.number().int().nullable(), // points that were asked for
  currency: z.string(),
  cost: z.number().int(),
  points: z.number().int(),
  cells: z.number().int(),
  items: z.array(
    z.object({
      segment: z.string(),
      collection: z.string(),
      kind: z.enum(ACTION_KINDS),
      cost: z.number().int(),
      points: z.number().int(),
      cells: z.number().int(),
      aloneUnlocks: z.number().int(),
      togetherUnlocks: z.array(z.object({ with: z.string(), segment: z.string(), cells: z.number().int() })),
      stated: z.boolean(),
      why: z.string(),
    }),
  ),
  licences: z.array(z.object({ name: z.string(), segment: z.string().nullable(), cost: z.number().int() })),
  assessment: z.number().int(),
  segment: z.string().nullable(),
  headline: z.object({ before: z.number().int(), after: z.number().int(), n: z.number().int() }),
  reachable: z.number().int().nullable(), // the headline if everything were done, where no plan reaches the target; else null
  unpricedLicences: z.array(z.string()), // shared licences that costs name and that nobody prices: they count as nothing
  assumedJoins: z.number().int(), // of the cells, chains whose join is taken for granted
  open: z.number().int(),
  beyond: z.number().int(),
  costsVersion: z.number().int(),
  policyVersion: z.number().int(), // of the assessment
});
export type PlanJson = z.infer<typeof planJsonSchema>;
