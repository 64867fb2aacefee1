import { holdsThresholds } from "../correlate/holds-threshold";
import type { LinkedCorrelation, RuleSet } from "../sigma/link-rules";
import { CHECK_STATES, type Verdict } from "./check-types";

interface Stage {
  readonly verdict: Verdict;
  readonly title: string;
}

/**
 * Whether correlations can fire, from what was found about the rules they refer to: those by time need as many stages as they ask for (all
 * of them where they do not say), those that count need one. The stage that decides is named; hosts are those that can send every stage
 * that is needed.
 *
 * @param ofRule verdict on a rule with the fields that correlations group by
 */
export function checkCorrelations(set: Pick<RuleSet, "rules" | "correlations">, ofRule: (rule: number) => Verdict | undefined): Verdict[] {
  const done: Verdict[] = [];
  const below: Map<number, Verdict>[] = []; // the rules that each rests on and that can fire: records count once per rule, however often it is referred to
  for (const correlation of set.correlations) {
    const own = new Map<number, Verdict>();
    const stages = correlation.references.flatMap(({ kind, index, as }): Stage[] => {
      const verdict = kind === "rule" ? ofRule(index) : done[index];
      const title = (kind === "rule" ? set.rules[index] : set.correlations[index])?.meta.title ?? as;
      if (verdict?.state === "can-fire") for (const [rule, one] of kind === "rule" ? [[index, verdict] as const] : (below[index] ?? [])) own.set(rule, one);
      return verdict === undefined ? [] : [{ verdict, title }];
    });
    below.push(own);
    done.push(combine(stages, stagesNeeded(correlation), [...own.values()]));
  }
  return done;
}

function stagesNeeded({ type, references, thresholds }: LinkedCorrelation): number {
  if (type !== "temporal" && type !== "temporal_ordered") return 1;
  const counts = references.map((_, i) => i + 1);
  return thresholds.length === 0 ? references.length : (counts.find((count) => holdsThresholds(count, thresholds)) ?? references.length);
}

function combine(stages: readonly Stage[], needed: number, rules: readonly Verdict[]): Verdict {
  const rank = ({ verdict }: Stage): number => CHECK_STATES.indexOf(verdict.state);
  const ordered = [...stages].sort((a, b) => rank(a) - rank(b) || b.verdict.hosts.size - a.verdict.hosts.size);
  const decisive = ordered[needed - 1];
  if (decisive === undefined) throw new Error("a correlation has at least as many references as it needs");
  if (decisive.verdict.state !== "can-fire") return { ...decisive.verdict, stage: decisive.title };
  const able = ordered.filter(({ verdict }) => verdict.state === "can-fire").map(({ verdict }) => verdict);
  const counted = new Map<string, number>();
  for (const { hosts } of able) for (const host of hosts) counted.set(host, (counted.get(host) ?? 0) + 1);
  return {
    ...decisive.verdict,
    kinds: [...new Set(able.flatMap(({ kinds }) => kinds))].sort(),
    hosts: new Set([...counted].flatMap(([host, count]) => (count >= needed ? [host] : []))),
    records: rules.reduce((sum, { records }) => sum + records, 0),
    // The chain is as fresh as the stage that came last the longest ago, among those it needs.
    newest: able.map(({ newest }) => newest).sort((a, b) => (b ?? -Infinity) - (a ?? -Infinity))[needed - 1] ?? null,
    examples: rules.reduce((sum, { examples }) => sum + examples, 0),
    stage: null,
  };
}
