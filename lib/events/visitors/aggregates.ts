import type { SeriesInterner } from "../intern-series";
import { UNTIMED_HOUR, type AggregateRow, type Visitor } from "../types";

export const HOUR_MS = 3_600_000;

interface Cell {
  readonly hour: number;
  count: number;
  first: number | null;
  last: number | null;
}

/**
 * Counts, first and last per (kind, host, shape, UTC hour): all that a status needs of events. The rows are made as they are
 * taken and what was counted is let go behind them, so that they can be taken once and no second copy of them stands.
 */
export function aggregatesVisitor(interner: SeriesInterner): Visitor<{ cells: (Map<number, Cell> | undefined)[]; latest: (Cell | undefined)[] }, Iterable<AggregateRow>> {
  return {
    id: "aggregates",
    version: 1,
    start: () => ({ cells: [], latest: [] }),
    record: (state, record, host) => {
      const { id } = interner.of(record, host);
      const ms = record.time?.ms ?? null;
      const hour = ms === null ? UNTIMED_HOUR : Math.floor(ms / HOUR_MS);
      let cell = state.latest[id];
      if (cell === undefined || cell.hour !== hour) {
        const hours = (state.cells[id] ??= new Map<number, Cell>());
        cell = hours.get(hour);
        if (cell === undefined) {
          cell = { hour, count: 0, first: ms, last: ms };
          hours.set(hour, cell);
        }
        state.latest[id] = cell;
      }
      cell.count += 1;
      if (ms !== null) {
        if (cell.first === null || ms < cell.first) cell.first = ms;
        if (cell.last === null || ms > cell.last) cell.last = ms;
      }
      return state;
    },
    finish: function* ({ cells, latest }) {
      latest.length = 0;
      for (const { id, kind, host, shape } of interner.series) {
        for (const { hour, count, first, last } of cells[id]?.values() ?? []) yield { kind, host, shape, hour, count, first, last };
        cells[id] = undefined;
      }
    },
  };
}
