import type { Scalar } from "../evaluate/rule-view";
import type { LinkedCorrelation } from "../sigma/link-rules";
import { specOf } from "./group-items";
import { isFilled, joinText } from "./join-text";
import { compareMoments, type Firing, type Item, type RuleMatch } from "./match-types";
import type { ProcessTree } from "./process-tree";

/** Everything that correlations of one sample may refer to. */
export interface Material {
  readonly correlations: readonly LinkedCorrelation[];
  readonly matches: ReadonlyMap<number, readonly RuleMatch[]>; // by rule
  readonly firings: readonly (readonly Firing[])[]; // by correlation, of those that were run
  readonly tree: ProcessTree | null;
  readonly titles?: readonly string[]; // of rules, for explanations
}

/** What a correlation works on, in the order of time: equal instants in the order in which records were read, whatever the order of the input. */
export function collectItems(correlation: LinkedCorrelation, material: Material): Item[] {
  const items = correlation.references.flatMap((reference, stage): Item[] => {
    if (reference.kind === "rule") return (material.matches.get(reference.index) ?? []).flatMap((match) => itemOfMatch(match, stage, material.tree) ?? []);
    const inner = material.correlations[reference.index];
    return inner === undefined ? [] : (material.firings[reference.index] ?? []).map((firing) => itemOfFiring(firing, stage, inner));
  });
  return items.sort((a, b) => compareMoments(a.last, b.last) || compareMoments(a.first, b.first) || a.stage - b.stage);
}

function itemOfMatch(match: RuleMatch, stage: number, tree: ProcessTree | null): Item | null {
  const { ms, event, values, process } = match;
  if (ms === null) return null;
  const moment = { ms, number: event };
  const derived = (field: string): { key: string; open: string | null } | null => {
    if (tree === null || process === null) return null;
    if (field === "sightline.lineage") return tree.lineageOf(process, ms);
    const key = field === "sightline.process" ? tree.processOf(process, ms) : field === "sightline.parent" ? tree.parentOf(process, ms) : null;
    return key === null ? null : { key, open: null };
  };
  return {
    stage,
    first: moment,
    last: moment,
    events: [event],
    values: (field) => {
      const found = values.get(field);
      if (found !== undefined) return found;
      const own = derived(field);
      return own === null ? [] : [own.key];
    },
    open: (field) => derived(field)?.open ?? null,
  };
}

/** A firing has the values that all its items have in common: those of its own group-by, and whatever else is the same in each. */
function itemOfFiring({ items, at }: Firing, stage: number, inner: LinkedCorrelation): Item {
  const spec = specOf(inner);
  const known = new Map<string, readonly Scalar[]>();
  const opened = new Map<string, string | null>(); // once per field: firings may hold one another twice over, and so on down
  const common = (field: string): readonly Scalar[] => {
    let shared: readonly Scalar[] | null = null;
    for (const item of items) {
      const own: readonly Scalar[] = item.values(spec.fieldOf(item.stage, field)).filter(isFilled);
      const texts = new Set(own.map(joinText));
      shared = shared === null ? own : shared.filter((value) => texts.has(joinText(value)));
      if (shared.length === 0) return [];
    }
    return shared ?? [];
  };
  const events = [...new Map(items.flatMap((item) => item.events).map((event) => [event, event])).values()];
  return {
    stage,
    first: items.map(({ first }) => first).reduce((least, one) => (compareMoments(one, least) < 0 ? one : least), at),
    last: at,
    events,
    values: (field) => {
      const found = known.get(field) ?? common(field);
      known.set(field, found);
      return found;
    },
    open: (field) => {
      const before = opened.get(field);
      if (before !== undefined) return before;
      let why: string | null = null;
      for (const item of items) why ??= item.open(spec.fieldOf(item.stage, field));
      opened.set(field, why);
      return why;
    },
  };
}
