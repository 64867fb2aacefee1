import { countFacets, type CountedFacets } from "@/components/tables/count-facets";
import type { RuleLine } from "@/lib/reports/rules-view";

/** The groups of the facet panel. */
export const RULE_FACETS = ["state", "fires", "links", "level", "status", "product", "category", "source", "kind"] as const;
export type RuleFacet = (typeof RULE_FACETS)[number];
export type Chosen = Readonly<Record<RuleFacet, readonly string[]>>;

const NONE_STATED = "not stated";

/** Rules that hold every word of the text and match the facets (null: all), and what each further choice would leave. */
export function filterRules(rules: readonly RuleLine[], text: string, chosen: Chosen | null): CountedFacets<RuleLine, RuleFacet> {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const matching = words.length === 0 ? rules : rules.filter((rule) => words.every((word) => searchText(rule).includes(word)));
  return countFacets(matching, RULE_FACETS, chosen, valueOf);
}

function valueOf(rule: RuleLine, facet: RuleFacet): string {
  if (facet === "links") return rule.serves.length > 0 ? "accepted" : rule.proposed > 0 ? "proposed" : "none";
  return rule[facet] || NONE_STATED;
}

const texts = new WeakMap<RuleLine, string>();
function searchText(rule: RuleLine): string {
  let text = texts.get(rule);
  if (text === undefined) {
    text = [rule.title, rule.id, rule.author, rule.product, rule.category, ...rule.techniques, ...rule.serves].join(" ").toLowerCase();
    texts.set(rule, text);
  }
  return text;
}
