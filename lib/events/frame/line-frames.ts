import { decodeUtf8, EXAMPLE_BYTES, exampleOf } from "./decode-text";

/** One line of a text file without its terminator, or why it could not be read. Empty lines are not reported. */
export type LineFrame =
  | { readonly offset: number; readonly length: number; readonly text: string }
  | { readonly offset: number; readonly length: number; readonly reason: "too-long" | "not-utf8"; readonly message: string; readonly example: string };

/**
 * Bytes to lines: LF, CRLF and CR alone end a line, a byte order mark before the first is dropped. Memory stays below
 * maxRecordBytes plus one chunk; a longer line is skipped and reported with its length.
 */
export class LineFrames {
  private rest: Buffer = Buffer.alloc(0);
  private base = 0; // offset of rest[0]
  private dropped: { offset: number; example: Buffer } | null = null;
  private started = false;

  constructor(private readonly maxRecordBytes: number) {}

  push(chunk: Uint8Array): LineFrame[] {
    const buffer = this.rest.length === 0 ? toBuffer(chunk) : Buffer.concat([this.rest, chunk]);
    return this.split(buffer, false);
  }

  end(): LineFrame[] {
    const frames = this.split(this.rest, true);
    this.rest = Buffer.alloc(0);
    return frames;
  }

  private split(buffer: Buffer, last: boolean): LineFrame[] {
    const frames: LineFrame[] = [];
    let from = 0;
    if (!this.started) {
      if (buffer.length < 3 && !last) {
        this.rest = Buffer.from(buffer);
        return frames;
      }
      this.started = true;
      if (buffer[0] === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf) from = 3;
    }
    for (;;) {
      const stop = lineEnd(buffer, from);
      if (stop === -1) break;
      this.take(buffer, from, stop, frames);
      from = stop + 1;
    }
    if (last) {
      this.take(buffer, from, buffer.length, frames);
      return frames;
    }
    if (this.dropped === null && buffer.length - from > this.maxRecordBytes) {
      this.dropped = { offset: this.base + from, example: Buffer.from(buffer.subarray(from, from + EXAMPLE_BYTES)) };
    }
    const keepFrom = this.dropped === null ? from : buffer.length;
    this.base += keepFrom;
    this.rest = keepFrom === buffer.length ? Buffer.alloc(0) : Buffer.from(buffer.subarray(keepFrom));
    return frames;
  }

  private take(buffer: Buffer, from: number, stop: number, frames: LineFrame[]): void {
    const dropped = this.dropped;
    const offset = dropped?.offset ?? this.base + from;
    const length = this.base + stop - offset;
    if (length === 0) return;
    this.dropped = null;
    if (dropped !== null || length > this.maxRecordBytes) {
      const example = dropped ? exampleOf(dropped.example, 0, dropped.example.length) : exampleOf(buffer, from, stop);
      frames.push({ offset, length, reason: "too-long", message: tooLong(offset, length, this.maxRecordBytes), example });
      return;
    }
    const text = decodeUtf8(buffer, from, stop);
    if (text === null) {
      frames.push({ offset, length, reason: "not-utf8", message: `The line at byte ${offset} is not UTF-8 text.`, example: exampleOf(buffer, from, stop) });
    } else if (text.trim() !== "") {
      frames.push({ offset, length, text });
    }
  }
}

export function tooLong(offset: number, length: number, limit: number): string {
  return `The record at byte ${offset} has ${length} bytes; at most ${limit} are read.`;
}

export function toBuffer(chunk: Uint8Array): Buffer {
  return Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
}

function lineEnd(buffer: Buffer, from: number): number {
  const lf = buffer.indexOf(10, from);
  const cr = buffer.subarray(from, lf === -1 ? buffer.length : lf).indexOf(13);
  return cr === -1 ? lf : from + cr;
}
