import type { Analytic } from "@/lib/catalog/types";
import { logsourcePlatforms } from "./logsource-platforms";
import { techniqueOfTag, translateTechnique, type TechniqueIndex } from "./translate-tag";
import type { RuleContent } from "./stored-rule";

export type AnalyticForLinks = Pick<Analytic, "id" | "platforms"> & { readonly techniques: readonly { readonly id: string }[]; readonly components: readonly string[] };

/** A rule that may serve an analytic, and which tag says so. */
export interface ProposedLink {
  readonly rule: string;
  readonly analytic: string;
  readonly because: string;
}

export interface Proposals {
  readonly links: readonly ProposedLink[];
  readonly unmapped: readonly { readonly tag: string; readonly rules: readonly string[] }[]; // technique tags that no imported release knows
  readonly unplaced: readonly string[]; // rules with a technique tag whose logsource names no platform
}

export type RuleForLinks = Pick<RuleContent, "kind" | "tags" | "product" | "category" | "service" | "refusal"> & { readonly id: string };

/**
 * Which rules may serve which analytics: a technique tag proposes every analytic of exactly that technique on the rule's own
 * platform. A refused rule proposes nothing; tags of other releases are translated and the translation is kept.
 */
export function proposeLinks(rules: readonly RuleForLinks[], analytics: readonly AnalyticForLinks[], index: TechniqueIndex): Proposals {
  const byTechnique = new Map<string, AnalyticForLinks[]>();
  for (const analytic of analytics) for (const { id } of analytic.techniques) byTechnique.set(id, [...(byTechnique.get(id) ?? []), analytic]);
  const links: ProposedLink[] = [];
  const unmapped = new Map<string, string[]>();
  const unplaced: string[] = [];
  for (const rule of rules) {
    if (rule.kind === "filter" || rule.kind === "unread") continue;
    const tagged = [...new Set(rule.tags.flatMap((tag) => techniqueOfTag(tag) ?? []))];
    const { platforms, components } = logsourcePlatforms(rule);
    if (tagged.length > 0 && platforms.length === 0) unplaced.push(rule.id);
    const found = new Map<string, string>();
    for (const tag of tagged) {
      const meaning = translateTechnique(tag, index);
      if (meaning.techniques.length === 0) unmapped.set(tag, [...(unmapped.get(tag) ?? []), rule.id]);
      if (rule.refusal !== null) continue;
      for (const analytic of meaning.techniques.flatMap((technique) => byTechnique.get(technique) ?? [])) {
        if (!analytic.platforms.some((platform) => platforms.includes(platform))) continue;
        if (components !== null && !analytic.components.some((component) => components.includes(component))) continue;
        if (!found.has(analytic.id)) found.set(analytic.id, `tag ${tag}${meaning.because === null ? "" : `: ${meaning.because}`}`);
      }
    }
    for (const [analytic, because] of found) links.push({ rule: rule.id, analytic, because });
  }
  return { links, unmapped: [...unmapped].map(([tag, own]) => ({ tag, rules: own })).sort((a, b) => (a.tag < b.tag ? -1 : 1)), unplaced };
}
