import { z } from "zod";
import { digestOf } from "@/lib/shared/digest";
import { SightlineError } from "@/lib/shared/errors";
import type { ScoringInput } from "../scoring-input";

const count = z.number().int().nonnegative();
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

/** Linear decay of a use by its age: whole for fullDays, then down to floor (millionths) over declineDays. */
export const decaySchema = z.object({ asOf: day, fullDays: count.max(36_500), declineDays: count.min(1).max(36_500), floor: count.max(1_000_000) });
export type Decay = z.infer<typeof decaySchema>;

/** Where the weights of a profile come from. */
export const weightSourceSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("groups"), releases: z.record(z.string(), z.string()), groups: z.array(z.object({ id: z.string(), name: z.string(), uses: count })), decay: decaySchema }),
  z.object({ kind: z.literal("file"), fileName: z.string(), fileDigest: z.string(), unknown: z.array(z.string()) }), // unknown: techniques that no imported catalogue holds
]);
export type WeightSource = z.infer<typeof weightSourceSchema>;

/** Millionths by technique; a technique that is not listed weighs one. */
export const techniqueWeightsSchema = z.record(z.string(), count);
export type TechniqueWeights = z.infer<typeof techniqueWeightsSchema>;

/** One version of a named profile; never changed once written. */
export interface WeightProfile {
  readonly name: string;
  readonly version: number;
  readonly source: WeightSource | { readonly kind: "uniform" };
  readonly techniques: TechniqueWeights;
  readonly digest: string; // of the weights
}

/** What counts until somebody chooses otherwise: every technique weighs one, which anybody can add up again. */
export const UNIFORM: WeightProfile = { name: "uniform", version: 1, source: { kind: "uniform" }, techniques: {}, digest: digestOf({}) };

/** The weights as an assessment pins them. */
export function pinWeights({ name, version, techniques, digest }: WeightProfile): ScoringInput["weights"] {
  return { profile: name, version, techniques: { ...techniques }, ...(name === UNIFORM.name ? {} : { digest }) };
}

/** The name under which a profile is kept. @throws SightlineError INVALID when it is empty, too long, or the built-in one's */
export function readProfileName(text: string): string {
  const name = text.trim();
  if (!/^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,59}$/u.test(name)) throw new SightlineError("INVALID", `"${text}" is no name for a profile.`, { field: "name", remedy: "Use up to 60 letters, digits, blanks, dots, dashes and underscores, the first a letter or digit." });
  if (name.toLowerCase() === UNIFORM.name) throw new SightlineError("INVALID", "The profile uniform is built in and cannot be written.", { field: "name", remedy: "Choose another name." });
  return name;
}
