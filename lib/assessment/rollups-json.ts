import { z } from "zod";
import { numbersJsonSchema, weightsJsonSchema } from "./report-json";
import { ROLLUP_LEVELS } from "./rollups";

const count = z.number().int().nonnegative();

/** One object of a level over one segment or the fleet: N of the interfaces. */
export const rollupRowJsonSchema = numbersJsonSchema.extend({
  level: z.enum(ROLLUP_LEVELS),
  id: z.string(), // AN, DET, T, TA id; a segment's id; "fleet"
  name: z.string(),
  segment: z.string().nullable(), // name; null: every segment that was counted
  analytics: count, // that belong to the object, whether or not they apply
  /** A technique with sub-techniques: over its own analytics and theirs. Another number; totals hold neither twice. */
  includingSubTechniques: numbersJsonSchema.extend({ techniques: count, analytics: count }).nullable(),
});
export type RollupRowJson = z.infer<typeof rollupRowJsonSchema>;

/** What `rollups --json` prints. */
export const rollupsJsonSchema = z.object({
  assessment: z.number().int(),
  at: z.iso.datetime(),
  ranAt: z.iso.datetime(),
  runLater: z.boolean(),
  releases: z.record(z.string(), z.string()),
  resultDigest: z.string(),
  engine: z.string(),
  policy: count, // version
  weights: weightsJsonSchema,
  segments: z.object({ counted: count, of: count }), // fewer than all where the reader may not see every segment
  rows: z.array(rollupRowJsonSchema),
});
export type RollupsJson = z.infer<typeof rollupsJsonSchema>;
