import type { ParsedRecord } from "@/lib/events/types";
import { ProcessTree } from "../correlate/process-tree";
import { readTreeFact } from "../correlate/sight-process";
import { asksForTree, fieldsByRule, takeMatch } from "../correlate/take-match";
import type { RuleMatch } from "../correlate/match-types";
import { viewRecord } from "../evaluate/rule-view";
import { accepts, facetsOf } from "../route/facets-of";
import { sourceOf } from "../route/source-of";
import type { RuleSet } from "../sigma/link-rules";
import { explainCorrelation, type CorrelationExplanation } from "./explain-correlation";
import { NearestEvent, testedRule, type ExplainedItem } from "./explain-rule";

export const VERDICTS = ["matched", "not-matched", "no-events"] as const;
export type Verdict = (typeof VERDICTS)[number];

/** Why a rule did or did not match in a sample, at the first event that it matches or the nearest one. */
export interface ExplainedRule {
  readonly verdict: Verdict;
  readonly event: number | null; // the record that the items are about
  readonly kind: string | null; // its record kind
  readonly needed: number | null; // how many items would have to come out otherwise; 0: it matches
  readonly items: readonly ExplainedItem[]; // logsource first
  readonly seen: number; // records of the rule's logsource
  readonly matched: number; // of those
}

export interface SampleExplanation {
  readonly rules: readonly ExplainedRule[]; // as in the set
  readonly correlations: readonly CorrelationExplanation[]; // as in the set
}

export interface ExplainOptions {
  readonly ignoreLogsource: boolean;
  readonly onRule?: (rule: number) => void; // told before each question, so that whoever watches the time knows whose it is
  readonly onCorrelation?: (correlation: number) => void;
}

/**
 * Explains every rule and correlation of a set over the records of a sample, one after another. A rule is asked about the
 * records of its logsource; where there is none, about the nearest of all others, and the logsource is what failed.
 */
export function startExplanation(set: RuleSet, options: ExplainOptions) {
  const asked = fieldsByRule(set.correlations);
  const tree = asksForTree(set.correlations) ? new ProcessTree() : null;
  const matches: RuleMatch[] = [];
  const rules = set.rules.map((rule, index) => {
    const tested = testedRule(rule);
    return { rule, index, own: new NearestEvent(tested), others: new NearestEvent(tested) };
  });
  return {
    /** @param host as the import chose it; without it the record's own */
    record: (record: ParsedRecord, host = record.host ?? ""): void => {
      const view = viewRecord(record);
      const fact = tree === null ? null : readTreeFact(record, host);
      if (fact !== null) tree?.observe(fact);
      const facets = options.ignoreLogsource ? null : facetsOf(sourceOf(record, view));
      for (const { rule, index, own, others } of rules) {
        options.onRule?.(index);
        if (facets !== null && !accepts(rule.logsource, facets)) {
          if (own.seen === 0) others.look(record, view); // kept only until a record of the logsource comes
          continue;
        }
        const fields = asked.get(index);
        if (own.look(record, view) && fields !== undefined) matches.push(takeMatch(index, record, view, host, fields));
      }
    },
    finish: (): SampleExplanation => ({
      rules: rules.map(({ rule, own, others }) => explained(rule.logsource, own, others)),
      correlations: set.correlations.flatMap((_, index) => {
        options.onCorrelation?.(index);
        return explainCorrelation(set, index, matches, tree) ?? [];
      }),
    }),
  };
}

function explained({ product, category, service }: RuleSet["rules"][number]["logsource"], own: NearestEvent, others: NearestEvent): ExplainedRule {
  const fits = own.seen > 0;
  const found = (fits ? own : others).explain();
  if (found === null) return { verdict: "no-events", event: null, kind: null, needed: null, items: [], seen: 0, matched: 0 };
  const wanted = [["product", product], ["category", category], ["service", service]].flatMap(([name, value]) => (value === null ? [] : [`${name} ${value}`])).join(", ");
  const logsource: ExplainedItem = { path: "logsource", field: null, wanted, found: found.kind, state: "filled", lookup: null, result: fits, decides: !fits };
  return {
    verdict: own.matched > 0 ? "matched" : "not-matched",
    event: found.event,
    kind: found.kind,
    needed: found.needed + (fits ? 0 : 1),
    items: [logsource, ...found.items],
    seen: own.seen,
    matched: own.matched,
  };
}
