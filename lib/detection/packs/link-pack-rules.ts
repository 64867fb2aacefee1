import { linkRules, type RuleSet } from "../sigma/link-rules";
import { parseRuleFile } from "../sigma/parse-rule-file";
import type { Pack } from "./pack-schema";
import { tuneRules, type ElementValue } from "./tune-rules";

/** The rules and correlations of a pack, all its files one scope, with values for its mutable elements (absent: defaults). */
export function linkPackRules(pack: Pick<Pack, "manifest" | "rules">, values?: ReadonlyMap<string, ElementValue>): RuleSet {
  const { files, placeholders } = tuneRules(pack, values);
  return linkRules(files.map(({ file, text }) => parseRuleFile(file, text, placeholders)));
}

/** Where a signal stands in a rule set, by its Sigma name. */
export function findSignal(set: RuleSet, name: string): { readonly kind: "rule" | "correlation"; readonly index: number } | null {
  const correlation = set.correlations.findIndex(({ meta }) => meta.name === name);
  if (correlation !== -1) return { kind: "correlation", index: correlation };
  const rule = set.rules.findIndex(({ meta }) => meta.name === name);
  return rule === -1 ? null : { kind: "rule", index: rule };
}
