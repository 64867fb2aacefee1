import type { JoinIndex, JoinKey, JoinMinute, JoinOccurrence, JoinSpace } from "./join-index";
import { MOST_JOIN_KEYS } from "./join-index";
import { formatCount } from "@/lib/shared/format-number";

/** One edge of a chain: a record of `from` and one of `to` with the same key, at most windowMs apart; ordered: `to` not before `from`. */
export interface JoinEdge {
  readonly id: string;
  readonly from: readonly string[]; // record kinds
  readonly to: readonly string[];
  readonly by: JoinKey;
  readonly ordered: boolean;
  readonly windowMs: number;
}

/** The record that stands for one side: which file, which record, when (ms). */
export interface JoinSide {
  readonly dataset: string;
  readonly record: number;
  readonly ms: number;
}

export type JoinVerdict =
  | { readonly state: "joined"; readonly witness: { readonly from: JoinSide; readonly to: JoinSide } }
  | { readonly state: "not-joined"; readonly because: string }
  | { readonly state: "not-computed"; readonly because: string };

interface Seen {
  readonly dataset: string;
  readonly kind: string;
  readonly occurrence: JoinOccurrence;
}

const SPACES: Readonly<Record<JoinKey, readonly JoinSpace[]>> = {
  process: ["process"],
  "process-number": ["process-number"],
  parent: ["process", "process-number"],
  session: ["session"],
  user: ["user"],
  connection: ["connection"],
  host: ["host"],
};

/**
 * Whether records of two kinds join over all files of a segment. joined: two real records stand for it, the earliest such
 * pair by time. not-joined: every record of both kinds was looked at. Where a cap hides records that might join, nobody
 * knows, and the answer is not-computed.
 */
export function joinResult(indexes: readonly { readonly dataset: string; readonly index: JoinIndex }[], edge: JoinEdge): JoinVerdict {
  const [from, to] = [new Set(edge.from), new Set(edge.to)];
  let best: { from: JoinSide; to: JoinSide } | null = null;
  let [capped, hidden, fromSeen, toSeen] = [false, false, false, false];
  for (const space of SPACES[edge.by]) {
    const keys = new Map<number, Seen[]>();
    for (const { dataset, index } of indexes) {
      if (index.spaces[space].capped) capped = true;
      for (const { hash, seen } of index.spaces[space].keys) {
        const own = keys.get(hash) ?? [];
        for (const occurrence of seen) own.push({ dataset, kind: index.kinds[occurrence.kind] ?? "", occurrence });
        keys.set(hash, own);
      }
    }
    for (const seen of keys.values()) {
      const left = seen.filter(({ kind, occurrence }) => from.has(kind) && occurrence.role === "self");
      const right = seen.filter(({ kind, occurrence }) => to.has(kind) && occurrence.role === (edge.by === "parent" ? "child" : "self"));
      fromSeen ||= left.length > 0;
      toSeen ||= right.length > 0;
      for (const a of left) {
        for (const b of right) {
          const found = joinMinutes(a, b, edge);
          if (found === "hidden") hidden = true;
          else if (found !== null && (best === null || isEarlier(found, best))) best = found;
        }
      }
    }
  }
  if (best !== null) return { state: "joined", witness: best };
  if (hidden) return { state: "not-computed", because: "more records share a key than are followed, and a pair may be among them" };
  if (capped) return { state: "not-computed", because: `the files hold more keys than the ${formatCount(MOST_JOIN_KEYS)} that are followed, and none of those joins` };
  if (!fromSeen || !toSeen) return { state: "not-joined", because: `no record of the ${!fromSeen ? "first" : "second"} kind carries a key (${edge.by})` };
  return { state: "not-joined", because: `records of both kinds carry keys (${edge.by}); none are equal ${edge.ordered ? "in order and " : ""}within the window` };
}

/** A witness; "hidden" when only records that were not kept could be one; null when none can. */
function joinMinutes(a: Seen, b: Seen, edge: JoinEdge): { from: JoinSide; to: JoinSide } | "hidden" | null {
  let found: { from: JoinSide; to: JoinSide } | null = null;
  let hidden = a.occurrence.more || b.occurrence.more;
  for (const left of a.occurrence.minutes) {
    for (const right of b.occurrence.minutes) {
      for (const from of endsOf(a.dataset, left)) {
        for (const to of endsOf(b.dataset, right)) {
          if ((from.dataset === to.dataset && from.record === to.record) || !fits(to.ms - from.ms, edge)) continue;
          if (found === null || isEarlier({ from, to }, found)) found = { from, to };
        }
      }
      // Between the first and the last of a minute there may be others that fit.
      if ((left.count > 2 || right.count > 2) && mayFit(left, right, edge)) hidden = true;
    }
  }
  return found ?? (hidden ? "hidden" : null);
}

function endsOf(dataset: string, { first, firstRecord, last, lastRecord, count }: JoinMinute): JoinSide[] {
  const side = { dataset, record: firstRecord, ms: first };
  return count === 1 ? [side] : [side, { dataset, record: lastRecord, ms: last }];
}

function fits(apart: number, { ordered, windowMs }: JoinEdge): boolean {
  return ordered ? apart >= 0 && apart <= windowMs : Math.abs(apart) <= windowMs;
}

function mayFit(left: JoinMinute, right: JoinMinute, { ordered, windowMs }: JoinEdge): boolean {
  const [least, most] = [right.first - left.last, right.last - left.first];
  return most >= (ordered ? 0 : -windowMs) && least <= windowMs;
}

/** The earlier pair, by its first record, then its second, then where they stand: the same witness whatever the order of files. */
function isEarlier(a: { from: JoinSide; to: JoinSide }, b: { from: JoinSide; to: JoinSide }): boolean {
  const order = a.from.ms - b.from.ms || a.to.ms - b.to.ms || compareText(a.from.dataset, b.from.dataset) || a.from.record - b.from.record || compareText(a.to.dataset, b.to.dataset) || a.to.record - b.to.record;
  return order < 0;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
