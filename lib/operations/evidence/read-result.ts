import { z } from "zod";
import { SCORING_RESULT_SCHEMA, NOT_APPLICABLE_REASONS, type ScoringResult } from "@/lib/assessment/scoring-result";
import { FLAGS, STATUSES } from "@/lib/assessment/status";
import { detailHeadSchema, headlineSchema, requirementResultSchema } from "@/lib/assessment/stored-result";
import { SightlineError } from "@/lib/shared/errors";

const int = z.number().int();

const cellSchema = z.object({
  segment: int,
  analytic: int,
  status: z.enum(STATUSES),
  score: int.nullable(),
  reach: int,
  flags: z.array(z.enum(FLAGS)),
  detail: int,
  matchedIn: z.enum(["engine", "siem"]).optional(),
  hosts: int,
  weight: int,
  lower: int,
  upper: int,
  linked: z.boolean(),
});

const resultSchema: z.ZodType<ScoringResult> = z.object({
  schema: z.literal(SCORING_RESULT_SCHEMA),
  engine: z.string(),
  requirements: z.array(requirementResultSchema),
  details: z.array(detailHeadSchema.extend({ requirements: z.array(int) })),
  cells: z.array(cellSchema),
  segments: z.array(
    z.object({
      id: z.string(),
      population: z.array(z.object({ platform: z.string(), hosts: int })),
      headline: headlineSchema,
      notApplicable: z.array(z.object({ reason: z.enum(NOT_APPLICABLE_REASONS), text: z.string(), analytics: z.array(int) })),
      neverSeen: z.array(z.string()),
      foreign: z.array(z.string()),
    }),
  ),
  fleet: headlineSchema,
});

/**
 * A kept ScoringResult, checked before anything is made of it.
 *
 * @param owner whose result it is, for the refusal: "assessment 12"
 * @throws SightlineError UNSUPPORTED naming owner, schema and engine when this version cannot read it
 */
export function readResult(value: unknown, owner: string): ScoringResult {
  const read = resultSchema.safeParse(value);
  if (read.success) return read.data;
  const head = z.looseObject({ schema: z.string().optional(), engine: z.string().optional() }).safeParse(value).data;
  throw new SightlineError(
    "UNSUPPORTED",
    `The result of ${owner} cannot be read: it is of schema ${head?.schema ?? "unknown"}, made by ${head?.engine ?? "an unknown engine"}; this version reads ${SCORING_RESULT_SCHEMA}.`,
    { remedy: "Use the version of Sightline that made it, or run the assessment again." },
    { cause: read.error },
  );
}
