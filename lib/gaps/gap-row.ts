import { z } from "zod";
import { expectedEvidenceSchema } from "./expected-evidence";
import type { GapDecision, GapNote } from "./gap-state";
import { GAP_CODES, GAP_KINDS, type GapGroup } from "./gap-words";

/** Gap.facts: what an assessment found, but for the numbers, which are columns. */
export const gapFactsSchema = z.object({
  kind: z.enum(GAP_KINDS),
  code: z.enum(GAP_CODES),
  component: z.object({ id: z.string(), name: z.string() }).nullable(),
  what: z.string(),
  why: z.string(),
  causes: z.array(z.object({ code: z.enum(GAP_CODES), why: z.string(), cells: z.number().int() })),
  expected: expectedEvidenceSchema,
  closedBy: z.array(z.string()),
  present: z.boolean(),
});
export type GapFactsDoc = z.infer<typeof gapFactsSchema>;

/** A gap as it stands. Times are ISO texts. analytics: of the cells it holds, or held when it was found last. */
export interface GapRow extends GapFactsDoc {
  readonly id: number;
  readonly key: string;
  readonly segmentId: string;
  readonly segment: string; // name
  readonly domain: string;
  readonly group: GapGroup;
  readonly family: string;
  readonly analytics: readonly string[];
  readonly cells: number;
  readonly points: number;
  readonly alone: number;
  readonly alonePoints: number;
  readonly assessmentId: number;
  readonly openedAt: string;
  readonly changedAt: string;
  readonly decision: GapDecision;
}

/** A line of a gap's history: what an assessment found, or what somebody decided or said. */
export interface GapEventRow {
  readonly id: number;
  readonly at: string;
  readonly actor: string;
  readonly kind: GapNote["kind"];
  readonly assessmentId: number | null;
  readonly text: string;
}
