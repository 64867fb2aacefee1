import { commonPlatforms } from "@/lib/assessment/common-platforms";
import { familyOfKind, indexEvidence } from "@/lib/assessment/index-evidence";
import { openScope, type Scope } from "@/lib/assessment/open-scope";
import { prepareAnalytics } from "@/lib/assessment/prepare-analytics";
import type { ScoringInput } from "@/lib/assessment/scoring-input";
import type { ScoringResult } from "@/lib/assessment/scoring-result";
import { statusRank } from "@/lib/assessment/status";

/** What hangs on one source in one segment: cells that are observed today and would not be without it. */
export interface Dependence {
  readonly segment: number; // position in the scoring input
  readonly family: string;
  readonly lost: number;
  readonly of: number; // observed cells of the segment
}

/**
 * For every family and segment the observed cells that would fall if all its records ceased: those with a requirement that nothing but
 * records of this family proves. Most cells first.
 */
export function findDependences(input: ScoringInput, result: ScoringResult): Dependence[] {
  const index = indexEvidence(input);
  const { analytics } = prepareAnalytics(input);
  const scopes = new Map<string, { scope: Scope; proving: Map<number, ReadonlySet<string>> }>();
  const lost = new Map<string, { segment: number; family: string; lost: number }>();
  const observed = input.segments.map(() => 0);
  for (const cell of result.cells) {
    if (statusRank(cell.status) < statusRank("observed")) continue;
    const [analytic, evidence] = [analytics[cell.analytic], index.segments[cell.segment]];
    if (analytic === undefined || evidence === undefined) continue;
    observed[cell.segment] = (observed[cell.segment] ?? 0) + 1;
    const key = `${cell.segment}\n${analytic.platformKey}`;
    let own = scopes.get(key);
    if (own === undefined) scopes.set(key, (own = { scope: openScope(index, evidence, commonPlatforms(analytic.input, evidence.input)), proving: new Map() }));
    const sole = new Set<string>();
    for (const requirement of analytic.requirements) {
      if (!requirement.decides) continue;
      let families = own.proving.get(requirement.number);
      if (families === undefined) {
        const { scope } = own;
        families = new Set(requirement.input.alternatives.flatMap((alternative) => scope.present(alternative).evidence.flatMap(({ proven, kind }) => (proven ? [familyOfKind(kind)] : []))));
        own.proving.set(requirement.number, families);
      }
      const [only, another] = families;
      if (only !== undefined && another === undefined) sole.add(only);
    }
    for (const family of sole) {
      const name = `${cell.segment}\n${family}`;
      const entry = lost.get(name) ?? { segment: cell.segment, family, lost: 0 };
      entry.lost += 1;
      lost.set(name, entry);
    }
  }
  return [...lost.values()].map((entry) => ({ ...entry, of: observed[entry.segment] ?? 0 })).sort((a, b) => b.lost - a.lost || a.segment - b.segment || (a.family < b.family ? -1 : 1));
}
