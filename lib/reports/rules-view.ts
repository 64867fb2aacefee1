import type { RuleHead } from "@/lib/detection/rules/rule-head";
import type { RuleSourceRow } from "@/lib/detection/rules/rule-source";
import { techniqueOfTag } from "@/lib/detection/rules/translate-tag";

/** Whether a rule is evaluated: needs-values waits for the values of its placeholders, in each segment. */
export type RuleState = "evaluated" | "needs-values" | "refused";

/** A rule in the long table. */
export interface RuleLine {
  readonly id: string;
  readonly title: string;
  readonly kind: RuleHead["kind"];
  readonly source: string;
  readonly author: string;
  readonly level: string;
  readonly status: string;
  readonly product: string;
  readonly category: string; // else the service
  readonly techniques: readonly string[];
  readonly state: RuleState;
  readonly serves: readonly string[]; // analytics, accepted
  readonly proposed: number;
}

export interface RulesView {
  readonly sources: readonly RuleSourceRow[];
  readonly rules: readonly RuleLine[];
}

/** The state of a rule by itself; whether its records exist is another question. The rules of a pack bring values of their own. */
export function ruleState({ refused, placeholders, sourceKind }: Pick<RuleHead, "refused" | "placeholders" | "sourceKind">): RuleState {
  if (refused) return "refused";
  return placeholders > 0 && sourceKind === "imported" ? "needs-values" : "evaluated";
}

/** Rules for the long table, with their links counted. */
export function buildRulesView(sources: readonly RuleSourceRow[], rules: readonly RuleHead[]): RulesView {
  return {
    sources,
    rules: rules.map((rule) => ({
      id: rule.id,
      title: rule.title,
      kind: rule.kind,
      source: rule.source,
      author: rule.author ?? "",
      level: rule.level ?? "",
      status: rule.status ?? "",
      product: rule.product ?? "",
      category: rule.category ?? "",
      techniques: [...new Set(rule.tags.flatMap((tag) => techniqueOfTag(tag) ?? []))],
      state: ruleState(rule),
      serves: rule.accepted,
      proposed: rule.proposed,
    })),
  };
}
