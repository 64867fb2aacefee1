import { z } from "zod";
import { MISS_KINDS } from "@/lib/detection/explain/find-nearest-miss";
import { VERDICTS } from "@/lib/detection/explain/start-explanation";

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const item = z.object({
  path: z.string(),
  field: z.string().nullable(), // null: keywords, anywhere in the event
  wanted: z.string(),
  found: z.union([scalar, z.array(scalar)]), // null: the field is not there
  state: z.enum(["filled", "empty", "absent", "anywhere"]),
  lookup: z.enum(["native", "canonical"]).nullable(), // under the name in the record, or as Sightline reads it
  result: z.boolean(),
  decides: z.boolean(), // with the others that decide: the fewest that would have to come out otherwise
});
const records = z.array(z.number().int());
const ofRule = z.object({
  verdict: z.enum(VERDICTS),
  event: z.number().int().nullable(), // the first record that matches, else the nearest
  kind: z.string().nullable(),
  needed: z.number().int().nullable(),
  items: z.array(item),
  seen: z.number().int(), // records of the logsource
  matched: z.number().int(),
});
const about = z.object({ file: z.string(), id: z.string().nullable(), title: z.string(), author: z.string().nullable(), kind: z.enum(["rule", "correlation"]) });

/** The document that `explain --json` prints. */
export const explainJsonSchema = z.object({
  verdict: z.enum(VERDICTS),
  rule: about,
  event: z.number().int().nullable(),
  items: z.array(item), // of a correlation: of the stage that no record reached
  correlation: z
    .object({
      fired: z.array(z.object({ events: records, at: z.number().int(), group: z.record(z.string(), z.string()) })),
      stages: z.array(z.object({ rule: z.string(), title: z.string(), reached: z.boolean(), records, count: z.number().int() })),
      nearestMiss: z.object({ kind: z.enum(MISS_KINDS), stage: z.string(), detail: z.string(), bySeconds: z.number().optional(), records }).optional(),
      untimed: z.number().int(),
      keyless: z.number().int(),
      unfollowed: z.number().int(),
    })
    .optional(),
  rules: z.array(z.object({ rule: about }).extend(ofRule.shape)), // every rule of the file
  refused: z.array(z.object({ title: z.string().nullable(), error: z.string() })), // documents of the file that are not evaluated
  inputs: z.array(z.object({ file: z.string(), format: z.string().nullable(), first: z.number().int(), records: z.number().int(), refused: z.number().int(), error: z.string().optional() })),
});
export type ExplainJson = z.infer<typeof explainJsonSchema>;
