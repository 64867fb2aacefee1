import { DAY_MS, SKEW_MS } from "../instants";
import type { AggregateInput, ScoringInput } from "../scoring-input";
import { layerItems, switchAt, type Layers } from "./layer-items";
import { LEVEL } from "./parts";

export interface LayeredRecords {
  readonly levels: readonly (readonly AggregateInput[])[];
  readonly changed: ReadonlySet<string>; // segments of which records came or went
}

/** What two inputs say of the window of fresh records. */
type Cut = Pick<ScoringInput, "at" | "policy">;

/**
 * Sample events from A to B. Rows of one file, kind, host and shape that hold as many records in both are the same records,
 * cut elsewhere: the policy moved them where only freshDays differs, time where only T does; where both do, the policy has
 * what can be told from the rows to have crossed its edge, time the rest. Any other row is evidence that came or went, and
 * counts at A's time as it does at B's: it is not older then.
 *
 * @param shapes over which the shapes of both are numbers
 */
export function layerRecords(shapes: ScoringInput["shapes"], a: readonly AggregateInput[], b: readonly AggregateInput[], cutA: Cut, cutB: Cut): LayeredRecords {
  const texts = shapes.map((fields) => fields.join(","));
  const numbers = new Map(texts.map((text, at) => [text, at]));
  const sameShapes = (rows: readonly AggregateInput[]): AggregateInput[] => rows.map((row) => ({ ...row, shape: numbers.get(texts[row.shape] ?? "") ?? row.shape }));
  const changed = new Set<string>();
  const levels = layerItems(sameShapes(a), sameShapes(b), (row) => `${row.segment}\n${row.dataset}\n${row.kind}\n${row.host}\n${row.shape}`, (before, after): Layers<AggregateInput> => {
    if (before !== undefined && after !== undefined && total(before) === total(after)) {
      if (cutA.policy.freshDays === cutB.policy.freshDays) return switchAt(LEVEL.time, before, after);
      if (cutA.at === cutB.at) return switchAt(LEVEL.policy, before, after);
      const between = recut(before, after, { from: cutA.at - cutB.policy.freshDays * DAY_MS, to: cutA.at + SKEW_MS });
      return [before, before, before, between ?? before, between ?? before, after];
    }
    changed.add((before ?? after)?.segment ?? "");
    if (after === undefined) return switchAt(LEVEL.evidence, before, undefined);
    const then = asOf(cutA.at, cutB.at);
    return [before, before, before, before, { ...after, freshFirst: then(after.freshFirst), freshLast: then(after.freshLast), staleLast: then(after.staleLast) }, after];
  });
  return { levels, changed };
}

/** Instants of what B added, at A's time: what is known at B's T is not later than A's; what B itself holds for the future stays so. */
export function asOf(atA: number, atB: number): <T extends number | null | undefined>(ms: T) => T | number {
  return (ms) => (typeof ms === "number" && atB > atA && ms > atA && ms <= atB + SKEW_MS ? atA : ms);
}

function total({ fresh, stale, future, untimed }: AggregateInput): number {
  return fresh + stale + future + untimed;
}

/**
 * The same records at a third window, where the two rows leave no doubt on which side of its edges they lie.
 *
 * @returns null where they do: some of the records lie on this side, some on that, and nobody can say how many
 */
function recut(before: AggregateInput, after: AggregateInput, window: { readonly from: number; readonly to: number }): AggregateInput | null {
  if (before.fresh === 0 && before.stale === 0) return before;
  const { freshFirst, freshLast, staleLast } = before;
  const older = staleLast === null || staleLast < window.from; // what was stale stays so
  const younger = freshFirst === null || freshFirst >= window.from; // what was fresh stays so
  if (older && younger) return before;
  if (older && freshLast !== null && freshLast < window.from) {
    return { ...before, fresh: 0, freshFirst: null, freshLast: null, stale: before.stale + before.fresh, staleLast: freshLast };
  }
  // Everything is inside: B's own window holds all of it and begins no earlier.
  if (younger && staleLast !== null && after.stale === 0 && after.freshFirst !== null && after.freshFirst >= window.from) {
    return { ...before, fresh: before.fresh + before.stale, freshFirst: after.freshFirst, freshLast: freshLast ?? staleLast, stale: 0, staleLast: null };
  }
  return null;
}
