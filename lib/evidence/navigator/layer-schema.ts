import { z } from "zod";

/**
 * The layer file of MITRE's ATT&CK Navigator, format 4.5, as far as Sightline writes and reads it (LAYERFORMATv4_5 of
 * mitre-attack/attack-navigator). What else a layer holds is display and is left alone.
 */
export const LAYER_VERSION = "4.5";

export const LAYER_DOMAINS = { enterprise: "enterprise-attack", mobile: "mobile-attack", ics: "ics-attack" } as const;

const label = z.object({ name: z.string(), value: z.string() });

export const layerTechniqueSchema = z.object({
  techniqueID: z.string(),
  tactic: z.string().optional(), // short name; absent: in every tactic
  score: z.number().optional(), // absent: nothing is known, which is not 0
  color: z.string().optional(),
  comment: z.string().optional(),
  enabled: z.boolean().optional(),
  showSubtechniques: z.boolean().optional(),
  metadata: z.array(z.union([label, z.object({ divider: z.boolean() })])).optional(),
});

export const layerSchema = z.object({
  name: z.string(),
  versions: z.object({ attack: z.string().optional(), navigator: z.string().optional(), layer: z.string() }),
  domain: z.enum(["enterprise-attack", "mobile-attack", "ics-attack"]),
  description: z.string().optional(),
  filters: z.object({ platforms: z.array(z.string()) }).optional(),
  sorting: z.int().min(0).max(3).optional(),
  layout: z.object({ layout: z.enum(["side", "flat", "mini"]), showName: z.boolean(), showID: z.boolean(), showAggregateScores: z.boolean() }).optional(),
  hideDisabled: z.boolean().optional(),
  techniques: z.array(layerTechniqueSchema),
  gradient: z.object({ colors: z.array(z.string()), minValue: z.number(), maxValue: z.number() }).optional(),
  legendItems: z.array(z.object({ label: z.string(), color: z.string() })).optional(),
  metadata: z.array(label).optional(),
  links: z.array(z.object({ label: z.string(), url: z.string() })).optional(),
  selectTechniquesAcrossTactics: z.boolean().optional(),
  selectSubtechniquesWithParent: z.boolean().optional(),
});
export type Layer = z.infer<typeof layerSchema>;
export type LayerTechnique = z.infer<typeof layerTechniqueSchema>;
