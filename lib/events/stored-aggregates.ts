import { z } from "zod";
import type { WindowedRow } from "./cut-window";
import type { AggregateRow } from "./types";

const series = { dataset: z.string(), kindId: z.number(), host: z.string(), shapeId: z.number() };
const ms = z.bigint().nullable();

/** Aggregates that lie whole on one side of a window's edges, added up per dataset, kind, host and shape, as the database gives them back. */
export const wholeRowsSchema = z.array(z.object({ ...series, fresh: z.bigint(), freshFirst: ms, freshLast: ms, stale: z.bigint(), staleLast: ms, future: z.bigint(), untimed: z.bigint() }));

/** Aggregates of the hours that an edge divides, row by row. */
export const dividedRowsSchema = z.array(z.object({ ...series, hour: z.number(), count: z.number(), first: z.bigint(), last: z.bigint() }));

type Series = Pick<z.infer<typeof dividedRowsSchema>[number], "kindId" | "host" | "shapeId">;
type NameSeries = (row: Series) => Pick<WindowedRow, "kind" | "host" | "shape">;

/** Spells out the numbers that kinds and shapes are stored by. */
export function nameSeries(kinds: ReadonlyMap<number, string>, shapes: ReadonlyMap<number, readonly string[]>): NameSeries {
  return ({ kindId, host, shapeId }) => ({ kind: kinds.get(kindId) ?? "", host, shape: shapes.get(shapeId) ?? [] });
}

/** Whole rows by dataset. */
export function groupWhole(rows: z.infer<typeof wholeRowsSchema>, names: NameSeries): ReadonlyMap<string, readonly WindowedRow[]> {
  return groupRows(rows, (row) => ({ ...names(row), fresh: Number(row.fresh), freshFirst: toNumber(row.freshFirst), freshLast: toNumber(row.freshLast), stale: Number(row.stale), staleLast: toNumber(row.staleLast), future: Number(row.future), untimed: Number(row.untimed) }));
}

/** Divided rows by dataset. */
export function groupDivided(rows: z.infer<typeof dividedRowsSchema>, names: NameSeries): ReadonlyMap<string, readonly AggregateRow[]> {
  return groupRows(rows, (row) => ({ ...names(row), hour: row.hour, count: row.count, first: Number(row.first), last: Number(row.last) }));
}

function groupRows<T extends { readonly dataset: string }, R>(rows: readonly T[], read: (row: T) => R): ReadonlyMap<string, readonly R[]> {
  const found = new Map<string, R[]>();
  for (const row of rows) {
    const list = found.get(row.dataset);
    if (list === undefined) found.set(row.dataset, [read(row)]);
    else list.push(read(row));
  }
  return found;
}

function toNumber(value: bigint | null): number | null {
  return value === null ? null : Number(value);
}
