import { z } from "zod";
import type { ScoringInput } from "@/lib/assessment/scoring-input";
import type { ScoringResult } from "@/lib/assessment/scoring-result";
import { compareCodeUnits } from "@/lib/shared/canonical-json";
import { GAP_CODES, GAP_GROUPS, GAP_KINDS } from "./gap-words";
import { groupGaps, type FoundGap } from "./group-gaps";

/** A gap as an assessment keeps it (FoundGap says what the numbers are). key, group, causes: since the backlog exists. */
export const gapSchema = z.object({
  key: z.string().optional(),
  group: z.enum(GAP_GROUPS).optional(),
  causes: z.array(z.object({ code: z.enum(GAP_CODES), why: z.string(), cells: z.number().int() })).optional(),
  segmentId: z.string(),
  segment: z.string(),
  kind: z.enum(GAP_KINDS),
  code: z.enum(GAP_CODES),
  component: z.object({ id: z.string(), name: z.string() }).nullable(),
  family: z.string(),
  what: z.string(),
  why: z.string(),
  points: z.number().int(),
  cells: z.number().int(),
  alone: z.number().int(),
  alonePoints: z.number().int(),
  analytics: z.array(z.string()), // the first ten by id
});
export type Gap = z.infer<typeof gapSchema>;

/**
 * The largest gaps of an assessment, most points first; ties by segment, then by words. What fell silent or is contradicted is
 * never cut, however few points it costs: a source that stopped is news whatever it weighs. Gaps that nothing can close come
 * after all others. Pure.
 *
 * @param limit how many of the others are kept
 * @param found the groups of this very input and result, where they are known already
 */
export function rankGaps(input: ScoringInput, result: ScoringResult, limit = 100, found: readonly FoundGap[] = groupGaps(input, result)): Gap[] {
  return [...found]
    .sort((a, b) => Number(a.kind === "none") - Number(b.kind === "none") || b.points - a.points || b.cells - a.cells || compareCodeUnits(a.segment, b.segment) || compareCodeUnits(a.what, b.what) || compareCodeUnits(a.key, b.key))
    .filter((gap, rank) => rank < limit || gap.causes.some(({ code }) => code === "silent" || code === "contradicted"))
    .map(({ domain: _, expected: __, closedBy: ___, present: ____, causes, analytics, ...gap }) => ({ ...gap, causes: causes.filter(({ code }, rank) => rank < MOST_CAUSES || code === "contradicted"), analytics: analytics.slice(0, MOST_ANALYTICS) }));
}

const MOST_CAUSES = 4;
const MOST_ANALYTICS = 10;
