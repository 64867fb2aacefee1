import { parseRuleFile } from "../../sigma/parse-rule-file";
import { linkRules, type RuleSet } from "../../sigma/link-rules";
import type { Scalar } from "../../evaluate/rule-view";
import type { RuleMatch } from "../match-types";

/** A match in few words: the rule's name, the second, and the values of its record. */
export interface MatchSketch {
  readonly rule: string;
  readonly at: number | null; // seconds
  readonly number?: number; // record; default its position
  readonly values?: Readonly<Record<string, Scalar | readonly Scalar[]>>;
}

/** One rule per name (its selection never matters here) and the correlations, linked as files are. */
export function ruleSet(names: readonly string[], ...correlations: readonly string[]): RuleSet {
  const rules = names.map((name) => `title: ${name}\nname: ${name}\nlogsource: {product: windows}\ndetection: {selection: {EventID: 1}, condition: selection}\n`);
  const set = linkRules([parseRuleFile("rules.yml", [...rules, ...correlations.map((text) => (/^title:/m.test(text) ? text : `title: correlation\n${text}`))].join("---\n"))]);
  if (set.refused.length > 0) throw new Error(set.refused.map(({ message }) => message).join("; "));
  return set;
}

/** Matches of a rule set's rules, numbered as they stand. */
export function matchesOf(set: RuleSet, sketches: readonly MatchSketch[]): RuleMatch[] {
  return sketches.map(({ rule, at, number, values = {} }, i) => ({
    rule: set.rules.findIndex(({ meta }) => meta.name === rule),
    event: number ?? i + 1,
    ms: at === null ? null : at * 1000,
    values: new Map(Object.entries(values).map(([field, value]): [string, readonly Scalar[]] => [field, isList(value) ? value : [value]])),
    process: null,
  }));
}

function isList(value: Scalar | readonly Scalar[]): value is readonly Scalar[] {
  return Array.isArray(value);
}
