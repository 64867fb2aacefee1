import type { ScoringInput } from "./scoring-input";

/** The sample aggregates of a ScoringInput as columns: a kind is read by row numbers, without touching the objects again. NaN: no such time. */
export interface Columns {
  readonly host: Int32Array; // position in its segment's hosts
  readonly shape: Int32Array;
  readonly fresh: Float64Array;
  readonly freshLast: Float64Array;
  readonly stale: Float64Array;
  readonly staleLast: Float64Array;
  readonly future: Float64Array;
  readonly untimed: Float64Array;
}

/** The rows of one segment. Hosts are numbered as they are met; whoever knows more hosts adds them to hostIds. */
export interface SegmentRows {
  readonly hostIds: Map<string, number>;
  readonly byKind: Map<string, number[]>;
  readonly seen: boolean[]; // hosts with a fresh record
}

/** One pass over the aggregates. Sorted input is read fastest; any order gives the same rows. */
export function readAggregates({ aggregates }: ScoringInput): { readonly columns: Columns; readonly bySegment: ReadonlyMap<string, SegmentRows> } {
  const column = (): Float64Array => new Float64Array(aggregates.length);
  const columns = { host: new Int32Array(aggregates.length), shape: new Int32Array(aggregates.length), fresh: column(), freshLast: column(), stale: column(), staleLast: column(), future: column(), untimed: column() };
  const bySegment = new Map<string, SegmentRows>();
  let segment: string | null = null;
  let kind: string | null = null;
  let rows: SegmentRows = openRows();
  let list: number[] = [];
  for (let row = 0; row < aggregates.length; row += 1) {
    const source = aggregates[row];
    if (source === undefined) continue;
    if (source.segment !== segment) {
      segment = source.segment;
      kind = null;
      rows = findOr(bySegment, segment, openRows);
    }
    if (source.kind !== kind) {
      kind = source.kind;
      list = findOr(rows.byKind, kind, () => []);
    }
    list.push(row);
    const host = numberOf(rows.hostIds, source.host);
    columns.host[row] = host;
    columns.shape[row] = source.shape;
    columns.fresh[row] = source.fresh;
    columns.freshLast[row] = source.freshLast ?? NaN;
    columns.stale[row] = source.stale;
    columns.staleLast[row] = source.staleLast ?? NaN;
    columns.future[row] = source.future;
    columns.untimed[row] = source.untimed;
    if (source.fresh > 0 && source.host !== "") rows.seen[host] = true;
  }
  return { columns, bySegment };
}

export function openRows(): SegmentRows {
  return { hostIds: new Map(), byKind: new Map(), seen: [] };
}

/** The number of a host; a new one gets the next. */
export function numberOf(ids: Map<string, number>, host: string): number {
  const known = ids.get(host);
  if (known !== undefined) return known;
  ids.set(host, ids.size);
  return ids.size - 1;
}

function findOr<T>(map: Map<string, T>, key: string, make: () => T): T {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
