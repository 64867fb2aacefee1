import { countFacets, type CountedFacets } from "@/components/tables/count-facets";
import type { CheckLine, ShownState } from "@/lib/reports/rule-check-view";

/** The groups of the facet panel. */
export const CHECK_FACETS = ["state", "change", "links", "level", "product", "category", "field", "source"] as const;
export type CheckFacet = (typeof CHECK_FACETS)[number];
export type Chosen = Readonly<Record<CheckFacet, readonly string[]>>;

/** A rule over the segments that are shown: its best state there, and what became of it since the run before. */
export interface CheckRow {
  readonly rule: CheckLine;
  readonly best: ShownState;
  readonly change: "silent" | "woke" | "other" | "same";
  readonly able: number; // segments where it can fire
  readonly of: number; // segments that have hosts of its platform
}

/** @param shown positions of segments; @param states every state, by its digit */
export function rowsOf(rules: readonly CheckLine[], shown: readonly number[], states: readonly ShownState[]): CheckRow[] {
  return rules.map((rule) => {
    let best = states.length - 1;
    let [able, of] = [0, 0];
    let change: CheckRow["change"] = "same";
    for (const at of shown) {
      const now = Number(rule.states[at] ?? best);
      const was = Number(rule.before?.[at] ?? now);
      best = Math.min(best, now);
      if (now === 0) able += 1;
      if (states[now] !== "other-platform") of += 1;
      if (now === was || change === "silent") continue;
      change = was === 0 ? "silent" : now === 0 ? "woke" : change === "same" ? "other" : change;
    }
    return { rule, best: states[best] ?? "refused", change, able, of };
  });
}

/** Rules that hold every word of the text and match the facets (null: all), and what each further choice would leave. */
export function filterChecks(rows: readonly CheckRow[], text: string, chosen: Chosen | null): CountedFacets<CheckRow, CheckFacet> {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const matching = words.length === 0 ? rows : rows.filter(({ rule }) => {
    const all = [rule.title, rule.author, rule.product, rule.category, rule.field, ...rule.serves].join(" ").toLowerCase();
    return words.every((word) => all.includes(word));
  });
  return countFacets(matching, CHECK_FACETS, chosen, ({ rule, best, change }, facet) => {
    if (facet === "state") return best;
    if (facet === "change") return change;
    if (facet === "links") return rule.serves.length > 0 ? "serves an analytic" : "no analytic";
    return rule[facet] || (facet === "field" ? "none" : "not stated");
  });
}
