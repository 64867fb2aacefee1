import { usedDocuments } from "@/lib/detection/queries/used-documents";
import { readRuleText } from "@/lib/detection/rules/read-rule-texts";
import { listRules } from "@/lib/detection/rules/store";
import type { StoredRule } from "@/lib/detection/rules/stored-rule";
import { linkRules } from "@/lib/detection/sigma/link-rules";
import { applyValues, type ValuedRules } from "@/lib/detection/tuning/apply-values";
import { listTuningVersions } from "@/lib/detection/tuning/store";
import type { OperationContext } from "../context";
import { loadRuleScopes, type RuleScope } from "../tests/load-rule-scopes";

/** A rule with the values that one segment gives it, before it is read. */
export interface QueryRule {
  readonly scope: RuleScope;
  readonly place: { readonly file: string; readonly document: number };
  readonly tuned: ValuedRules;
  readonly asked: ReadonlySet<string>; // names of values that the rule, what it refers to and its filters ask for
  readonly units: ReadonlyMap<string, string>;
}

/** @param choice segmentId null: the values as they come; analytic: whose values go first; day: ISO date, UTC */
export async function openQueryRule(ctx: Pick<OperationContext, "db">, rule: StoredRule, choice: { readonly segmentId: string | null; readonly analytic: string; readonly day: string }): Promise<QueryRule> {
  const [scope] = await loadRuleScopes(ctx, [rule]);
  if (scope === undefined) throw new Error("a stored rule without a source");
  const place = { file: `${rule.source}/${rule.path}`, document: rule.position };
  const versions = choice.segmentId === null ? [] : await listTuningVersions(ctx.db, [choice.segmentId]);
  const asked = await askedNames(ctx, rule, scope, place);
  const units = new Map((scope.manifest?.elements ?? []).map(({ name, unit }) => [name, unit]));
  return { scope, place, tuned: applyValues(scope, versions, { analytic: choice.analytic, day: choice.day }), asked, units };
}

/** Read with values that stand for any: what a rule asks for does not depend on whether anybody answers. */
async function askedNames(ctx: Pick<OperationContext, "db">, rule: StoredRule, scope: RuleScope, place: QueryRule["place"]): Promise<Set<string>> {
  const set = linkRules(scope.files.map(({ file, text }) => readRuleText({ path: file, text }).parsed));
  const used = usedDocuments(set, place);
  const filters = new Set(used.flatMap((one) => (one.kind === "rule" ? one.filters : [])));
  const stored = await listRules(ctx.db, { sourceIds: [rule.sourceId] });
  const own = stored.filter((row) => used.some(({ file, document }) => `${row.source}/${row.path}` === file && row.position === document) || (row.kind === "filter" && filters.has(row.title)));
  const names = new Set([...rule.placeholders, ...own.flatMap(({ placeholders }) => placeholders)]);
  const called = new Set(own.map(({ name }) => name));
  for (const element of scope.manifest?.elements ?? []) if (element.kind !== "list" && element.sets.some((at) => called.has(at.in))) names.add(element.name);
  return names;
}
