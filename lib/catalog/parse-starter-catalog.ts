import { z } from "zod";
import { sha256 } from "@/lib/shared/digest";
import { linkCatalog } from "./link-catalog";
import { normalizeObject } from "./normalize-object";
import type { BundleObject, ParsedBundle } from "./parse-stix-bundle";
import { attackIdOf } from "./read-stix-object";
import { stixAnalytic, stixCommon, stixComponent, stixMatrix, stixRelationship, stixStrategy, stixTactic, stixTechnique, type StixCommon } from "./stix-schema";
import type { LinkedCatalog } from "./types";

const head = { id: z.string(), stixId: z.string(), name: z.string(), version: z.string(), created: z.string(), modified: z.string() };
const starterSchema = z.object({
  notice: z.string(),
  domain: z.literal("enterprise"),
  release: z.string(),
  matrix: z.object({ stixId: z.string(), name: z.string(), tactics: z.array(z.string()) }),
  tactics: z.array(z.object({ ...head, shortName: z.string() })),
  techniques: z.array(z.object({ ...head, platforms: z.array(z.string()), tactics: z.array(z.string()), parent: z.string().nullable() })),
  components: z.array(z.object({ ...head, description: z.string() })),
  strategies: z.array(
    z.object({
      ...head,
      techniques: z.array(z.string()),
      analytics: z.array(
        z.object({
          ...head,
          platforms: z.array(z.string()),
          description: z.string(),
          logSources: z.array(z.object({ component: z.string(), name: z.string(), channel: z.string() })),
          mutableElements: z.array(z.object({ field: z.string(), description: z.string() })),
        }),
      ),
    }),
  ),
});
type Starter = z.infer<typeof starterSchema>;
type Head = z.infer<z.ZodObject<typeof head>>;

export interface StarterCatalog {
  readonly release: string;
  readonly objects: readonly BundleObject[]; // without published text and raw hash: the descriptions are ours
  readonly linked: LinkedCatalog;
}

/**
 * The starter catalogue's file -> objects and links, by way of the same linker that reads published bundles, so that folding
 * and links are the same for both.
 *
 * @throws ZodError when the shipped file is damaged.
 */
export function parseStarterCatalog(text: string): StarterCatalog {
  const starter = starterSchema.parse(JSON.parse(text));
  const bundle = toBundle(starter);
  const linked = linkCatalog(bundle, "enterprise");
  const parents = new Map(starter.techniques.map((technique) => [technique.id, technique.parent]));
  // An excerpt holds the parent of a sub-technique for its place in the matrix, with or without a strategy of its own.
  const placed = new Set(parents.values());
  const issues = linked.issues.filter(({ code, attackId }) => code !== "technique-without-strategy" || !placed.has(attackId));
  return {
    release: starter.release,
    objects: bundle.objects,
    // Parents are named although the excerpt may not hold them.
    linked: { ...linked, issues, techniques: linked.techniques.map((technique) => ({ ...technique, parent: parents.get(technique.id) ?? null })) },
  };
}

function toBundle(starter: Starter): ParsedBundle {
  const stixIdOf = new Map([...starter.tactics, ...starter.techniques, ...starter.components].map((object) => [object.id, object.stixId]));
  const phaseOf = new Map(starter.tactics.map((tactic) => [tactic.id, tactic.shortName]));
  const ref = (id: string): string => stixIdOf.get(id) ?? id;
  const common = (type: string, object: Head, url: string) => ({
    type,
    id: object.stixId,
    name: object.name,
    created: object.created,
    modified: object.modified,
    x_mitre_version: object.version,
    x_mitre_domains: ["enterprise-attack"],
    external_references: [{ source_name: "mitre-attack", external_id: object.id, url: `https://attack.mitre.org/${url}` }],
  });
  const parts = {
    tactics: starter.tactics.map((tactic) => stixTactic.parse({ ...common("x-mitre-tactic", tactic, `tactics/${tactic.id}`), x_mitre_shortname: tactic.shortName })),
    techniques: starter.techniques.map((technique) =>
      stixTechnique.parse({
        ...common("attack-pattern", technique, `techniques/${technique.id.replace(".", "/")}`),
        x_mitre_platforms: technique.platforms,
        kill_chain_phases: technique.tactics.map((tactic) => ({ kill_chain_name: "mitre-attack", phase_name: phaseOf.get(tactic) ?? tactic })),
      }),
    ),
    components: starter.components.map((component) =>
      stixComponent.parse({
        ...common("x-mitre-data-component", component, `datacomponents/${component.id}`),
        description: component.description,
        x_mitre_log_sources: starter.strategies.flatMap(({ analytics }) => analytics.flatMap(({ logSources }) => logSources.filter((source) => source.component === component.id))),
      }),
    ),
    strategies: starter.strategies.map((strategy) =>
      stixStrategy.parse({ ...common("x-mitre-detection-strategy", strategy, `detectionstrategies/${strategy.id}`), x_mitre_analytic_refs: strategy.analytics.map(({ stixId }) => stixId) }),
    ),
    analytics: starter.strategies.flatMap((strategy) =>
      strategy.analytics.map((analytic) =>
        stixAnalytic.parse({
          ...common("x-mitre-analytic", analytic, `detectionstrategies/${strategy.id}#${analytic.id}`),
          description: analytic.description,
          x_mitre_platforms: analytic.platforms,
          x_mitre_log_source_references: analytic.logSources.map(({ component, name, channel }) => ({ x_mitre_data_component_ref: ref(component), name, channel })),
          x_mitre_mutable_elements: analytic.mutableElements,
        }),
      ),
    ),
  };
  const matrix = { type: "x-mitre-matrix", id: starter.matrix.stixId, name: starter.matrix.name };
  return {
    ...parts,
    groups: [],
    campaigns: [],
    matrices: [stixMatrix.parse({ ...matrix, tactic_refs: starter.matrix.tactics.map(ref) })],
    // The excerpt states these links; the published relationship objects stay in the full bundle.
    relationships: starter.strategies.flatMap((strategy) =>
      strategy.techniques.map((technique) => stixRelationship.parse({ type: "relationship", id: `detects ${strategy.id}`, relationship_type: "detects", source_ref: strategy.stixId, target_ref: ref(technique) })),
    ),
    releases: [],
    objects: [...parts.tactics, ...parts.techniques, ...parts.components, ...parts.strategies, ...parts.analytics, stixCommon.parse(matrix)].map(toObject),
    issues: [],
  };
}

function toObject(stix: StixCommon): BundleObject {
  return {
    stixId: stix.id,
    type: stix.type,
    attackId: attackIdOf(stix.external_references),
    name: stix.name ?? null,
    version: stix.x_mitre_version ?? null,
    created: stix.created ?? null,
    modified: stix.modified ?? null,
    revoked: false,
    deprecated: false,
    raw: null,
    rawSha256: null,
    normalizedSha256: sha256(normalizeObject({ ...stix })),
  };
}
