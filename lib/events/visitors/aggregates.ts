import type { SeriesInterner } from "../intern-series";
import { UNTIMED_HOUR, type AggregateRow, type Visitor } from "../types";
import { HourCells } from "./hour-cells";

export const HOUR_MS = 3_600_000;

/**
 * Counts, first and last per (kind, host, shape, UTC hour): all that a status needs of events. The rows are made as they are
 * taken, so that no second copy of them stands.
 */
export function aggregatesVisitor(interner: SeriesInterner): Visitor<HourCells, Iterable<AggregateRow>> {
  return {
    id: "aggregates",
    version: 1,
    start: () => new HourCells(),
    record: (cells, record, host) => {
      const ms = record.time?.ms ?? null;
      cells.add(interner.of(record, host).id, ms === null ? UNTIMED_HOUR : Math.floor(ms / HOUR_MS), ms);
      return cells;
    },
    finish: function* (cells) {
      for (const { id, kind, host, shape } of interner.series) {
        for (const { hour, count, first, last } of cells.of(id)) yield { kind, host, shape, hour, count, first, last };
      }
    },
  };
}
