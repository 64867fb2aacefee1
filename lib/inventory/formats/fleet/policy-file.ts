import { z } from "zod";

/**
 * An Elastic agent policy: as Fleet shows it to agents (inputs with streams), or as its API answers with package policies.
 * Scalars that nobody reads are left alone.
 */
const dataset = z.looseObject({ dataset: z.union([z.string(), z.looseObject({})]).optional(), type: z.string().optional() });

export const streamSchema = z.looseObject({ id: z.string().optional(), enabled: z.boolean().optional(), data_stream: dataset.optional(), condition: z.string().optional() });
export type FleetStream = z.infer<typeof streamSchema>;

export const inputSchema = z.looseObject({
  type: z.string(),
  name: z.string().optional(),
  enabled: z.boolean().optional(),
  streams: z.array(z.unknown()).optional(),
  data_stream: dataset.optional(),
  policy: z.unknown().optional(), // endpoint integration, as agents get it
  config: z.looseObject({ policy: z.looseObject({ value: z.unknown() }).optional() }).optional(), // the same, in the API
});
export type FleetInput = z.infer<typeof inputSchema>;

export const packagePolicySchema = z.looseObject({
  name: z.string().default(""),
  enabled: z.boolean().optional(),
  package: z.looseObject({ name: z.string().optional() }).optional(),
  inputs: z.union([z.array(z.unknown()), z.record(z.string(), z.unknown()).transform((inputs) => Object.values(inputs))]).default([]),
});

export const agentPolicySchema = z.looseObject({
  id: z.string().optional(),
  name: z.string().optional(),
  updated_at: z.string().optional(),
  revision: z.number().optional(),
  inputs: z.array(z.unknown()).optional(),
  package_policies: z.array(z.unknown()).optional(),
});
export type AgentPolicy = z.infer<typeof agentPolicySchema>;

/** The API wraps a policy in `item`. */
export const fleetFileSchema = z.union([z.looseObject({ item: agentPolicySchema }).transform(({ item }) => item), agentPolicySchema]);
