import { encodeIndexPart, type IndexPart } from "../index-codec";
import type { SeriesInterner } from "../intern-series";
import { UNTIMED_HOUR, type Visitor } from "../types";
import { HOUR_MS } from "./aggregates";

const BUFFERED = 131_072; // records held before they are written out: memory does not grow with the file
const PART = 32_768; // records in a part, about

type Row = readonly [ms: number | null, series: number, number: number];

/**
 * The record index in compressed parts of neighbouring hours. Parts are handed out while the file is read; several may
 * cover the same hour when the file is not in order.
 */
export function recordIndexVisitor(interner: SeriesInterner, emit: (part: IndexPart) => void): Visitor<Row[], number> {
  let total = 0;
  const flush = (rows: Row[]) => {
    // Sorting is stable: within an hour the order of the file stays.
    const sorted = inOrder(rows) ? rows : [...rows].sort((a, b) => hourOf(a) - hourOf(b));
    let from = 0;
    while (from < sorted.length) {
      const part = sorted.slice(from, from + PART);
      const [first, last] = [part[0], part.at(-1)];
      if (first === undefined || last === undefined) break;
      emit({ firstHour: hourOf(first), lastHour: hourOf(last), bytes: encodeIndexPart(part, interner.series) });
      from += PART;
    }
    total += rows.length;
  };
  return {
    id: "record-index",
    version: 1,
    start: () => [],
    record: (rows, record, host) => {
      rows.push([record.time?.ms ?? null, interner.of(record, host).id, record.number]);
      if (rows.length < BUFFERED) return rows;
      flush(rows);
      return [];
    },
    finish: (rows) => {
      flush(rows);
      return total;
    },
  };
}

function hourOf(row: Row): number {
  return row[0] === null ? UNTIMED_HOUR : Math.floor(row[0] / HOUR_MS);
}

function inOrder(rows: readonly Row[]): boolean {
  let last = -Infinity;
  for (const row of rows) {
    const hour = hourOf(row);
    if (hour < last) return false;
    last = hour;
  }
  return true;
}
