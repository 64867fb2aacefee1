import { renderCorrelation } from "@/lib/detection/queries/render-correlation";
import { renderRule } from "@/lib/detection/queries/render-rule";
import { TARGETS } from "@/lib/detection/queries/targets/index";
import { findRule } from "@/lib/detection/rules/store";
import { linkRules } from "@/lib/detection/sigma/link-rules";
import { parseRuleFile } from "@/lib/detection/sigma/parse-rule-file";
import type { RuleQuery } from "@/lib/reports/rule-query";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { readRuleScope } from "./rules/read-rule-scope";

/**
 * A rule in every query language that Sightline writes, each with its notes or with the reason why there is none. A rule
 * that was refused is not read again here.
 *
 * @throws SightlineError NOT_FOUND
 */
export async function getRuleQueries(ctx: OperationContext, id: string): Promise<RuleQuery[]> {
  authorize(ctx, "rule.read", "none");
  const rule = await findRule(ctx.db, id);
  if (rule === null) throw new SightlineError("NOT_FOUND", `There is no rule "${id}".`);
  const refuse = (refused: string): RuleQuery[] => TARGETS.map(({ id: target, label, extension }) => ({ id: target, label, fileName: `${fileStem(rule.title)}.${extension}`, query: null, refused, notes: [], from: null }));
  if (rule.refusal !== null) return refuse(`The rule was refused: ${rule.refusal.message}`);
  if (rule.state === "removed") return refuse("Its source holds the rule no more.");
  if (rule.kind === "filter") return refuse("A filter is no query: it narrows the rules it names.");
  if (rule.placeholders.length > 0) return refuse(`It needs values for ${rule.placeholders.map((name) => `%${name}%`).join(", ")}, which each segment gives.`);
  const scope = await readRuleScope(ctx.db, [rule.id]);
  const set = linkRules(scope.files.filter(({ file }) => scope.rules.some((one) => `${one.source}/${one.path}` === file && one.kind !== "unread")).map(({ file, text }) => parseRuleFile(file, text)));
  const isIt = (one: { readonly file: string; readonly document: number }): boolean => scope.ruleAt(one.file, one.document)?.id === rule.id;
  const own = set.rules.find(isIt);
  const correlation = set.correlations.find(isIt);
  return TARGETS.map(({ id: target, label, extension }) => {
    const made = own !== undefined ? renderRule(own, target) : correlation !== undefined ? renderCorrelation(correlation, set, target) : { refused: "The rule cannot be read with the other rules of its source." };
    const base = { id: target, label, fileName: `${fileStem(rule.title)}.${extension}` };
    return "refused" in made ? { ...base, query: null, refused: made.refused, notes: [], from: null } : { ...base, query: made.query, refused: null, notes: made.notes, from: made.from };
  });
}

function fileStem(title: string): string {
  return title.toLowerCase().replace(/[^a-z0-9]+/g, "_").replace(/^_+|_+$/g, "").slice(0, 80) || "rule";
}
