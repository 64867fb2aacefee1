import { z } from "zod";
import { GAP_STATES } from "@/lib/gaps/gap-state";
import { ACTION_KINDS, costRatesSchema, costRowSchema } from "@/lib/gaps/costs";
import { STARTER_EDITIONS } from "@/lib/catalog/starter-release";
import { overrideDocSchema } from "@/lib/telemetry/overrides/override";

/** The demonstration fleet as it stands in prisma/demo: what exists, and what arrived when. Times are relative to demoT0. */
const names = z.array(z.string()).min(1); // patterns: web-{01..20}

/** value: millionths; inDays: days after T0, negative before it. */
const demoTargetSchema = z.object({ value: z.number().int(), inDays: z.number().int(), owner: z.string() });

export const demoFleetSchema = z.object({
  segments: z.array(
    z.object({
      name: z.string(),
      platforms: z.array(z.object({ name: z.string(), hosts: z.number().int() })),
      assets: z.number().int(),
      criticality: z.number().int(),
      owner: z.string(),
      tags: z.array(z.string()),
      timeZone: z.string().nullable(),
      target: demoTargetSchema.nullable(),
    }),
  ),
  rosters: z.array(z.object({ segment: z.string(), platform: z.string(), hosts: names })),
});
export type DemoFleet = z.infer<typeof demoFleetSchema>;

export const demoSampleSchema = z.object({
  file: z.string(),
  segment: z.string(),
  template: z.string(),
  framing: z.enum(["lines", "records", "zeek-conn"]),
  from: z.string(), // durations before demoT0
  to: z.string(),
  hosts: names,
  plan: z.array(z.object({ scene: z.string(), units: z.number().int(), times: z.number().int() })),
  constants: z.record(z.string(), z.string()).default({}), // values that the template's records take in place of their own
  broken: z.string().optional(), // lines that no reader accepts, strewn in
  options: z.object({ host: z.string().optional(), hostFrom: z.string().optional() }).default({}),
  extraction: z.object({ who: z.string(), system: z.string(), query: z.string() }).optional(),
});
export type DemoSample = z.infer<typeof demoSampleSchema>;

/** A measurement as a query pack brings it back. Its segment is that of the raw records. */
export const demoMeasurementSchema = z.object({
  file: z.string(),
  family: z.string(),
  eventKey: z.string(),
  backend: z.string(),
  query: z.string(), // file in measurements/
  ranAt: z.string(), // duration before demoT0
  ranBy: z.string(),
  system: z.string(),
  windowDays: z.number().int().positive(),
  hosts: names,
  fields: z.array(z.string()),
  raw: demoSampleSchema,
});
export type DemoMeasurement = z.infer<typeof demoMeasurementSchema>;

/** Samples of a test: scenes of one template, on hosts of the segment. They are kept, and never imported. */
const testSample = demoSampleSchema.pick({ file: true, template: true, framing: true, from: true, to: true, hosts: true, plan: true, constants: true });
const demoTestSchema = z.object({ analytic: z.string(), segment: z.string(), origin: z.enum(["production", "exercise"]), positive: testSample, negative: testSample });
export type DemoTest = z.infer<typeof demoTestSchema>;

const demoTuningSchema = z.object({ segment: z.string(), analytic: z.string(), name: z.string(), values: z.array(z.string()).min(1), owner: z.string(), reason: z.string(), inDays: z.number().int() });
export type DemoTuning = z.infer<typeof demoTuningSchema>;

/** The files of rules/ are imported, and these links accepted. */
const demoRulesSchema = z.object({ accepted: z.array(z.object({ rule: z.string(), analytic: z.string() })), reason: z.string() });
export type DemoRules = z.infer<typeof demoRulesSchema>;

const demoOverrideSchema = overrideDocSchema.extend({ component: z.string(), name: z.string(), channel: z.string(), platform: z.string(), reason: z.string() });
export type DemoOverride = z.infer<typeof demoOverrideSchema>;

/** What somebody decided about a gap that is there. component: by name, null of a silent stream or a chain; due and expires: days after T0. */
const demoGapSchema = z.object({ segment: z.string(), component: z.string().nullable(), family: z.string(), state: z.enum(GAP_STATES).optional(), owner: z.string(), due: z.number().int().optional(), reason: z.string().optional(), expires: z.number().int().optional(), comment: z.string().optional() });

/** segment, hosts and days (before the step) are said of configurations, which name none of these themselves. */
const demoInventorySchema = z.object({ file: z.string(), format: z.string(), segment: z.string().optional(), hosts: z.number().int().optional(), days: z.number().int().optional() });

const demoExclusionSchema = z.object({ analytic: z.string(), segment: z.string(), reason: z.string(), owner: z.string(), inDays: z.number().int() });

export const demoReplaySchema = z.object({
  seed: z.string(),
  steps: z.array(
    z.object({
      at: z.string(),
      title: z.string(),
      catalog: z.enum(STARTER_EDITIONS).optional(), // the edition of the starter catalogue that is current from this step on
      segments: z.boolean().default(false),
      exclusions: z.array(demoExclusionSchema).default([]), // from this step on
      withdrawals: z.array(z.object({ analytic: z.string(), segment: z.string(), reason: z.string() })).default([]), // of exclusions of earlier steps
      targets: z.array(demoTargetSchema.extend({ segment: z.string(), reason: z.string() })).default([]), // from this step on
      sizes: z.array(z.object({ segment: z.string(), hosts: z.number().int() })).default([]), // of segments of one platform, from this step on
      policy: z.object({ settings: z.array(z.string()).min(1), reason: z.string() }).optional(), // from this step on
      inventories: z.array(demoInventorySchema),
      measurements: z.array(demoMeasurementSchema).default([]),
      samples: z.array(demoSampleSchema),
      rules: demoRulesSchema.optional(),
      overrides: z.array(demoOverrideSchema).default([]),
      tests: z.array(demoTestSchema).default([]), // attached after the samples are in
      tunings: z.array(demoTuningSchema).default([]),
      gaps: z.array(demoGapSchema).default([]), // decided before the step's assessment, about what earlier ones found
      siem: z.array(z.string()).default([]), // files in inventories/: rules and alerts of the SIEM
      layers: z.array(z.string()).default([]), // files in layers/: Navigator layers that somebody handed in
      check: z.boolean().default(false), // whether it is checked where rules can fire
    }),
  ),
});
export type DemoReplay = z.infer<typeof demoReplaySchema>;
export type DemoStep = DemoReplay["steps"][number];

/** What the fleet's people stated of costs, and choices that they saved: all actions of these kinds in these segments (null: all) that win anything. */
export const demoPlanSchema = z.object({
  rates: costRatesSchema,
  costs: z.array(costRowSchema),
  scenarios: z.array(z.object({ name: z.string(), note: z.string(), kinds: z.array(z.enum(ACTION_KINDS)), segments: z.array(z.string()).nullable() })),
});
export type DemoPlan = z.infer<typeof demoPlanSchema>;

export const demoListsSchema = z.record(z.string(), z.array(z.string()));
