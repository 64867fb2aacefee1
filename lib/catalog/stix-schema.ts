import { z } from "zod";

/**
 * The parts of STIX 2.1 that Sightline reads, as tolerant as real releases need: unknown types, tactics, platforms and keys
 * pass, optional lists may be absent. Only a field of the wrong kind is refused. Raw shapes keep "Stix" in their name.
 */

const UNSTORABLE = /[\u0000\uD800-\uDFFF]/;

/** PostgreSQL stores neither NUL nor half of a surrogate pair; the raw text keeps both, escaped. */
export function storableText(text: string): string {
  return !UNSTORABLE.test(text) ? text : text.replaceAll("\u0000", "\uFFFD").replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, "\uFFFD");
}

const text = z.string().transform(storableText);
const list = <T extends z.ZodType>(item: T) => z.array(item).default([]);

// Only analytics show the words of their references; reading those of 25,000 objects would cost a third of the parse.
const stixReference = z.object({ source_name: text, external_id: text.optional(), url: text.optional() });
const stixCitation = stixReference.extend({ description: text.optional() });
export type StixReference = z.infer<typeof stixReference>;

export const stixCommon = z.object({
  type: text,
  id: text,
  name: text.optional(),
  created: text.optional(),
  modified: text.optional(),
  revoked: z.boolean().default(false),
  x_mitre_deprecated: z.boolean().default(false),
  x_mitre_version: z.union([text, z.number().transform(String)]).optional(),
  x_mitre_domains: list(text),
  external_references: list(stixReference),
});
export type StixCommon = z.infer<typeof stixCommon>;

export const stixAnalytic = stixCommon.extend({
  external_references: list(stixCitation),
  description: text.default(""),
  x_mitre_platforms: list(text),
  x_mitre_log_source_references: list(z.object({ x_mitre_data_component_ref: text, name: text, channel: text.default("") })),
  x_mitre_mutable_elements: list(z.object({ field: text, description: text.default("") })),
});
export type StixAnalytic = z.infer<typeof stixAnalytic>;

export const stixStrategy = stixCommon.extend({ x_mitre_analytic_refs: list(text) });
export type StixStrategy = z.infer<typeof stixStrategy>;

export const stixComponent = stixCommon.extend({
  description: text.default(""),
  x_mitre_log_sources: list(z.object({ name: text, channel: text.default("") })),
});
export type StixComponent = z.infer<typeof stixComponent>;

export const stixTechnique = stixCommon.extend({
  x_mitre_platforms: list(text),
  kill_chain_phases: list(z.object({ kill_chain_name: text, phase_name: text })),
});
export type StixTechnique = z.infer<typeof stixTechnique>;

export const stixTactic = stixCommon.extend({ x_mitre_shortname: text });
export type StixTactic = z.infer<typeof stixTactic>;

export const stixGroup = stixCommon.extend({ aliases: list(text) });
export type StixGroup = z.infer<typeof stixGroup>;

export const stixCampaign = stixCommon.extend({ first_seen: text.optional(), last_seen: text.optional() });
export type StixCampaign = z.infer<typeof stixCampaign>;

export const stixMatrix = stixCommon.extend({ tactic_refs: list(text) });
export type StixMatrix = z.infer<typeof stixMatrix>;

// Of the 21,000 relationships of a release nobody reads the citations.
const unread = z.unknown().optional().transform((): StixReference[] => []);
export const stixRelationship = stixCommon.extend({ external_references: unread, relationship_type: text, source_ref: text, target_ref: text });
export type StixRelationship = z.infer<typeof stixRelationship>;

export const stixCollection = stixCommon.extend({ x_mitre_version: z.union([text, z.number().transform(String)]) });
