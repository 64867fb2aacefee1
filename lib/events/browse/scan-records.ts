import type { Item, ParsedRecord, RefusedRecord } from "../types";

/** A record as the browser met it in the file. Offsets are those of the unpacked content. */
export type ScannedRow = { readonly record: ParsedRecord; readonly host: string } | { readonly refused: RefusedRecord };

/** Where a reader may begin again: the first byte of a record, and its number. */
export interface ResumePoint {
  readonly number: number;
  readonly offset: number;
}

export interface ScanRequest {
  readonly wanted: readonly number[] | null; // record numbers, rising; null: every one from `first`
  readonly first: number; // look at no record before this number
  readonly limit: number; // stop after so many rows
  readonly last: number; // how many records the file holds: what a reader started in the middle makes of the end of a wrapper is none
  readonly base: ResumePoint; // where the reader was started: number 1, offset 0 for the beginning
  readonly hostOf: (record: ParsedRecord) => string;
  readonly accepts: (row: ScannedRow) => boolean; // what only the record itself can decide
  readonly every: number; // POINT_EVERY
}

/** Records between two points at which a later scan may begin. */
export const POINT_EVERY = 1000;

/**
 * Collects records of a window from what a reader gives, and notes points at which a later scan may begin: the file's first wrapper or header
 * ends them. It holds no more
 * than `limit` rows whatever the file.
 */
export class RecordScan {
  readonly rows: ScannedRow[] = [];
  readonly points: ResumePoint[] = [];
  looked = 0; // wanted records that were looked at
  reached = 0; // number of the last record met
  #next: number; // position in wanted
  #lastOffset = -1;
  #loose = true; // no wrapper or header met: records stand by themselves

  constructor(readonly request: ScanRequest) {
    const { wanted, first } = request;
    this.#next = wanted === null ? 0 : firstAtLeast(wanted, first);
  }

  /** Everything asked for was met. */
  get done(): boolean {
    return this.rows.length >= this.request.limit || (this.request.wanted !== null && this.#next >= this.request.wanted.length);
  }

  take(items: readonly Item[]): void {
    const { base } = this.request;
    for (const item of items) {
      if ("skipped" in item) {
        // Begun inside a wrapper, a reader would take its end for a record; begun after a header, it would miss that.
        if (item.skipped.reason !== "no-record") this.#loose = false;
        continue;
      }
      if (this.done) return;
      const met = "record" in item ? item.record : item.refused;
      const number = met.number + base.number - 1;
      const offset = met.offset + base.offset;
      // One unit may hold several records: a reader can only begin at the first of them.
      if (this.#loose && offset !== this.#lastOffset && number > 1 && (number - 1) % this.request.every === 0) this.points.push({ number, offset });
      this.#lastOffset = offset;
      this.reached = number;
      if (number > this.request.last || !this.#isWanted(number)) continue;
      this.looked += 1;
      const row: ScannedRow = "record" in item ? { record: { ...item.record, number, offset }, host: this.request.hostOf(item.record) } : { refused: { ...item.refused, number, offset } };
      if (this.request.accepts(row)) this.rows.push(row);
    }
  }

  #isWanted(number: number): boolean {
    const { wanted, first } = this.request;
    if (wanted === null) return number >= first;
    if (wanted[this.#next] !== number) return false;
    this.#next += 1;
    return true;
  }
}

/** Position of the first number that is at least `least`, in a rising list. */
export function firstAtLeast(numbers: readonly number[], least: number): number {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? Infinity) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Whether a text stands in a canonical field, in any of them where none is named; of a refused record in what is left of it. */
export function holdsText(row: ScannedRow, text: string, field: string | null): boolean {
  const wanted = text.toLowerCase();
  if ("refused" in row) return field === null && (row.refused.example.toLowerCase().includes(wanted) || row.refused.message.toLowerCase().includes(wanted));
  const { fields } = row.record;
  if (field !== null) return String(fields[field] ?? "").toLowerCase().includes(wanted);
  return Object.values(fields).some((value) => String(value).toLowerCase().includes(wanted));
}
