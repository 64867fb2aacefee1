import type { SigmaRule } from "../sigma/rule-types";
import { bindSource } from "./bind-source";
import { flattenRule } from "./flatten-rule";
import { QueryRefusal, type RenderOptions, type RenderResult, type TargetId } from "./query-types";
import { targetById } from "./targets/index";

/** What a rule must have to become a query: one of a RuleSet has its filters in its condition already. */
export type RenderableRule = Pick<SigmaRule, "detections" | "condition" | "fields" | "logsource">;

/**
 * A rule in a platform's query language. The query finds the records that the engine matches, as far as the platform's data
 * tell them apart (the notes say where they do not); what cannot be said refuses the rule, with the reason. docs/queries.md.
 *
 * @param rule parsed, with placeholders filled and filters applied (linkRules)
 */
export function renderRule(rule: RenderableRule, target: TargetId, options: RenderOptions = {}): RenderResult {
  const language = targetById(target);
  return orRefused(() => {
    const source = bindSource(target, language, rule.logsource, rule.fields, options);
    const query = language.render(flattenRule(rule), source, language.dialect(source), options);
    checkLength(query, language);
    return { query, notes: [...language.about, ...source.notes], from: source.from, source: source.id };
  });
}

export function checkLength(query: string, { label, longest }: { readonly label: string; readonly longest: number | null }): void {
  if (longest !== null && query.length > longest) throw new QueryRefusal(`${label} takes queries of ${longest} characters, and this one has ${query.length}.`);
}

/** @returns what is built, or why it cannot be */
export function orRefused(build: () => RenderResult): RenderResult {
  try {
    return build();
  } catch (error) {
    if (error instanceof QueryRefusal) return { refused: error.message };
    throw error;
  }
}
