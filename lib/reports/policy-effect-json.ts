import { z } from "zod";
import { CELL_STATES, type Stand } from "@/lib/assessment/compare/comparison";
import { measureJsonSchema, toMeasure } from "@/lib/assessment/report-json";
import { policySchema, type Policy } from "@/lib/assessment/scoring-input";

const standsSchema = z.object({ before: measureJsonSchema, after: measureJsonSchema });

/** What `policy preview --json` prints: observable shares as fractions 0..1, k of n; segments are those that change; moves most cells first. */
export const policyEffectJsonSchema = z.object({
  policy: policySchema, // as it would be
  fleet: standsSchema,
  segments: z.array(standsSchema.extend({ segment: z.string() })),
  moves: z.array(z.object({ from: z.enum(CELL_STATES), to: z.enum(CELL_STATES), cells: z.int() })),
});
export type PolicyEffectJson = z.infer<typeof policyEffectJsonSchema>;

interface Stands {
  readonly name: string;
  readonly before: Stand;
  readonly after: Stand;
}

/** An effect in its published shape. */
export function policyEffectJson(effect: { readonly policy: Policy; readonly fleet: Stands; readonly segments: readonly Stands[]; readonly moves: readonly PolicyEffectJson["moves"][number][] }): PolicyEffectJson {
  const measure = ({ observed, low, high, k, n }: Stand) => toMeasure({ value: observed, low, high, k, n });
  const stands = ({ before, after }: Stands) => ({ before: measure(before), after: measure(after) });
  return { policy: { ...effect.policy }, fleet: stands(effect.fleet), segments: effect.segments.map((one) => ({ segment: one.name, ...stands(one) })), moves: effect.moves.map((move) => ({ ...move })) };
}
