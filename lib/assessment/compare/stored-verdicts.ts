import { z } from "zod";
import { SightlineError } from "@/lib/shared/errors";
import type { CellResult, Headline, SegmentResult } from "../scoring-result";
import { STATUSES } from "../status";
import { headlineSchema } from "../stored-result";

const int = z.number().int();

/** What a comparison reads of a result, made now or kept: the statuses, the reach and the numbers. Positions are those of its input. */
export interface Verdicts {
  readonly engine: string;
  readonly cells: readonly Pick<CellResult, "segment" | "analytic" | "status" | "reach" | "weight">[];
  readonly segments: readonly Pick<SegmentResult, "id" | "headline">[];
  readonly fleet: Headline;
}

const verdictsSchema: z.ZodType<Verdicts> = z.object({
  engine: z.string(),
  cells: z.array(z.object({ segment: int, analytic: int, status: z.enum(STATUSES), reach: int, weight: int })),
  segments: z.array(z.object({ id: z.string(), headline: headlineSchema })),
  fleet: headlineSchema,
});

/** The verdicts of a kept ScoringResult. @throws SightlineError UNSUPPORTED naming owner and remedy when this version cannot read it */
export function readVerdicts(value: unknown, owner: string): Verdicts {
  const read = verdictsSchema.safeParse(value);
  if (read.success) return read.data;
  const { engine } = z.looseObject({ engine: z.string().default("an unknown engine") }).catch({ engine: "an unknown engine" }).parse(value);
  throw new SightlineError("UNSUPPORTED", `The result of ${owner}, made by ${engine}, cannot be read by this version.`, { remedy: "Compare later assessments, or use the version of Sightline that made it." }, { cause: read.error });
}
