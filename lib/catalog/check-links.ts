import type { LinkContext } from "./link-catalog";
import type { LinkedCatalog } from "./types";

/** Checks that need the whole linked catalogue: gaps between techniques and analytics, and relationships that end nowhere. */
export function checkLinks(context: LinkContext, linked: Omit<LinkedCatalog, "issues">): void {
  checkPlatforms(context, linked);
  checkTechniques(context, linked);
  checkRelationshipEnds(context);
  if (linked.analytics.length === 0) {
    context.report("odd", "no-analytics", { id: "", attackId: null }, "The bundle holds no analytic: releases before 18 have none, so nothing can be assessed with this one.");
  }
}

/** A platform that a technique lists and its strategy has no analytic for is a gap of ATT&CK, not of the fleet. */
function checkPlatforms(context: LinkContext, linked: Omit<LinkedCatalog, "issues">): void {
  const analyticOf = new Map(linked.analytics.map((analytic) => [analytic.id, analytic]));
  const techniqueOf = new Map(linked.techniques.map((technique) => [technique.id, technique]));
  for (const strategy of linked.strategies) {
    const at = { id: strategy.stixId, attackId: strategy.id };
    const published = strategy.analytics.flatMap((id) => analyticOf.get(id)?.platforms ?? []);
    for (const platform of new Set(published.filter((name, position) => published.indexOf(name) !== position))) {
      context.report("odd", "platform-twice", at, `${strategy.id} has more than one analytic for ${platform}.`);
    }
    if (strategy.deprecated || published.length === 0) continue; // ICS analytics name no platform at all
    const wanted = new Set(strategy.techniques.flatMap((id) => techniqueOf.get(id)?.platforms ?? []));
    const missing = [...wanted].filter((platform) => !published.includes(platform));
    if (missing.length > 0) {
      context.report("odd", "platform-without-analytic", at, `${strategy.techniques.join(", ")} lists ${missing.join(", ")}, for which ${strategy.id} publishes no analytic.`);
    }
  }
}

function checkTechniques(context: LinkContext, linked: Omit<LinkedCatalog, "issues">): void {
  if (linked.strategies.length === 0) return;
  for (const technique of linked.techniques) {
    if (technique.revoked || technique.deprecated || technique.strategies.length > 0) continue;
    context.report("odd", "technique-without-strategy", { id: technique.stixId, attackId: technique.id }, `${technique.id} ${technique.name} has no detection strategy.`);
  }
}

function checkRelationshipEnds(context: LinkContext): void {
  const known = new Set(context.bundle.objects.map((object) => object.stixId));
  for (const relationship of context.bundle.relationships) {
    const missing = [relationship.source_ref, relationship.target_ref].filter((end) => !known.has(end));
    if (missing.length > 0) {
      context.report("odd", "dangling-reference", { id: relationship.id, attackId: null }, `The relationship "${relationship.relationship_type}" ${relationship.id} ends at ${missing.join(" and ")}, which the bundle does not hold.`);
    }
  }
}
