import { z } from "zod";
import { testInputSchema } from "./test-input";

/**
 * Everything a verdict rests on, as one canonical JSON document (design, section 2): times in ms since 1970 UTC, shares
 * in millionths, integers only. assess(ScoringInput) reads nothing else; its digest pins the inputs of an assessment.
 */
const count = z.number().int().nonnegative();
const ms = z.number().int();
const named = z.object({ id: z.string(), name: z.string() });

export const policySchema = z.object({
  version: z.number().int().positive(),
  minEvents: z.number().int().positive(),
  minHostsPercent: z.number().int().min(0).max(100), // ceil of this share of the segment's hosts, at least 1 ...
  minHostsCap: z.number().int().positive(), // ... and at most this
  freshDays: z.number().int().positive(),
  claimDays: z.number().int().positive(),
  silentHours: z.number().int().positive(),
  validationDays: z.number().int().positive(),
  fillPercent: z.number().int().min(1).max(100), // jointly filled share of the fresh records of a kind
  narrowPercent: z.number().int().min(0).max(100),
  contradictionRecords: z.number().int().positive(),
  asCitedOnly: z.boolean(),
});
export type Policy = z.infer<typeof policySchema>;

/** A record kind that meets a reference; fields: index into fieldSets (kinds of the same component mostly share one). */
export const acceptedKindSchema = z.object({ kind: z.string(), met: z.enum(["as-cited", "equivalent"]), fields: count });

/** The override that a reference was resolved by; concerns: where it goes beyond Sightline's tables. */
export const appliedOverrideSchema = z.object({ version: count.positive(), reason: z.string(), by: z.string(), at: z.string(), concerns: z.array(z.string()) });

export const alternativeSchema = z.object({
  name: z.string(),
  channel: z.string(),
  family: z.string(),
  basis: z.enum(["curated", "channel", "component"]),
  verdict: z.enum(["producible", "not-producible", "platform-mismatch", "external"]),
  substitute: z.string().optional(),
  override: appliedOverrideSchema.optional(), // an engineer's word stands in place of Sightline's reading
  accepts: count, // index into acceptSets: free-text references of one component share a long list
});
export type AlternativeInput = z.infer<typeof alternativeSchema>;

export const requirementSchema = z.object({
  component: named,
  critical: z.boolean(),
  carrier: z.boolean(), // some record kind of this platform carries the component
  noCarrier: z.string().optional(), // the reason when none does
  alternatives: z.array(alternativeSchema),
  windowMs: z.number().int().positive().optional(), // how far apart the steps of a pack's chain may lie that it is part of: the latency of its sources is held against it; absent: against an hour
});
export type RequirementInput = z.infer<typeof requirementSchema>;

export const joinSchema = z.object({ edge: z.string(), from: count, to: count }); // positions in requirements

/** The pack that was in force for an analytic. fits: it accounts for every published reference, so its requirements decide in their place. */
export const packInputSchema = z.object({ id: z.string(), version: count.positive(), digest: z.string(), tested: z.boolean(), fits: z.boolean() });

export const analyticInputSchema = z.object({
  id: z.string(),
  domain: z.enum(["enterprise", "mobile", "ics"]),
  platforms: z.array(z.string()),
  platformsFrom: z.literal("domain").optional(), // it names none, so it applies to every platform of its domain
  techniques: z.array(z.string()),
  source: z.enum(["attack", "pack"]),
  strategyDeprecated: z.boolean(),
  external: z.boolean(), // PRE
  requirements: z.array(requirementSchema),
  joins: z.array(joinSchema),
  pack: packInputSchema.optional(), // absent: none
  published: z.array(requirementSchema).optional(), // source "pack": the requirements as ATT&CK publishes them, for the status beside the pack's
});
export type AnalyticInput = z.infer<typeof analyticInputSchema>;

export const segmentInputSchema = z.object({
  id: z.string(),
  name: z.string(),
  assets: count,
  criticality: z.number().int().min(1).max(5),
  platforms: z.array(z.object({ name: z.string(), hosts: count.nullable() })),
  roster: z.array(z.object({ host: z.string(), platform: z.string() })).nullable(), // folded names; null: no roster
  target: z.object({ value: count, date: z.string().nullable(), owner: z.string() }).nullable(),
});
export type SegmentInput = z.infer<typeof segmentInputSchema>;

/** kinds: the record kinds this claim speaks of (from its log source, channel, component), resolved when the input is built. */
export const claimSchema = z.object({
  segment: z.string(),
  logSource: z.string(),
  channel: z.string(),
  component: z.string(),
  family: z.string(),
  kinds: z.array(z.string()),
  hosts: count.nullable(),
  asOf: ms.nullable(),
  basis: z.enum(["flow", "configuration", "statement", "unknown"]),
  impossible: z.string().optional(), // why this can never be collected
  condition: z.string().optional(), // what restricts the claim: an include list, a path, a filter
  source: z.string(), // what the inventory calls it
  file: z.string().optional(), // the imported file that says so; absent in inputs of earlier versions
});
export type ClaimInput = z.infer<typeof claimSchema>;

