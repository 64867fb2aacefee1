import type { CheckState } from "@/lib/detection/check/check-types";
import { FOUND_STATES, type FoundByRule } from "@/lib/detection/check/found-by-rule";
import type { RuleHead } from "@/lib/detection/rules/rule-head";
import type { RuleSourceRow } from "@/lib/detection/rules/rule-source";
import { techniqueOfTag } from "@/lib/detection/rules/translate-tag";
import { packLines, type PackedLines } from "@/lib/shared/packed-lines";

/** Whether a rule is evaluated: needs-values waits for the values of its placeholders, in each segment. */
export type RuleState = "evaluated" | "needs-values" | "refused";

/** Whether a rule can fire anywhere. stale: only on records that are no longer fresh; unchecked: no check judged it as it is now. */
export type RuleFires = CheckState | "stale" | "unchecked";

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
  readonly fires: RuleFires; // the best over the segments that the newest check looked at
  readonly serves: readonly string[]; // analytics, accepted
  readonly proposed: number;
}

/** Rules by the tens of thousands, as a page sends them: components/rules/unpack-rules.ts reads them. */
export type PackedRules = PackedLines<keyof RuleLine>;

export interface RulesView {
  readonly sources: number;
  readonly rules: PackedRules;
}

/** The state of a rule by itself; whether its records exist is another question. The rules of a pack bring values of their own. */
export function ruleState({ refused, placeholders, sourceKind }: Pick<RuleHead, "refused" | "placeholders" | "sourceKind">): RuleState {
  if (refused) return "refused";
  return placeholders > 0 && sourceKind === "imported" ? "needs-values" : "evaluated";
}

/** Rules for the long table, with their links counted. */
export function buildRulesView(sources: readonly RuleSourceRow[], rules: readonly RuleHead[], newest: NewestCheck | null): RulesView {
  const packed: PackedRules = packLines(rules, {
    id: ({ id }) => id,
    title: ({ title }) => title,
    kind: ({ kind }) => kind,
    source: ({ source }) => source,
    author: ({ author }) => author ?? "",
    level: ({ level }) => level ?? "",
    status: ({ status }) => status ?? "",
    product: ({ product }) => product ?? "",
    category: ({ category, service }) => category ?? service ?? "",
    techniques: ({ tags }) => [...new Set(tags.flatMap((tag) => techniqueOfTag(tag) ?? []))].join(" "),
    state: ruleState,
    fires: (rule) => firesOf(rule, newest),
    serves: ({ accepted }) => accepted.join(" "),
    proposed: ({ proposed }) => String(proposed),
  });
  return { sources: sources.length, rules: packed };
}

/** What the newest check found, by rule; rules without an entry have no source anywhere. */
export interface NewestCheck {
  readonly at: string; // ISO 8601
  readonly found: FoundByRule;
}

function firesOf(rule: RuleHead, newest: NewestCheck | null): RuleFires {
  if (newest === null || rule.kind === "filter" || rule.changedAt > newest.at) return "unchecked";
  const found = newest.found.get(rule.id);
  return FOUND_STATES.find((state) => found?.states.includes(state)) ?? "no-source";
}
