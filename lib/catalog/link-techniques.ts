import { indexByAttackId } from "./index-by-attack-id";
import type { LinkContext } from "./link-catalog";
import { cleanPlatforms } from "./clean-platforms";
import type { StixTechnique } from "./stix-schema";
import type { NamedRef, Tactic, Technique } from "./types";

export interface LinkedTechnique {
  readonly technique: Technique; // strategies still empty
  readonly live: boolean;
}

/** Techniques with their tactics and parents. An unknown kill-chain phase stays, under its own name, and is reported. */
export function linkTechniques(context: LinkContext, tactics: readonly Tactic[]): readonly LinkedTechnique[] {
  const byPhase = new Map(tactics.map((tactic) => [tactic.shortName, { id: tactic.id, name: tactic.name }]));
  const order = new Map(tactics.map((tactic) => [tactic.id, tactic.order]));
  const techniques = indexByAttackId(context, context.bundle.techniques, "Technique");
  const idOf = new Map(techniques.map(({ attackId, stix }) => [stix.id, attackId]));
  const parentOf = parents(context, idOf);

  return techniques.map(({ attackId, stix }) => {
    const live = !stix.revoked && !stix.x_mitre_deprecated;
    const at = { id: stix.id, attackId };
    const phase = ({ phase_name }: StixTechnique["kill_chain_phases"][number]): NamedRef => {
      const known = byPhase.get(phase_name);
      // Revoked and deprecated techniques keep phases of their own time (T1562 still says defense-evasion): not worth a line each.
      if (known === undefined && live) context.report("odd", "unknown-tactic", at, `${attackId} names the tactic "${phase_name}", which the bundle does not hold.`);
      return known ?? { id: phase_name, name: phase_name };
    };
    const url = stix.external_references.find((reference) => reference.external_id === attackId)?.url;
    const technique: Technique = {
      id: attackId,
      name: stix.name ?? attackId,
      stixId: stix.id,
      platforms: cleanPlatforms(stix.x_mitre_platforms),
      tactics: stix.kill_chain_phases.map(phase).sort((a, b) => (order.get(a.id) ?? tactics.length) - (order.get(b.id) ?? tactics.length)),
      parent: parentOf.get(stix.id) ?? null,
      revoked: stix.revoked,
      deprecated: stix.x_mitre_deprecated,
      strategies: [],
      ...(url === undefined ? {} : { url }),
    };
    return { technique, live };
  });
}

function parents(context: LinkContext, idOf: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const parentOf = new Map<string, string>();
  for (const relationship of context.bundle.relationships) {
    if (relationship.relationship_type !== "subtechnique-of" || relationship.revoked || relationship.x_mitre_deprecated) continue;
    const parent = idOf.get(relationship.target_ref);
    if (parent !== undefined) parentOf.set(relationship.source_ref, parent);
  }
  return parentOf;
}