/** Sample events of one segment, kind, host and shape, cut at the window's edges: fresh = [at - freshDays, at + 5 min]. Production and exercise only. */
export const aggregateSchema = z.object({
  segment: z.string(),
  dataset: z.string(),
  kind: z.string(),
  host: z.string(), // folded; "" = none known
  shape: count, // index into shapes
  fresh: count,
  freshFirst: ms.nullable(),
  freshLast: ms.nullable(),
  stale: count, // timed, before the window
  staleLast: ms.nullable(),
  future: count, // later than at + 5 min
  untimed: count,
});
export type AggregateInput = z.infer<typeof aggregateSchema>;

/**
 * A query result from the customer's own platform. filled: fields that enough of the host's records have filled; short: how
 * many records lack a field, where it was counted and some do, so that a lower bound of the jointly filled records follows.
 */
export const measurementSchema = z.object({
  segment: z.string(),
  kind: z.string(), // record kind, or "family:*" for every kind of a family (proves silence, raises no reach)
  complete: z.boolean(), // covers every host and the whole window, so absence means silence
  records: z.boolean(), // raw records of this kind came with it and are among the sample events
  recordsOn: z.array(z.string()).optional(), // platforms that raw records of this kind state, in a segment of several
  hosts: z.array(z.object({ host: z.string(), count, last: ms, filled: z.array(z.string()), short: z.record(z.string(), count).optional() })),
  asOf: ms,
  query: z.string().optional(), // sha256 of its text (queries); absent: no text came with it
  system: z.string().optional(), // where it ran
  ranBy: z.string().optional(),
  version: count.optional(), // how often this query was imported for the kind
  watched: z.boolean().optional(), // no query: a watched folder that delivered the family before was read at asOf
});

/** Whether one edge of a chain joins in a segment. */
export const joinVerdictSchema = z.object({
  edge: z.string(),
  state: z.enum(["joined", "not-joined", "not-computed"]),
  witness: z.string().optional(), // joined: the records that show it, in words
  records: z.array(z.object({ dataset: z.string(), record: count })).optional(), // the same, to be opened
  because: z.string().optional(), // otherwise: why not, or why nobody knows
});

export const joinResultSchema = joinVerdictSchema.extend({ segment: z.string(), analytic: z.string() });

export const exclusionSchema = z.object({
  segment: z.string(),
  analytic: z.string(),
  reason: z.string(),
  owner: z.string(),
  expires: z.string(), // ISO date, last day it holds
});

/** An override in force when the input was pinned, whether or not a reference of the pinned catalogues falls under it. */
export const overrideInputSchema = appliedOverrideSchema.extend({
  scope: z.string(),
  component: z.string(), // DC id
  name: z.string(),
  channel: z.string(),
  platform: z.string().nullable(), // null: every platform
  analytic: z.string().nullable(), // null: every analytic
  asCited: z.array(z.string()),
  equivalents: z.array(z.string()),
  verdict: z.enum(["producible", "not-producible", "platform-mismatch", "external"]),
  substitute: z.string().optional(),
});

/**
 * Name and version of the document. What is added later is optional or has a default, so that documents of the same version
 * stay readable; any other change raises the number. Whether scoring an old one again gives the same bytes is a matter of its
 * engine, not of its schema.
 */
/** A quality probe of a segment's fresh files, graded: it explains and flags what is proven, and decides nothing. family null: all sources together. */
export const probeInputSchema = z.object({
  segment: z.string(),
  family: z.string().nullable(),
  probe: z.string(),
  grade: z.enum(["pass", "warn", "fail", "indicative"]),
  value: z.number().int().nullable(),
  unit: z.enum(["millionths", "ms", "count"]),
  n: count,
  says: z.string(),
});

export const SCORING_INPUT_SCHEMA = "sightline.scoring-input/1";

export const scoringInputSchema = z.object({
  schema: z.literal(SCORING_INPUT_SCHEMA),
  at: ms,
  engine: z.string(),
  domains: z.array(z.string()),
  releases: z.record(z.string(), z.string()),
  catalogDigests: z.record(z.string(), z.string()),
  policy: policySchema,
  weights: z.object({ profile: z.string(), version: count, techniques: z.record(z.string(), count), digest: z.string().optional() }), // millionths; absent = 1
  fieldSets: z.array(z.object({ required: z.array(z.string()), anyOf: z.array(z.array(z.string())), objects: z.array(z.string()).optional() })), // objects: records that state another class of object do not count, on either side
  acceptSets: z.array(z.array(acceptedKindSchema)),
  shapes: z.array(z.array(z.string())),
  analytics: z.array(analyticInputSchema),
  segments: z.array(segmentInputSchema),
  claims: z.array(claimSchema),
  measurements: z.array(measurementSchema),
  queries: z.record(z.string(), z.string()).optional(), // sha256 -> text of the queries of measurements; absent: none
  aggregates: z.array(aggregateSchema),
  joins: z.array(joinResultSchema),
  tests: z.array(testInputSchema),
  exclusions: z.array(exclusionSchema),
  overrides: z.array(overrideInputSchema).optional(), // absent: none in force
  quality: z.array(probeInputSchema).optional(), // absent: no probe computed anything
  links: z.array(z.object({ analytic: z.string(), rule: z.string() })), // rules linked to analytics: the upper bound of the validated share
  kindPlatforms: z.record(z.string(), z.array(z.string())).default({}), // platforms that the record kinds of aggregates can come from
  zoneDependent: z.array(z.object({ segment: z.string(), kind: z.string() })).default([]), // an assumed time zone could change this verdict
});
export type ScoringInput = z.infer<typeof scoringInputSchema>;
