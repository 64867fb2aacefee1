import { z } from "zod";
import { RULE_KINDS } from "./stored-rule";

const nullable = z.string().nullable();

export const ruleHeadSchema = z.object({
  id: z.string(),
  kind: z.enum(RULE_KINDS),
  title: z.string(),
  author: nullable,
  level: nullable,
  status: nullable,
  product: nullable,
  category: nullable,
  service: nullable,
  tags: z.array(z.string()),
  placeholders: z.number(),
  refused: z.boolean(),
  source: z.string(),
  sourceKind: z.enum(["imported", "pack"]),
  firstSeenAt: z.date().transform((at) => at.toISOString()),
  changedAt: z.date().transform((at) => at.toISOString()),
  accepted: z.array(z.string()),
  proposed: z.number(),
});
/** What long tables show of a rule; accepted: analytics it serves. Times are ISO 8601. */
export type RuleHead = z.infer<typeof ruleHeadSchema>;
