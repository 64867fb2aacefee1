import { z } from "zod";

/** data/run.json: which assessment the package is of. Times are ISO 8601. */
export const runFactsSchema = z.object({
  schema: z.literal("sightline.evidence/1"),
  assessment: z.number().int(),
  at: z.iso.datetime(),
  ranAt: z.iso.datetime(),
  runLater: z.boolean(), // more than 24 h apart: "as of, run later"
  actor: z.string(),
  engine: z.string(),
  domains: z.array(z.string()),
  releases: z.record(z.string(), z.string()),
  policyVersion: z.number().int(),
  inputDigest: z.string(),
  resultDigest: z.string(),
  software: z.string(), // name and version of the exporter
});
export type RunFacts = z.infer<typeof runFactsSchema>;
