import { decodeIndexPart, type IndexPart } from "./index-codec";
import { UNTIMED_HOUR, type AggregateRow } from "./types";

/** Fresh is [from, to]; before is stale, after is future (an assessment's "at" plus five minutes). Times in ms. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

/** Sample events of one kind, host and shape, cut at the window's edges: a row of ScoringInput without segment and dataset. */
export interface WindowedRow {
  readonly kind: string;
  readonly host: string;
  readonly shape: readonly string[];
  readonly fresh: number;
  readonly freshFirst: number | null;
  readonly freshLast: number | null;
  readonly stale: number;
  readonly staleLast: number | null;
  readonly future: number;
  readonly untimed: number;
}

/** Whether a row lies on both sides of an edge, so that only the record index can divide it. */
export function straddles(row: Pick<AggregateRow, "first" | "last">, window: Window): boolean {
  if (row.first === null || row.last === null) return false;
  return (row.first < window.from && row.last >= window.from) || (row.first <= window.to && row.last > window.to);
}

/**
 * Cuts the aggregates of one dataset at a window. Rows that lie whole on one side are counted whole; the hours that an
 * edge divides are counted from the record index.
 *
 * @param parts every index part that may hold such an hour; others do no harm
 * @returns rows ordered by kind, host, shape
 */
export function cutWindow(rows: readonly AggregateRow[], parts: readonly IndexPart[], window: Window): WindowedRow[] {
  const found = new Map<string, Tally>();
  const divided = new Map<string, Set<number>>(); // series -> hours to take from the index
  const hours = new Set<number>();
  for (const row of rows) {
    const id = seriesId(row);
    const tally = tallyOf(found, id, row);
    if (row.hour === UNTIMED_HOUR || row.first === null || row.last === null) tally.untimed += row.count;
    else if (straddles(row, window)) {
      hours.add(row.hour);
      const mine = divided.get(id) ?? new Set<number>();
      divided.set(id, mine.add(row.hour));
    } else addTimed(tally, row.count, row.first, row.last, window);
  }
  for (const part of parts) {
    if (![...hours].some((hour) => part.firstHour <= hour && hour <= part.lastHour)) continue;
    for (const entry of decodeIndexPart(part.bytes)) {
      if (entry.ms === null) continue;
      const hour = Math.floor(entry.ms / 3_600_000);
      if (!hours.has(hour)) continue;
      const id = seriesId(entry);
      if (divided.get(id)?.has(hour)) addTimed(tallyOf(found, id, entry), 1, entry.ms, entry.ms, window);
    }
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, tally]) => tally);
}

type Tally = { -readonly [K in keyof WindowedRow]: WindowedRow[K] };
type Names = Pick<WindowedRow, "kind" | "host" | "shape">;

function seriesId({ kind, host, shape }: Names): string {
  return `${kind}\u0000${host}\u0000${shape.join(",")}`;
}

function tallyOf(found: Map<string, Tally>, id: string, { kind, host, shape }: Names): Tally {
  let tally = found.get(id);
  if (tally === undefined) {
    tally = { kind, host, shape, fresh: 0, freshFirst: null, freshLast: null, stale: 0, staleLast: null, future: 0, untimed: 0 };
    found.set(id, tally);
  }
  return tally;
}

function addTimed(tally: Tally, count: number, first: number, last: number, window: Window): void {
  if (first > window.to) tally.future += count;
  else if (last < window.from) {
    tally.stale += count;
    if (tally.staleLast === null || last > tally.staleLast) tally.staleLast = last;
  } else {
    tally.fresh += count;
    if (tally.freshFirst === null || first < tally.freshFirst) tally.freshFirst = first;
    if (tally.freshLast === null || last > tally.freshLast) tally.freshLast = last;
  }
}

/** Adds up rows of the same kind, host and shape; ordered as cutWindow orders. */
export function mergeWindowed(rows: readonly WindowedRow[]): WindowedRow[] {
  const found = new Map<string, Tally>();
  for (const row of rows) {
    const tally = tallyOf(found, seriesId(row), row);
    tally.fresh += row.fresh;
    tally.stale += row.stale;
    tally.future += row.future;
    tally.untimed += row.untimed;
    tally.freshFirst = pick(Math.min, tally.freshFirst, row.freshFirst);
    tally.freshLast = pick(Math.max, tally.freshLast, row.freshLast);
    tally.staleLast = pick(Math.max, tally.staleLast, row.staleLast);
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, tally]) => tally);
}

function pick(choose: (a: number, b: number) => number, a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : choose(a, b);
}
