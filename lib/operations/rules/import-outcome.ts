import { z } from "zod";
import { importCountsSchema, importRefusalSchema, importWarningSchema } from "@/lib/detection/rules/stored-rule";

/** What an import of rules did: the result of its job, and one entry of `rules import --json`. */
export const ruleImportOutcomeSchema = z.object({
  import: z.string(), // its id
  source: z.string(),
  file: z.string(),
  unchanged: z.boolean(), // the same content was the newest import of this source already
  adds: z.boolean(), // single files: what is missing from them stays
  counts: importCountsSchema,
  refusals: z.array(importRefusalSchema),
  warnings: z.array(importWarningSchema),
  unmapped: z.array(z.object({ tag: z.string(), rules: z.number().int() })), // technique tags that no imported release knows
  links: z.object({ proposed: z.number().int(), undecided: z.number().int() }), // newly proposed; waiting for a decision
});
export type RuleImportOutcome = z.infer<typeof ruleImportOutcomeSchema>;
