import { compareCodeUnits } from "@/lib/shared/canonical-json";
import { attackIdOf } from "./read-stix-object";
import { indexByAttackId } from "./index-by-attack-id";
import type { LinkContext } from "./link-catalog";
import type { LinkedTechnique } from "./link-techniques";
import type { Strategy } from "./types";

export interface LinkedStrategy {
  readonly strategy: Strategy;
  readonly analyticRefs: readonly string[]; // STIX ids that the bundle holds
}

/** Strategies with their techniques (`detects`) and analytics (embedded references). */
export function linkStrategies(context: LinkContext, techniques: readonly LinkedTechnique[]): readonly LinkedStrategy[] {
  const analyticIds = new Map(context.bundle.analytics.map((analytic) => [analytic.id, attackIdOf(analytic.external_references)]));
  const detected = detectedTechniques(context, techniques);

  return indexByAttackId(context, context.bundle.strategies, "Strategy").map(({ attackId, stix }) => {
    const at = { id: stix.id, attackId };
    const refs = [...new Set(stix.x_mitre_analytic_refs)];
    for (const ref of refs.filter((id) => !analyticIds.has(id))) {
      context.report("odd", "dangling-reference", at, `${attackId} names the analytic ${ref}, which the bundle does not hold.`);
    }
    const analyticRefs = refs.filter((id) => analyticIds.has(id));
    const found = [...(detected.get(stix.id) ?? [])].sort(compareCodeUnits);
    const deprecated = stix.x_mitre_deprecated || stix.revoked;
    if (found.length !== 1 && !(deprecated && found.length === 0)) {
      context.report("odd", "techniques-of-strategy", at, `${attackId} detects ${found.length === 0 ? "no technique" : `${found.length} techniques (${found.join(", ")})`}; release 19.1 has exactly one for each live strategy.`);
    }
    if (refs.length === 0) context.report("odd", "strategy-without-analytic", at, `${attackId} names no analytic.`);
    const strategy: Strategy = {
      id: attackId,
      name: (stix.name ?? attackId).trim(),
      stixId: stix.id,
      deprecated,
      techniques: found,
      analytics: analyticRefs.map((id) => analyticIds.get(id) ?? null).filter((id) => id !== null).sort(compareCodeUnits),
    };
    return { strategy, analyticRefs };
  });
}

/** STIX id of a strategy -> ATT&CK ids of the techniques that it detects. Dangling ends are reported, older detects of data components ignored. */
function detectedTechniques(context: LinkContext, techniques: readonly LinkedTechnique[]): ReadonlyMap<string, ReadonlySet<string>> {
  const techniqueId = new Map(techniques.map(({ technique }) => [technique.stixId, technique.id]));
  const strategies = new Set(context.bundle.strategies.map((strategy) => strategy.id));
  const detected = new Map<string, Set<string>>();
  for (const relationship of context.bundle.relationships) {
    if (relationship.relationship_type !== "detects" || relationship.revoked || relationship.x_mitre_deprecated) continue;
    if (!strategies.has(relationship.source_ref)) continue; // whether the end exists at all is checked for every relationship
    const technique = techniqueId.get(relationship.target_ref);
    if (technique === undefined) continue;
    const found = detected.get(relationship.source_ref) ?? new Set<string>();
    detected.set(relationship.source_ref, found.add(technique));
  }
  return detected;
}
