import type { CheckState } from "@/lib/detection/check/check-types";
import type { RuleLinkRow } from "@/lib/detection/rules/rule-link";
import type { StoredRule } from "@/lib/detection/rules/stored-rule";
import { ruleState, type RuleState } from "./rules-view";

/** A rule on the page of an analytic, with the state of its link and where it could fire. */
export interface AnalyticRule {
  readonly id: string;
  readonly title: string;
  readonly kind: StoredRule["kind"];
  readonly source: string;
  readonly author: string | null;
  readonly license: string | null;
  readonly level: string | null;
  readonly state: RuleState;
  readonly refusal: string | null; // why it is not evaluated
  readonly link: Pick<RuleLinkRow, "state" | "because" | "reason" | "decidedBy" | "decidedAt">;
  readonly fires: { readonly segments: number; readonly of: number; readonly worst: readonly { readonly segment: string; readonly state: CheckState }[] } | null; // null: nobody checked it as it is now
}

/** One line per linked rule: accepted first, then proposed, then rejected. */
export function buildAnalyticRules(links: readonly RuleLinkRow[], rules: ReadonlyMap<string, StoredRule>, fires: ReadonlyMap<string, AnalyticRule["fires"]>): AnalyticRule[] {
  const order = ["accepted", "proposed", "rejected"];
  return links
    .flatMap((link): AnalyticRule[] => {
      const rule = rules.get(link.ruleId);
      if (rule === undefined) return [];
      const { id, title, kind, source, author, license, level, refusal } = rule;
      return [{ id, title, kind, source, author, license, level, state: ruleState({ refused: refusal !== null, placeholders: rule.placeholders.length, sourceKind: rule.sourceKind }), refusal: refusal === null ? null : `${refusal.line === null ? "" : `line ${refusal.line}: `}${refusal.message}`, link, fires: fires.get(id) ?? null }];
    })
    .sort((a, b) => order.indexOf(a.link.state) - order.indexOf(b.link.state) || (a.title < b.title ? -1 : 1));
}
