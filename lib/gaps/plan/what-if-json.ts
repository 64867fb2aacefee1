import { z } from "zod";
import { STATUSES } from "@/lib/assessment/status";
import { ACTION_KINDS } from "../costs";
import { scenarioOutcomeSchema } from "./scenario";

const int = z.number().int();
const share = z.object({ before: int.nullable(), after: int.nullable(), n: int }); // millionths of the observable number, over n cells

/** A cell that a choice would bring to observed. assumedJoin: its chain is taken to join, which nobody can know before the records are there. */
const projectedCellSchema = z.object({ segment: z.string(), segmentId: z.string(), analytic: z.string(), from: z.enum(STATUSES), to: z.enum(STATUSES), assumedJoin: z.boolean() });
export type ProjectedCellJson = z.infer<typeof projectedCellSchema>;

/** What everything that is thought through rests on. */
const ground = { assessment: int, policyVersion: int, costsVersion: int, currency: z.string() };

/** What `plan what-if --json` prints: what a choice would bring by the scorer. A projection: nothing of it is stored. Points in millionths. */
export const whatIfJsonSchema = z.object({
  ...ground,
  projected: z.literal(true),
  cost: int, // a year
  points: int,
  fleet: share,
  segments: z.array(share.extend({ segment: z.string(), segmentId: z.string(), cells: int, nearer: int, wider: int })), // those of the choice
  cells: z.array(projectedCellSchema), // by segment, then analytic
});
export type WhatIfJson = z.infer<typeof whatIfJsonSchema>;

/** What `plan scenarios compare --json` prints. saved: what each came to then; now: against this assessment at the costs in force, without what is not open any more (gone). */
export const scenarioComparisonSchema = z.object({
  ...ground,
  scenarios: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      savedFor: int, // assessment
      saved: scenarioOutcomeSchema,
      now: scenarioOutcomeSchema,
      choices: z.array(z.object({ segment: z.string(), collection: z.string() })), // names of segments
      gone: z.array(z.object({ segment: z.string(), collection: z.string() })),
    }),
  ),
  cells: z.array(projectedCellSchema.omit({ to: true, assumedJoin: true }).extend({ scenarios: z.array(z.string()) })), // ids of those that would bring it to observed
});
export type ScenarioComparison = z.infer<typeof scenarioComparisonSchema>;

/** What `plan collections --json` prints: what can be chosen, and what each would cost a year by itself. */
export const planCollectionsSchema = z.object({
  ...ground,
  collections: z.array(z.object({ segment: z.string(), segmentId: z.string(), collection: z.string(), family: z.string(), kind: z.enum(ACTION_KINDS), cost: int, stated: z.boolean(), why: z.string(), kinds: z.array(z.string()) })),
});
export type PlanCollections = z.infer<typeof planCollectionsSchema>;
