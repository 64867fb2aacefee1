import { z } from "zod";
import type { ValueInForce } from "@/lib/detection/tuning/values-in-force";

/** A rule in one query language, or why there is none. */
export const ruleQuerySchema = z.object({
  id: z.string(),
  label: z.string(),
  fileName: z.string(),
  query: z.string().nullable(), // null: refused
  refused: z.string().nullable(),
  notes: z.array(z.string()),
  from: z.string().nullable(), // table, index or scope that is asked
});
export type RuleQuery = z.infer<typeof ruleQuerySchema>;

/** A value that stands in the queries, and where it came from in a sentence. values null: nobody gives one. */
export const queryValueSchema = z.object({ name: z.string(), values: z.array(z.string()).nullable(), unit: z.string(), from: z.enum(["analytic", "everywhere", "default", "none"]), said: z.string() });
export type QueryValue = z.infer<typeof queryValueSchema>;

const named = z.object({ id: z.string(), name: z.string() });

/** A rule as queries, with what they were made from. `rules queries --json` prints it. */
export const ruleQueryViewSchema = z.object({
  rule: z.string(),
  title: z.string(),
  segment: named.nullable(), // whose values stand in the queries; null: nobody's
  analytic: z.string(), // whose values go before those for every rule; "" = nobody's
  analytics: z.array(z.string()), // that may be chosen
  values: z.array(queryValueSchema),
  mappings: z.array(z.object({ scope: z.string(), version: z.number().int() })), // imported names of fields that concern the rule
  names: z.enum(["imported", "usual"]), // which names stand in the queries
  queries: z.array(ruleQuerySchema),
});
export type RuleQueryView = z.infer<typeof ruleQueryViewSchema>;

/** Where a value came from. @param unfit the pack's bounds no longer allow the segment's value */
export function sayValue(value: ValueInForce, segment: string | null, unfit: boolean): string {
  const { from, tuning, expired } = value;
  const past = expired === null ? "" : ` The value that ${expired.owner} had set ran out on ${expired.expires ?? ""}.`;
  if (unfit) return `The pack's default: the value of ${segment ?? "the segment"} is outside the pack's bounds.${past}`;
  if (from === "none") return `${segment === null ? "No segment is chosen, and it has no default." : `${segment} gives none, and it has no default.`}${past}`;
  if (from === "default" || tuning === null) return `The pack's default.${past}`;
  const reach = from === "analytic" ? `for ${tuning.scope}` : "for every rule";
  return `Set ${reach} in ${segment ?? "the segment"} by ${tuning.owner}, version ${tuning.version}${tuning.expires === null ? "" : `, until ${tuning.expires}`}.${past}`;
}
