import { z } from "zod";

const ms = z.number().int();
const sample = z.object({ name: z.string(), digest: z.string(), host: z.string().nullable(), format: z.string().nullable() }); // digest: sha256 of the kept file

/**
 * The newest run of a test when the input was pinned. What is optional names what was run, so that somebody else can run it
 * again: the samples by digest, the rules, the values; no verdict reads it.
 */
export const testInputSchema = z.object({
  segment: z.string(),
  analytic: z.string(),
  at: ms,
  passed: z.boolean(),
  matchedIn: z.enum(["engine", "siem"]).nullable(), // null: it did not pass
  test: z.string().optional(), // id
  since: ms.optional(), // when the first run came out like this one, all between them too
  before: z.boolean().optional(), // an earlier run passed
  code: z.string().optional(), // why
  because: z.string().optional(), // the same in a sentence
  hostsStated: z.boolean().optional(), // the segment has no roster: that the attack sample is from its hosts is only stated
  origin: z.enum(["production", "exercise"]).optional(), // of the attack sample
  positive: sample.optional(),
  negative: sample.optional(),
  rules: z.array(z.object({ id: z.string(), title: z.string(), digest: z.string() })).optional(),
  values: z.array(z.object({ name: z.string(), values: z.array(z.string()), from: z.enum(["analytic", "everywhere", "default"]), version: z.number().int().nullable() })).optional(),
  run: z.string().optional(), // digest of everything that the run depended on
  engine: z.string().optional(), // that ran it
});
export type TestInput = z.infer<typeof testInputSchema>;
