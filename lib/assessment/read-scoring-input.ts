import { z } from "zod";
import { SightlineError } from "@/lib/shared/errors";
import { ENGINE } from "./assess";
import { SCORING_INPUT_SCHEMA, scoringInputSchema, type ScoringInput } from "./scoring-input";

const headSchema = z.looseObject({ schema: z.string().optional(), engine: z.string().optional() });

/**
 * A kept ScoringInput, checked before anything is made of it. Documents of the same schema that lack what was added since
 * are read with its defaults; whoever scores one again looks at its engine first.
 *
 * @param owner whose input it is, for the refusal: "assessment 12", or the name of a package
 * @throws SightlineError UNSUPPORTED naming owner, schema, engine and remedy when this version cannot read it
 */
export function readScoringInput(value: unknown, owner: string): ScoringInput {
  const read = scoringInputSchema.safeParse(value);
  if (read.success) return read.data;
  const head = headSchema.safeParse(value).data;
  const issue = read.error.issues[0];
  const where = head?.schema === SCORING_INPUT_SCHEMA ? ` At ${issue?.path.join(".") || "its top"}: ${issue?.message ?? "not as expected"}.` : "";
  throw new SightlineError(
    "UNSUPPORTED",
    `The scoring input of ${owner} cannot be read: it is of schema ${head?.schema ?? "unknown"}, scored by ${head?.engine ?? "an unknown engine"}; this version reads ${SCORING_INPUT_SCHEMA} and scores as ${ENGINE}.${where}`,
    { remedy: "Use the version of Sightline that made it, or run the assessment again." },
    { cause: read.error },
  );
}
