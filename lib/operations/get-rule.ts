import type { RuleLinkRow } from "@/lib/detection/rules/rule-link";
import type { RuleImportRow } from "@/lib/detection/rules/rule-source";
import { findRule, listRuleImports, listRuleLinks, listRuleTexts } from "@/lib/detection/rules/store";
import type { StoredRule } from "@/lib/detection/rules/stored-rule";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { loadPinnedAnalytics } from "./load-pinned-analytics";
import { findRuleByWord } from "./rules/find-rule-by-word";

/** An analytic that a rule serves or might. name is empty where no current catalogue has it any more. */
export interface RuleAnalytic extends RuleLinkRow {
  readonly name: string;
  readonly technique: { readonly id: string; readonly name: string } | null;
  readonly platform: string;
}

export interface RuleDetail {
  readonly rule: StoredRule;
  readonly text: string; // of its whole file, as imported
  readonly documents: number; // in that file
  readonly links: readonly RuleAnalytic[]; // accepted first
  readonly imports: readonly RuleImportRow[]; // of its source, newest first
}

const ORDER = ["accepted", "proposed", "rejected"];

/** One rule with its file, its analytics and the imports of its source. rule: its id, Sigma id or whole title. @throws SightlineError NOT_FOUND, CONFLICT where several are meant */
export async function getRule(ctx: OperationContext, word: string): Promise<RuleDetail> {
  authorize(ctx, "rule.read", "none");
  const rule = (await findRule(ctx.db, word)) ?? (await findRuleByWord(ctx.db, word));
  const [file] = await listRuleTexts(ctx.db, { ruleIds: [rule.id], removed: true });
  if (file === undefined) throw new SightlineError("NOT_FOUND", "The file of this rule is not there any more.");
  const links = await listRuleLinks(ctx.db, { ruleIds: [rule.id] });
  const analytics = links.length === 0 ? new Map<string, never>() : await loadPinnedAnalytics(ctx, null, links.map(({ analytic }) => analytic));
  const named = links.map((link): RuleAnalytic => {
    const analytic = analytics.get(link.analytic);
    const technique = analytic?.techniques[0];
    return { ...link, name: analytic?.name ?? "", technique: technique === undefined ? null : { id: technique.id, name: technique.name }, platform: analytic?.platforms.join(", ") ?? "" };
  });
  named.sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state) || (a.analytic < b.analytic ? -1 : 1));
  return { rule, text: file.text, documents: (file.text.match(/^---\s*$/gm)?.length ?? 0) + 1, links: named, imports: await listRuleImports(ctx.db, rule.sourceId) };
}
