/** What was counted of one series in one UTC hour. */
export interface HourCell {
  readonly hour: number; // hours since 1970; UNTIMED_HOUR where a record has no time
  readonly count: number;
  readonly first: number | null; // Unix ms
  readonly last: number | null;
}

const NONE = -1;
const ROOM_AT_FIRST = 1024;

/**
 * Counts, first and last per (series, hour), in columns: a file of a year holds hundreds of thousands of such cells, and as
 * objects they were most of what an import kept in memory. About 50 bytes per cell, outside the collector's heap.
 */
export class HourCells {
  private size = 0;
  private hour = new Int32Array(ROOM_AT_FIRST);
  private series = new Int32Array(ROOM_AT_FIRST);
  private next = new Int32Array(ROOM_AT_FIRST); // of the same series, in order of appearance
  private count = new Float64Array(ROOM_AT_FIRST);
  private first = new Float64Array(ROOM_AT_FIRST); // NaN: no time
  private last = new Float64Array(ROOM_AT_FIRST);
  private slots = new Int32Array(2 * ROOM_AT_FIRST).fill(NONE); // open addressing over (series, hour); a power of two, at most half full
  private head = new Int32Array(ROOM_AT_FIRST).fill(NONE); // by series
  private tail = new Int32Array(ROOM_AT_FIRST).fill(NONE);
  private latest = new Int32Array(ROOM_AT_FIRST).fill(NONE); // the cell that the series met last: mostly the next one's too

  /** One record of a series at a time, or without one. */
  add(series: number, hour: number, ms: number | null): void {
    const latest = this.latest[series] ?? NONE;
    const cell = latest !== NONE && this.hour[latest] === hour ? latest : this.cellOf(series, hour);
    this.count[cell] = (this.count[cell] ?? 0) + 1;
    if (ms === null) return;
    const [first = NaN, last = NaN] = [this.first[cell], this.last[cell]];
    if (!(first <= ms)) this.first[cell] = ms; // NaN too
    if (!(last >= ms)) this.last[cell] = ms;
  }

  /** The cells of a series, in the order in which their hours appeared. */
  *of(series: number): Generator<HourCell, void> {
    for (let cell = this.head[series] ?? NONE; cell !== NONE; cell = this.next[cell] ?? NONE) {
      yield { hour: this.hour[cell] ?? 0, count: this.count[cell] ?? 0, first: timeOf(this.first[cell]), last: timeOf(this.last[cell]) };
    }
  }

  private cellOf(series: number, hour: number): number {
    if (series >= this.head.length) this.growSeries(series);
    const slot = this.slotOf(series, hour);
    const known = this.slots[slot] ?? NONE;
    if (known !== NONE) return (this.latest[series] = known);
    const cell = this.append(series, hour);
    if (2 * this.size > this.slots.length) this.rehash();
    else this.slots[slot] = cell;
    return cell;
  }

  private append(series: number, hour: number): number {
    if (this.size === this.hour.length) this.growCells();
    const cell = this.size++;
    this.series[cell] = series;
    this.hour[cell] = hour;
    this.next[cell] = NONE;
    this.first[cell] = NaN;
    this.last[cell] = NaN;
    const before = this.tail[series] ?? NONE;
    if (before === NONE) this.head[series] = cell;
    else this.next[before] = cell;
    this.tail[series] = cell;
    this.latest[series] = cell;
    return cell;
  }

  /** Where the cell is, or the free slot where it belongs. */
  private slotOf(series: number, hour: number): number {
    const mask = this.slots.length - 1;
    let slot = mix(series, hour) & mask;
    for (;;) {
      const cell = this.slots[slot] ?? NONE;
      if (cell === NONE || (this.series[cell] === series && this.hour[cell] === hour)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  private rehash(): void {
    this.slots = new Int32Array(2 * this.slots.length).fill(NONE);
    for (let cell = 0; cell < this.size; cell += 1) this.slots[this.slotOf(this.series[cell] ?? 0, this.hour[cell] ?? 0)] = cell;
  }

  private growCells(): void {
    const room = 2 * this.hour.length;
    this.hour = copied(this.hour, new Int32Array(room));
    this.series = copied(this.series, new Int32Array(room));
    this.next = copied(this.next, new Int32Array(room));
    this.count = copied(this.count, new Float64Array(room));
    this.first = copied(this.first, new Float64Array(room));
    this.last = copied(this.last, new Float64Array(room));
  }

  private growSeries(series: number): void {
    const room = Math.max(2 * this.head.length, series + 1);
    this.head = copied(this.head, new Int32Array(room).fill(NONE));
    this.tail = copied(this.tail, new Int32Array(room).fill(NONE));
    this.latest = copied(this.latest, new Int32Array(room).fill(NONE));
  }
}

function copied<T extends Int32Array | Float64Array>(from: T, to: T): T {
  to.set(from);
  return to;
}

function mix(series: number, hour: number): number {
  const mixed = Math.imul(series, 0x9e3779b1) ^ Math.imul(hour, 0x85ebca6b);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}

function timeOf(ms: number | undefined): number | null {
  return ms === undefined || Number.isNaN(ms) ? null : ms;
}
