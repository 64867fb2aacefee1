import { splitKind } from "@/lib/telemetry/record-kinds";
import type { AlternativeInput, ScoringInput } from "./scoring-input";

export type AcceptedKind = ScoringInput["acceptSets"][number][number];

/** The kinds a reference accepts, in order and by name. */
export interface AcceptedSet {
  readonly kinds: readonly AcceptedKind[];
  readonly numbers: Int32Array; // of the kinds, in their order
  readonly families: readonly string[]; // by number, of all kinds
  readonly met: ReadonlyMap<string, "as-cited" | "equivalent">;
}

/** The accept sets of an input. Record kinds have numbers, so that a segment says in one byte each what it holds of them. */
export interface Acceptance {
  readonly sets: readonly AcceptedSet[];
  readonly kinds: ReadonlyMap<string, number>; // record kind -> its number
  /** What policy and verdict leave of what a reference accepts: nothing rests on one that cannot be produced, except by its equivalents. One object for equal answers. */
  readonly allowed: (alternative: Pick<AlternativeInput, "accepts" | "verdict">) => AcceptedSet;
}

export function openAcceptance({ acceptSets, policy }: Pick<ScoringInput, "acceptSets" | "policy">): Acceptance {
  const numbers = new Map<string, number>();
  const families: string[] = [];
  const numberOf = (kind: string): number => {
    let number = numbers.get(kind);
    if (number === undefined) {
      numbers.set(kind, (number = numbers.size));
      families.push(splitKind(kind).family);
    }
    return number;
  };
  const toSet = (kinds: readonly AcceptedKind[]): AcceptedSet => {
    const own = new Int32Array(kinds.length);
    const byName = new Map<string, AcceptedKind["met"]>();
    kinds.forEach(({ kind, met }, at) => {
      own[at] = numberOf(kind);
      byName.set(kind, met);
    });
    return { kinds, numbers: own, families, met: byName };
  };
  const sets = acceptSets.map(toSet);
  const nothing = toSet([]);
  const narrowed: AcceptedSet[] = []; // by slot
  return {
    sets,
    kinds: numbers,
    allowed(alternative) {
      const all = sets[alternative.accepts] ?? nothing;
      const impossible = alternative.verdict !== "producible";
      if (!impossible && !policy.asCitedOnly) return all;
      return (narrowed[slotOf(alternative)] ??= toSet(all.kinds.filter(({ met }) => !(impossible && met === "as-cited") && !(policy.asCitedOnly && met === "equivalent"))));
    },
  };
}

/** References of the same slot accept the same kinds. */
export function slotOf({ accepts, verdict }: Pick<AlternativeInput, "accepts" | "verdict">): number {
  return accepts * 2 + (verdict === "producible" ? 0 : 1);
}
