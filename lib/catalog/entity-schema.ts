import { z } from "zod";
import { DOMAINS, type Analytic, type DataComponent, type Group, type Strategy, type Tactic, type Technique } from "./types";

/** The stored form of linked objects: the way from the database's JSON back to types, checked both by Zod and by the compiler. */
const namedRef = z.object({ id: z.string(), name: z.string() });
const strings = z.array(z.string());

export const analyticSchema = z.object({
  id: z.string(),
  stixId: z.string(),
  name: z.string(),
  description: z.string(),
  domain: z.enum(DOMAINS),
  platforms: strings,
  strategy: namedRef.nullable(),
  strategyDeprecated: z.boolean(),
  techniques: z.array(z.object({ id: z.string(), name: z.string(), tactics: z.array(namedRef) })),
  logSources: z.array(z.object({ component: namedRef, name: z.string(), channel: z.string(), rawName: z.string().optional(), rawChannel: z.string().optional() })),
  mutableElements: z.array(z.object({ field: z.string(), description: z.string() })),
  references: z.array(z.object({ sourceName: z.string(), externalId: z.string().optional(), url: z.string().optional(), description: z.string().optional() })),
  version: z.string(),
  created: z.string(),
  modified: z.string(),
  revoked: z.boolean(),
  deprecated: z.boolean(),
  rawSha256: z.string().nullable(),
}) satisfies z.ZodType<Analytic>;

export const strategySchema = z.object({
  id: z.string(),
  name: z.string(),
  stixId: z.string(),
  deprecated: z.boolean(),
  techniques: strings,
  analytics: strings,
}) satisfies z.ZodType<Strategy>;

export const techniqueSchema = z.object({
  id: z.string(),
  name: z.string(),
  stixId: z.string(),
  platforms: strings,
  tactics: z.array(namedRef),
  parent: z.string().nullable(),
  revoked: z.boolean(),
  deprecated: z.boolean(),
  strategies: strings,
  url: z.string().optional(),
}) satisfies z.ZodType<Technique>;

export const tacticSchema = z.object({
  id: z.string(),
  name: z.string(),
  stixId: z.string(),
  shortName: z.string(),
  order: z.number().int(),
}) satisfies z.ZodType<Tactic>;

export const componentSchema = z.object({
  id: z.string(),
  name: z.string(),
  stixId: z.string(),
  description: z.string(),
  deprecated: z.boolean(),
  logSources: z.array(z.object({ name: z.string(), channel: z.string() })),
}) satisfies z.ZodType<DataComponent>;

export const groupSchema = z.object({
  id: z.string(),
  name: z.string(),
  stixId: z.string(),
  aliases: strings,
  uses: z.array(z.object({ technique: z.string(), on: z.string().nullable(), campaign: namedRef.nullable() })),
}) satisfies z.ZodType<Group>;

/** Kinds of linked objects, each with the schema of its stored form. */
export const ENTITY_SCHEMAS = {
  analytic: analyticSchema,
  strategy: strategySchema,
  technique: techniqueSchema,
  tactic: tacticSchema,
  component: componentSchema,
  group: groupSchema,
} as const;
export type EntityKind = keyof typeof ENTITY_SCHEMAS;
