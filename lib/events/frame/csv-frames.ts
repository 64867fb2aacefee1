import { decodeUtf8, EXAMPLE_BYTES, exampleOf } from "./decode-text";
import { toBuffer, tooLong } from "./line-frames";

/** One row of a table: its cells, or why it could not be read. Blank lines are not reported. */
export type CsvFrame =
  | { readonly offset: number; readonly length: number; readonly cells: readonly string[] }
  | { readonly offset: number; readonly length: number; readonly reason: "too-long" | "not-utf8"; readonly message: string; readonly example: string };

/**
 * Bytes to rows as RFC 4180 has them: cells in quotes may hold separators, quotes (doubled) and line ends. A quote that is
 * never closed costs one row: past the limit, quotes no longer count and the row ends with its line.
 */
export class CsvFrames {
  private buffer: Buffer = Buffer.alloc(0);
  private base = 0; // offset of buffer[0]
  private at = 0; // next byte to look at
  private start = -1; // offset of the row being read
  private quoted = false;
  private example: string | null = null; // of a row past the limit, which is not kept
  private begun = false;

  constructor(
    private readonly maxRecordBytes: number,
    /** Cells are parted by this byte; known once the header is read. */
    private readonly separatorOf: (firstLine: string) => string,
  ) {}

  private separator: string | null = null;

  push(chunk: Uint8Array): CsvFrame[] {
    this.buffer = this.buffer.length === 0 ? toBuffer(chunk) : Buffer.concat([this.buffer, chunk]);
    const frames = this.run(false);
    const kept = this.start !== -1 && this.example === null ? this.start - this.base : this.at;
    this.base += kept;
    this.at -= kept;
    this.buffer = Buffer.from(this.buffer.subarray(kept));
    return frames;
  }

  end(): CsvFrame[] {
    const frames = this.run(true);
    if (this.start !== -1) this.close(frames, this.buffer.length);
    return frames;
  }

  private run(last: boolean): CsvFrame[] {
    const frames: CsvFrame[] = [];
    if (!this.begun) {
      if (this.buffer.length < 3 && !last) return frames;
      this.begun = true;
      if (this.buffer[0] === 0xef && this.buffer[1] === 0xbb && this.buffer[2] === 0xbf) this.at = 3;
    }
    for (; this.at < this.buffer.length; this.at += 1) {
      const byte = this.buffer[this.at];
      const ends = byte === 10 || byte === 13;
      if (this.start === -1) {
        if (ends) continue;
        this.start = this.base + this.at;
      }
      if (this.base + this.at - this.start > this.maxRecordBytes && this.example === null) {
        const from = this.start - this.base;
        this.example = exampleOf(this.buffer, from, Math.min(this.buffer.length, from + EXAMPLE_BYTES));
        this.quoted = false;
      }
      if (ends && !this.quoted) this.close(frames, this.at);
      else if (byte === 0x22 && this.example === null) this.quoted = !this.quoted;
    }
    return frames;
  }

  private close(frames: CsvFrame[], stop: number): void {
    const offset = this.start;
    const length = this.base + stop - offset;
    const from = offset - this.base;
    const { example } = this;
    this.start = -1;
    this.quoted = false;
    this.example = null;
    if (example !== null || length > this.maxRecordBytes) {
      frames.push({ offset, length, reason: "too-long", message: tooLong(offset, length, this.maxRecordBytes), example: example ?? exampleOf(this.buffer, from, stop) });
      return;
    }
    const text = decodeUtf8(this.buffer, from, stop);
    if (text === null) {
      frames.push({ offset, length, reason: "not-utf8", message: `The row at byte ${offset} is not UTF-8 text.`, example: exampleOf(this.buffer, from, stop) });
    } else if (text.trim() !== "") {
      this.separator ??= this.separatorOf(text);
      frames.push({ offset, length, cells: splitRow(text, this.separator) });
    }
  }
}

/** The cells of one row. */
export function splitRow(text: string, separator: string): string[] {
  if (!text.includes('"')) return text.split(separator);
  const cells: string[] = [];
  let at = 0;
  while (at <= text.length) {
    if (text[at] === '"') {
      let cell = "";
      let from = at + 1;
      for (;;) {
        const quote = text.indexOf('"', from);
        if (quote === -1) {
          cell += text.slice(from);
          at = text.length;
          break;
        }
        cell += text.slice(from, quote);
        if (text[quote + 1] !== '"') {
          at = quote + 1;
          break;
        }
        cell += '"';
        from = quote + 2;
      }
      const next = text.indexOf(separator, at);
      cells.push(cell + text.slice(at, next === -1 ? text.length : next));
      if (next === -1) return cells;
      at = next + 1;
    } else {
      const next = text.indexOf(separator, at);
      cells.push(text.slice(at, next === -1 ? text.length : next));
      if (next === -1) return cells;
      at = next + 1;
    }
  }
  return cells;
}

/** What parts the cells of a header: the most frequent of the usual ones. */
export function guessSeparator(header: string): string {
  const counts = [",", ";", "\t", "|"].map((separator) => ({ separator, count: splitRow(header, separator).length }));
  return counts.reduce((best, one) => (one.count > best.count ? one : best)).separator;
}
