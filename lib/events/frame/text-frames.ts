import { decodeUtf8, EXAMPLE_BYTES, exampleOf } from "./decode-text";
import { tooLong } from "./line-frames";
import { findElementEnd, readMarkup } from "./xml-marks";

/** A line or a whole <Event> element among JSON values, markup that only wraps records, or why something cannot be read. */
export type TextFrame =
  | { readonly offset: number; readonly length: number; readonly text: string }
  | { readonly offset: number; readonly length: number; readonly skipped: string }
  | { readonly offset: number; readonly length: number; readonly reason: "too-long" | "not-utf8" | "truncated" | "xml-doctype"; readonly message: string; readonly example: string };

export interface Taken {
  readonly next: number; // index of the first byte that was not consumed
  readonly frame: TextFrame | null;
}

/**
 * Takes what is no JSON: lines (LF, CRLF or CR), and <Event> elements over as many lines as they need. The caller keeps the
 * bytes; a record past the limit is not kept but counted to its end, so memory stays below maxRecordBytes and a chunk.
 */
export class TextFrames {
  private searched = 0; // offset up to which no end was found
  private tooLongFrom: { readonly offset: number; readonly example: string; readonly element: boolean } | null = null;

  constructor(private readonly maxRecordBytes: number) {}

  /** Whether a record past the limit is being skipped: its bytes come here, whatever they look like. */
  get busy(): boolean {
    return this.tooLongFrom !== null;
  }

  /**
   * @param at index of the first byte, which is no white space
   * @param base offset of buffer[0] in the content
   * @param last no more bytes follow
   * @returns null when more bytes are needed to decide
   */
  take(buffer: Buffer, at: number, base: number, last: boolean): Taken | null {
    const skipping = this.tooLongFrom;
    if (skipping !== null) return skipping.element ? this.takeElement(buffer, at, base, last) : this.takeLine(buffer, at, base, last);
    const markup = buffer[at] === 0x3c ? readMarkup(buffer, at, last) : "none";
    if (markup === "more") return null;
    if (markup === "event") return this.takeElement(buffer, at, base, last);
    if (markup === "none") return this.takeLine(buffer, at, base, last);
    const place = { offset: base + at, length: markup.end - at };
    if (!markup.forbidden) return { next: markup.end, frame: { ...place, skipped: markup.what } };
    const message = `The markup at byte ${place.offset} declares a document type or an entity; neither is read.`;
    return { next: markup.end, frame: { ...place, reason: "xml-doctype", message, example: exampleOf(buffer, at, markup.end) } };
  }

  private takeLine(buffer: Buffer, at: number, base: number, last: boolean): Taken | null {
    const from = Math.max(at, this.searched - base);
    const stop = lineEnd(buffer, from);
    if (stop !== -1) return this.finish(buffer, at, base, stop);
    if (last) return this.finish(buffer, at, base, buffer.length);
    this.searched = base + buffer.length;
    return this.skipRest(buffer, at, base, buffer.length, false);
  }

  private takeElement(buffer: Buffer, at: number, base: number, last: boolean): Taken | null {
    const found = findElementEnd(buffer, at, Math.max(at, this.searched - base), last, this.tooLongFrom === null);
    if (found.state === "more") {
      this.searched = base + found.searched;
      return this.skipRest(buffer, at, base, found.searched, true);
    }
    if (found.state === "closed") return this.finish(buffer, at, base, found.stop);
    const offset = this.tooLongFrom?.offset ?? base + at;
    const length = base + found.stop - offset;
    if (length > this.maxRecordBytes) return this.finish(buffer, at, base, found.stop);
    this.searched = 0;
    return { next: found.stop, frame: { offset, length, reason: "truncated", message: `The event at byte ${offset} is never closed.`, example: exampleOf(buffer, at, found.stop) } };
  }

  /** Past the limit only the beginning is remembered. */
  private skipRest(buffer: Buffer, at: number, base: number, upTo: number, element: boolean): Taken | null {
    if (this.tooLongFrom === null) {
      if (buffer.length - at <= this.maxRecordBytes + EXAMPLE_BYTES) return null;
      this.tooLongFrom = { offset: base + at, example: exampleOf(buffer, at, Math.min(buffer.length, at + EXAMPLE_BYTES)), element };
    }
    return upTo > at ? { next: upTo, frame: null } : null;
  }

  private finish(buffer: Buffer, at: number, base: number, stop: number): Taken {
    const skipping = this.tooLongFrom;
    const offset = skipping?.offset ?? base + at;
    const length = base + stop - offset;
    this.tooLongFrom = null;
    this.searched = 0;
    if (length > this.maxRecordBytes) return { next: stop, frame: { offset, length, reason: "too-long", message: tooLong(offset, length, this.maxRecordBytes), example: skipping?.example ?? exampleOf(buffer, at, stop) } };
    const text = decodeUtf8(buffer, at, stop);
    if (text === null) return { next: stop, frame: { offset, length, reason: "not-utf8", message: `The line at byte ${offset} is not UTF-8 text.`, example: exampleOf(buffer, at, stop) } };
    return { next: stop, frame: { offset, length, text } };
  }
}

function lineEnd(buffer: Buffer, from: number): number {
  const lf = buffer.indexOf(10, from);
  const cr = buffer.subarray(from, lf === -1 ? buffer.length : lf).indexOf(13);
  return cr === -1 ? lf : from + cr;
}
