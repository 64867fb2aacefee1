import { z } from "zod";
import { numbersJsonSchema } from "../report-json";
import { weightSourceSchema } from "./weight-profile";

const count = z.number().int().nonnegative();

/** What `weights list --json` prints: every version of every profile, the built-in one first. */
export const weightListJsonSchema = z.array(
  z.object({
    name: z.string(),
    version: count,
    inForce: z.boolean(), // the next assessment pins it
    kind: z.enum(["uniform", "groups", "file"]),
    source: weightSourceSchema.nullable(), // null: built in
    techniques: count, // that weigh something else than one
    digest: z.string(),
    at: z.iso.datetime().nullable(),
    by: z.string(),
    reason: z.string(),
  }),
);
export type WeightListJson = z.infer<typeof weightListJsonSchema>;

const both = z.object({ weighted: numbersJsonSchema, uniform: numbersJsonSchema });

/** What `weights effect --json` prints: the cells of an assessment under a profile, and with every technique weighing one. */
export const weightEffectJsonSchema = z.object({
  profile: z.object({ name: z.string(), version: count }),
  assessment: z.number().int(),
  at: z.iso.datetime(),
  fleet: both,
  segments: z.array(both.extend({ segment: z.string() })),
  /** Kendall's tau-b of the techniques by what is missing of them, under either; null where one order ranks nothing. */
  tau: z.number().min(-1).max(1).nullable(),
  /** The techniques that the profile moves most, up or down. */
  moved: z.array(z.object({ id: z.string(), name: z.string(), weight: z.number(), rank: count, uniformRank: count })),
  techniques: count, // ranked
});
export type WeightEffectJson = z.infer<typeof weightEffectJsonSchema>;
