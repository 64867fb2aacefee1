import { compileRule } from "../evaluate/compile-rule";
import { viewRecord } from "../evaluate/rule-view";
import { buildRuleEngine } from "../index/rule-engine";
import { parseRuleFile } from "../sigma/parse-rule-file";
import type { PlaceholderValues, RuleRefusal, SigmaRule } from "../sigma/rule-types";

/** A rule with this detection (YAML, from the margin), or why it is refused. */
export function readRule(detection: string, placeholders?: PlaceholderValues): SigmaRule | RuleRefusal {
  const text = `title: R\nlogsource:\n  product: test\ndetection:\n${detection.replace(/^\n/, "").trimEnd().replace(/^/gm, "  ")}\n`;
  const { documents, refused } = parseRuleFile("r.yml", text, placeholders);
  const [document] = documents;
  if (document?.kind === "rule") return document;
  const [fault] = refused;
  if (fault === undefined) throw new Error("neither a rule nor a refusal");
  return fault;
}

export function ruleOf(detection: string, placeholders?: PlaceholderValues): SigmaRule {
  const rule = readRule(detection, placeholders);
  if ("message" in rule) throw new Error(`refused: ${rule.message}`);
  return rule;
}

export function refusalOf(detection: string, placeholders?: PlaceholderValues): RuleRefusal {
  const rule = readRule(detection, placeholders);
  if (!("message" in rule)) throw new Error("the rule was not refused");
  return rule;
}

/** Whether a rule matches an event as it was logged, asked of the full scan and of the fast path, which must agree. */
export function matchesEvent(rule: SigmaRule, native: Readonly<Record<string, unknown>>): boolean {
  const view = viewRecord({ kind: { family: "test", key: "k" }, fields: {}, native });
  const slow = compileRule(rule)(view);
  const engine = buildRuleEngine([rule]);
  const fast = engine.match(engine.group([0]), view).length === 1;
  if (slow !== fast) throw new Error(`full scan ${slow}, fast path ${fast}`);
  return slow;
}

/** The same for a selection: its lines, with the condition "selection". */
export function selects(selection: string, native: Readonly<Record<string, unknown>>, placeholders?: PlaceholderValues): boolean {
  return matchesEvent(ruleOf(`selection:\n${selection.replace(/^\n/, "").trimEnd().replace(/^/gm, "  ")}\ncondition: selection`, placeholders), native);
}
