import type { RuleHead } from "@/lib/detection/rules/rule-head";
import type { RuleLinkRow } from "@/lib/detection/rules/rule-link";
import { packLines, type PackedLines } from "@/lib/shared/packed-lines";

/** A link in the long table: rule and analytic side by side. */
export interface LinkLine {
  readonly id: string; // rule and analytic
  readonly ruleId: string;
  readonly analytic: string;
  readonly technique: string;
  readonly platform: string;
  readonly rule: string; // title
  readonly author: string;
  readonly level: string;
  readonly source: string;
  readonly state: RuleLinkRow["state"];
  readonly because: string;
  readonly translated: boolean; // by a tag of another release
}

/** Links by the hundred thousand, as a page sends them: components/rules/unpack-links.ts reads them. */
export type PackedLinks = PackedLines<Exclude<keyof LinkLine, "id" | "translated">>;

/** Links for the long table. analytics: what is known of them by id. */
export function buildLinkLines(links: readonly RuleLinkRow[], rules: ReadonlyMap<string, RuleHead>, analytics: ReadonlyMap<string, { readonly platforms: readonly string[]; readonly techniques: readonly { readonly id: string; readonly name: string }[] }>): PackedLinks {
  const lines = links.flatMap(({ ruleId, analytic, state, because }) => {
    const rule = rules.get(ruleId);
    if (rule === undefined) return [];
    const known = analytics.get(analytic);
    const technique = known?.techniques[0];
    return [{
      ruleId,
      analytic,
      technique: technique === undefined ? "" : `${technique.id} ${technique.name}`,
      platform: known?.platforms.join(", ") ?? "",
      rule: rule.title,
      author: rule.author ?? "",
      level: rule.level ?? "",
      source: rule.source,
      state,
      because,
    }];
  });
  return packLines(lines, {
    ruleId: ({ ruleId }) => ruleId,
    analytic: ({ analytic }) => analytic,
    technique: ({ technique }) => technique,
    platform: ({ platform }) => platform,
    rule: ({ rule }) => rule,
    author: ({ author }) => author,
    level: ({ level }) => level,
    source: ({ source }) => source,
    state: ({ state }) => state,
    because: ({ because }) => because,
  });
}
