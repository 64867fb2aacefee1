import type { RuleMatch } from "@/lib/detection/correlate/match-types";
import type { FieldLook } from "@/lib/detection/route/watch-fields";
import type { TreeFact } from "@/lib/detection/correlate/sight-process";
import type { BlockFindings } from "@/lib/workers/match-messages";

interface Unit {
  last: number;
  refused: number;
  readonly pairs: Uint32Array[];
  readonly material: RuleMatch[];
}

/** What threads found in one content, unit by unit as it comes; records get their numbers in the content when all is there. */
export class MatchList {
  private readonly units: Unit[] = [];
  readonly facts: TreeFact[] = [];
  readonly looks: FieldLook[] = []; // of the first block, whoever read it
  matches = 0;
  materials = 0;

  add(unit: number, { last, refused, matches, material, facts, looks }: BlockFindings, counts: boolean): void {
    const own = (this.units[unit] ??= { last: 0, refused: 0, pairs: [], material: [] });
    own.last = Math.max(own.last, last);
    if (counts) own.refused += refused; // every thread of a shared unit meets the same ones
    if (matches.length > 0) own.pairs.push(matches);
    for (const match of material) own.material.push(match);
    for (const fact of facts) this.facts.push(fact);
    this.looks.push(...looks);
    this.matches += matches.length / 2;
    this.materials += material.length;
  }

  get records(): number {
    return this.units.reduce((sum, { last }) => sum + last, 0);
  }

  get refused(): number {
    return this.units.reduce((sum, { refused }) => sum + refused, 0);
  }

  /** Adds how often each rule matched. */
  count(of: "matches" | "materials", into: Map<number, number>): void {
    const add = (rule: number): void => void into.set(rule, (into.get(rule) ?? 0) + 1);
    for (const { pairs, material } of this.units) {
      if (of === "materials") for (const { rule } of material) add(rule);
      else for (const own of pairs) for (let i = 0; i < own.length; i += 2) add(own[i] ?? 0);
    }
  }

  /** Forgets what one rule matched. */
  drop(rule: number): void {
    for (const unit of this.units) {
      for (const [i, pairs] of unit.pairs.entries()) {
        const kept: number[] = [];
        for (let at = 0; at < pairs.length; at += 2) if (pairs[at] !== rule) kept.push(pairs[at] ?? 0, pairs[at + 1] ?? 0);
        unit.pairs[i] = Uint32Array.from(kept);
      }
      const left = unit.material.filter((match) => match.rule !== rule);
      unit.material.length = 0;
      for (const match of left) unit.material.push(match);
    }
    this.matches = this.units.reduce((sum, { pairs }) => sum + pairs.reduce((n, own) => n + own.length / 2, 0), 0);
    this.materials = this.units.reduce((sum, { material }) => sum + material.length, 0);
  }

  /** Matches by event, then rule, without those of stopped rules; `before`: records of earlier contents. */
  list(before: number, stopped: ReadonlySet<number>): { readonly rule: number; readonly event: number }[] {
    let base = before;
    return this.units.flatMap(({ pairs, last }) => {
      const found: { rule: number; event: number }[] = [];
      for (const own of pairs) for (let i = 0; i < own.length; i += 2) if (!stopped.has(own[i] ?? 0)) found.push({ rule: own[i] ?? 0, event: base + (own[i + 1] ?? 0) });
      base += last;
      return pairs.length > 1 ? found.sort((a, b) => a.event - b.event || a.rule - b.rule) : found; // several threads took turns
    });
  }

  /** What correlations work on, numbered alike. */
  material(before: number, stopped: ReadonlySet<number>): RuleMatch[] {
    let base = before;
    return this.units.flatMap(({ material, last }) => {
      const own = material.flatMap((match) => (stopped.has(match.rule) ? [] : [{ ...match, event: match.event + base }]));
      base += last;
      return own;
    });
  }
}

/** The rule that matched most, of all or of those whose matches correlations work on. */
export function loudestRule(lists: readonly MatchList[], of: "matches" | "materials"): { readonly rule: number; readonly count: number } | null {
  const counts = new Map<number, number>();
  for (const list of lists) list.count(of, counts);
  return [...counts].reduce<{ rule: number; count: number } | null>((best, [rule, count]) => (best === null || count > best.count ? { rule, count } : best), null);
}
