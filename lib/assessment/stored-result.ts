import { z } from "zod";
import { appliedOverrideSchema, joinVerdictSchema, policySchema } from "./scoring-input";
import { WHY_CODES, type CellDetailDoc, type Headline, type RequirementResult } from "./scoring-result";
import { EVIDENCE_KINDS, FLAGS, STATUSES } from "./status";
import { validationSchema } from "./validation-of";

/** Schemas of what the database keeps of a result as JSON: read back through these, never trusted. */
const int = z.number().int();

export const alternativeResultSchema = z.object({
  name: z.string(),
  channel: z.string(),
  family: z.string(),
  basis: z.enum(["curated", "channel", "component"]),
  evidence: z.enum(EVIDENCE_KINDS),
  met: z.enum(["as-cited", "equivalent"]).nullable(),
  proven: z.boolean(),
  claimed: z.boolean(),
  kind: z.string().nullable(),
  records: int,
  hosts: int,
  reachHosts: int,
  claimedHosts: int,
  newest: int.nullable(),
  why: z.object({ code: z.enum(WHY_CODES), text: z.string() }),
  override: appliedOverrideSchema.optional(),
});

export const requirementResultSchema: z.ZodType<RequirementResult> = z.object({
  component: z.object({ id: z.string(), name: z.string() }),
  critical: z.boolean(),
  flags: z.array(z.enum(FLAGS)),
  best: int,
  alternatives: z.array(alternativeResultSchema),
});

/** A cell's head: its detail without the requirement lines, which are rows of their own. */
export const detailHeadSchema = z.object({
  source: z.enum(["attack", "pack"]),
  reason: z.string(),
  joins: z.array(joinVerdictSchema),
  asPublished: z.enum(STATUSES).optional(),
  validation: validationSchema.optional(),
});
export type DetailHead = Omit<CellDetailDoc, "requirements">;

const measure = z.object({ value: int.nullable(), low: int.nullable(), high: int.nullable(), k: int, n: int });
const counts = z.object({ "not-applicable": int, unassessable: int, blind: int, declared: int, partial: int, observed: int, validated: int });
export const headlineSchema: z.ZodType<Headline> = z.object({
  applicable: int,
  counts,
  observed: measure,
  validated: measure,
  byComponent: int.nullable(),
  uniform: z.object({ observed: measure, validated: measure }),
});

/** Assessment.report: the fleet's numbers, the policy and the weight profile they were made by (absent: uniform, from before there were others). */
export const storedReportSchema = z.object({ fleet: headlineSchema, policy: policySchema, weights: z.object({ profile: z.string(), version: int }).optional() });
export type StoredReport = z.infer<typeof storedReportSchema>;

/** AssessmentSegment.doc: the segment as pinned, and its numbers. weight: over its applicable cells, hosts x criticality. */
export const storedSegmentSchema = z.object({
  assets: int,
  criticality: int,
  platforms: z.array(z.object({ platform: z.string(), hosts: int })),
  rostered: z.boolean(),
  target: z.object({ value: int, date: z.string().nullable(), owner: z.string() }).nullable(),
  headline: headlineSchema,
  weight: int,
  neverSeen: z.array(z.string()),
  foreign: z.array(z.string()),
});
export type StoredSegment = z.infer<typeof storedSegmentSchema>;

/** AssessmentSegment.notApplicable: the rules, with the analytics as positions in Assessment.analytics. */
export const storedRulesSchema = z.array(z.object({ reason: z.enum(["external", "deprecated-strategy", "platform", "exclusion"]), text: z.string(), analytics: z.array(int) }));
export type StoredRules = z.infer<typeof storedRulesSchema>;
