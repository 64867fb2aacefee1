import { checkLinks } from "./check-links";
import { learnFolding } from "./fold-log-sources";
import { linkAnalytics } from "./link-analytics";
import { linkComponents } from "./link-components";
import { linkGroups } from "./link-groups";
import { linkStrategies } from "./link-strategies";
import { linkTactics } from "./link-tactics";
import { linkTechniques } from "./link-techniques";
import type { ParsedBundle } from "./parse-stix-bundle";
import type { CatalogIssue, Domain, LinkedCatalog } from "./types";

/** What every step of the linker reads and adds to. */
export interface LinkContext {
  readonly bundle: ParsedBundle;
  readonly domain: Domain;
  report(severity: CatalogIssue["severity"], code: string, at: { id: string; attackId: string | null }, message: string): void;
}

/**
 * Links a parsed bundle: strategy -> analytic -> log source -> data component by the embedded references, strategy ->
 * technique by `detects`, technique -> tactic by kill-chain phase. Everything that breaks what release 19.1 shows becomes an
 * issue; a broken link is left out, never guessed.
 */
export function linkCatalog(bundle: ParsedBundle, domain: Domain): LinkedCatalog {
  const issues: CatalogIssue[] = [...bundle.issues];
  const context: LinkContext = {
    bundle,
    domain,
    report: (severity, code, at, message) => issues.push({ severity, code, stixId: at.id, attackId: at.attackId, message }),
  };
  const folding = learnFolding(bundle.analytics.flatMap((analytic) => analytic.x_mitre_log_source_references));
  const tactics = linkTactics(context);
  const techniques = linkTechniques(context, tactics);
  const strategies = linkStrategies(context, techniques);
  const components = linkComponents(context, folding);
  const analytics = linkAnalytics(context, { techniques, strategies, components, folding });
  const linked = {
    analytics: analytics.map(({ analytic }) => analytic),
    strategies: strategies.map(({ strategy }) => strategy),
    techniques: techniques.map(({ technique }) => ({ ...technique, strategies: strategiesOf(technique.id, strategies) })),
    tactics,
    components: components.map(({ component }) => component),
    groups: linkGroups(context, techniques),
  };
  checkLinks(context, linked);
  return { ...linked, issues };
}

function strategiesOf(technique: string, strategies: readonly { readonly strategy: { readonly id: string; readonly techniques: readonly string[] } }[]): readonly string[] {
  return strategies.filter(({ strategy }) => strategy.techniques.includes(technique)).map(({ strategy }) => strategy.id);
}
