import { z } from "zod";
import { DIMENSIONS } from "./dettect-dimensions";
import { PROBE_IDS } from "./probe";

const unit = z.enum(["millionths", "ms", "count"]);
const count = z.number().int();
const level = z.enum(["pass", "warn", "fail"]);

/** What `events show --json` prints of each source. Shares are millionths, durations milliseconds. */
export const qualityJsonSchema = z.array(
  z.object({
    family: z.string().nullable(), // null: all sources together
    title: z.string(),
    probes: z.array(
      z.object({
        id: z.enum(PROBE_IDS),
        label: z.string(),
        formula: z.string(),
        needs: z.string(),
        thresholds: z.array(z.object({ level: z.enum(["warn", "fail"]), text: z.string(), why: z.string() })),
        grade: z.enum(["pass", "warn", "fail", "indicative", "not-computable"]),
        leans: level.optional(),
        value: count.nullable(),
        unit,
        n: count,
        estimated: z.boolean(),
        says: z.string(),
        figures: z.array(z.object({ label: z.string(), value: count, unit, n: count.optional() })),
        examples: z.array(z.object({ dataset: z.string(), number: count, offset: count, length: count })),
      }),
    ),
    dimensions: z.array(z.object({ dimension: z.enum(DIMENSIONS), label: z.string(), score: count.min(0).max(5).nullable(), n: count, from: z.enum(PROBE_IDS), says: z.string() })),
  }),
);
