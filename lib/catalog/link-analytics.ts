import { cleanPlatforms } from "./clean-platforms";
import type { LogSourceFolding } from "./fold-log-sources";
import { indexByAttackId } from "./index-by-attack-id";
import type { LinkContext } from "./link-catalog";
import type { LinkedComponent } from "./link-components";
import type { LinkedStrategy } from "./link-strategies";
import type { LinkedTechnique } from "./link-techniques";
import { linkLogSources } from "./link-log-sources";
import type { StixAnalytic } from "./stix-schema";
import type { Analytic, ExternalReference } from "./types";

export interface AnalyticLinks {
  readonly techniques: readonly LinkedTechnique[];
  readonly strategies: readonly LinkedStrategy[];
  readonly components: readonly LinkedComponent[];
  readonly folding: LogSourceFolding;
}

/** Analytics with everything that is only found by following the references of others. */
export function linkAnalytics(context: LinkContext, links: AnalyticLinks): readonly { readonly analytic: Analytic }[] {
  const strategiesOf = new Map<string, LinkedStrategy[]>();
  for (const linked of links.strategies) {
    for (const ref of linked.analyticRefs) strategiesOf.set(ref, [...(strategiesOf.get(ref) ?? []), linked]);
  }
  const techniqueOf = new Map(links.techniques.map(({ technique }) => [technique.id, technique]));
  const componentOf = new Map(links.components.map(({ component }) => [component.stixId, component]));
  const rawSha256 = new Map(context.bundle.objects.map((object) => [object.stixId, object.rawSha256]));

  return indexByAttackId(context, context.bundle.analytics, "Analytic").map(({ attackId, stix }) => {
    const at = { id: stix.id, attackId };
    // A live strategy before a deprecated one, then the lower id: decided by content, not by the order of the bundle.
    const holders = [...(strategiesOf.get(stix.id) ?? [])].sort((a, b) => Number(a.strategy.deprecated) - Number(b.strategy.deprecated));
    const strategy = holders[0]?.strategy ?? null;
    if (strategy === null) context.report("odd", "orphan-analytic", at, `${attackId} belongs to no strategy, so it has no technique and no tactic.`);
    if (holders.length > 1) {
      context.report("odd", "shared-analytic", at, `${attackId} belongs to ${holders.map(({ strategy: { id } }) => id).join(" and ")}; ${strategy?.id} was taken.`);
    }
    const logSources = linkLogSources(context, stix, attackId, componentOf, links.folding);
    const analytic: Analytic = {
      id: attackId,
      stixId: stix.id,
      name: (stix.name ?? attackId).trim(),
      description: stix.description.trim(),
      domain: context.domain,
      platforms: cleanPlatforms(stix.x_mitre_platforms),
      strategy: strategy === null ? null : { id: strategy.id, name: strategy.name },
      strategyDeprecated: strategy?.deprecated ?? false,
      techniques: (strategy?.techniques ?? []).flatMap((id) => {
        const technique = techniqueOf.get(id);
        return technique === undefined ? [] : [{ id, name: technique.name, tactics: technique.tactics }];
      }),
      logSources,
      mutableElements: stix.x_mitre_mutable_elements,
      references: stix.external_references.map(reference),
      version: stix.x_mitre_version ?? "",
      created: stix.created ?? "",
      modified: stix.modified ?? "",
      revoked: stix.revoked,
      deprecated: stix.x_mitre_deprecated,
      rawSha256: rawSha256.get(stix.id) ?? null,
    };
    checkAnalytic(context, stix, analytic);
    return { analytic };
  });
}

/** What every analytic of 19.1 shows and a later release may break. */
function checkAnalytic(context: LinkContext, stix: StixAnalytic, analytic: Analytic): void {
  const at = { id: stix.id, attackId: analytic.id };
  if (stix.x_mitre_platforms.includes("None")) context.report("folded", "platform-none", at, `${analytic.id} prints the platform "None", read as no platform.`);
  else if (analytic.platforms.length !== 1) {
    context.report("odd", "platforms-of-analytic", at, `${analytic.id} has ${analytic.platforms.length} platforms (${analytic.platforms.join(", ") || "none"}) instead of one.`);
  }
  if (analytic.strategyDeprecated && !analytic.deprecated && !analytic.revoked) {
    context.report("odd", "strategy-deprecated", at, `${analytic.id} is not marked deprecated, but its strategy ${analytic.strategy?.id} is: it is treated as not applicable.`);
  }
  const url = stix.external_references.find((found) => found.external_id === analytic.id)?.url;
  const wanted = `detectionstrategies/${analytic.strategy?.id}#${analytic.id}`;
  if (url !== undefined && analytic.strategy !== null && !url.endsWith(wanted)) {
    context.report("odd", "url-mismatch", at, `The address of ${analytic.id} is ${url}, which does not end in ${wanted}.`);
  }
  if (stix.x_mitre_domains.length > 0 && !stix.x_mitre_domains.includes(`${context.domain}-attack`)) {
    context.report("odd", "other-domain", at, `${analytic.id} names the domains ${stix.x_mitre_domains.join(", ")}, not ${context.domain}-attack.`);
  }
}

function reference(found: StixAnalytic["external_references"][number]): ExternalReference {
  return {
    sourceName: found.source_name,
    ...(found.external_id === undefined ? {} : { externalId: found.external_id }),
    ...(found.url === undefined ? {} : { url: found.url }),
    ...(found.description === undefined ? {} : { description: found.description }),
  };
}
