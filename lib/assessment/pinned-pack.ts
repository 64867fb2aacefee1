import { z } from "zod";
import { packInputSchema } from "./scoring-input";

const partsSchema = z.looseObject({ analytics: z.array(z.unknown()) });
const entrySchema = z.looseObject({ id: z.string(), pack: packInputSchema.optional() });

/** The pack that was in force for an analytic when a kept ScoringInput was built; null: none, or this version cannot read the value. */
export function pinnedPack(value: unknown, analytic: string): z.infer<typeof packInputSchema> | null {
  for (const one of partsSchema.safeParse(value).data?.analytics ?? []) {
    if (typeof one !== "object" || one === null || Reflect.get(one, "id") !== analytic) continue;
    return entrySchema.safeParse(one).data?.pack ?? null;
  }
  return null;
}
