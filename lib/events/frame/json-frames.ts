import { decodeUtf8, EXAMPLE_BYTES, exampleOf } from "./decode-text";
import { hasWrapperKey, JsonScan } from "./json-scan";
import { toBuffer, tooLong } from "./line-frames";
import { inspectValue, isJsonObject, type JsonObject } from "./plain-value";
import type { TextFrame, TextFrames } from "./text-frames";

export type JsonRefusal = "not-json" | "not-an-object" | "too-long" | "too-deep" | "unsafe-key" | "not-utf8" | "truncated";

/** "skipped" is packaging: bytes that hold no record and are no fault. White space and commas between values are in no frame. */
export type JsonFrame =
  | { readonly offset: number; readonly length: number; readonly value: JsonObject }
  | { readonly offset: number; readonly length: number; readonly skipped: string }
  | { readonly offset: number; readonly length: number; readonly reason: JsonRefusal; readonly message: string; readonly example: string };

/**
 * Bytes to JSON objects with exact offsets, whatever stands around them: one per line, pretty-printed one after the
 * other, lists of any depth, and wrappers such as {"Records":[...]}, whose elements are read one by one.
 *
 * A line that parses whole takes the fast path; everything else goes through JsonScan, which finds where a value ends.
 * Both give the same frames, so how the bytes were cut into chunks never shows. A fault costs the value it stands in:
 * reading resumes behind its closing bracket, or where the next value seems to begin (JsonScan). Memory: maxRecordBytes and a chunk.
 * With TextFrames, what stands between JSON values is handed to them; without, it is refused line by line.
 */
export class JsonFrames {
  private buffer: Buffer = Buffer.alloc(0);
  private base = 0; // offset of buffer[0] in the content
  private at = 0; // next byte of buffer to look at
  private start = -1; // offset of the value being read, -1 between values
  private head: Buffer | null = null; // first bytes of a value that is not kept whole
  private garbage: "no" | "yes" | "in-string" = "no"; // the value is no object
  private scan: JsonScan | null = null;
  private readonly outer: ("list" | "object")[] = []; // the packaging that stands open
  private frames: (JsonFrame | TextFrame)[] = [];
  private column = 0; // white space since the line began, -1 behind anything else
  private readonly lines = new LineCount();
  private startLine = 0; // of the value being read, once it was asked for
  private faultLine = 0;
  private begun = false;

  constructor(
    private readonly maxRecordBytes: number,
    private readonly maxDepth: number,
    private readonly text: TextFrames | null = null,
  ) {}

  push(chunk: Uint8Array): (JsonFrame | TextFrame)[] {
    this.buffer = this.buffer.length === 0 ? toBuffer(chunk) : Buffer.concat([this.buffer, chunk]);
    this.run(false);
    const kept = this.start !== -1 && this.head === null && this.scan?.framing !== true ? this.start - this.base : this.at;
    if (this.start !== -1 && this.start < this.base + kept) this.noteStart();
    this.lines.at(this.buffer, this.base, this.base + kept);
    this.base += kept;
    this.at -= kept;
    this.buffer = kept === this.buffer.length ? Buffer.alloc(0) : Buffer.from(this.buffer.subarray(kept));
    return this.taken();
  }

  end(): (JsonFrame | TextFrame)[] {
    this.run(true);
    const end = this.base + this.buffer.length;
    if (this.garbage !== "no") this.endGarbage();
    else if (this.start !== -1 && this.head !== null) this.refuse("too-long", tooLong(this.start, end - this.start, this.maxRecordBytes));
    else if (this.start !== -1 && this.scan?.framing !== true) this.refuse("truncated", `The file ends inside the record that begins at byte ${this.start}.`);
    else if (this.outer.length > 0) {
      const from = this.start === -1 ? end : this.start; // behind the list, inside the object that wraps it
      this.frames.push({ offset: from, length: end - from, reason: "truncated", message: `The file ends at byte ${end}, before its list of records is closed.`, example: "" });
    }
    return this.taken();
  }

  private taken(): (JsonFrame | TextFrame)[] {
    const { frames } = this;
    this.frames = [];
    return frames;
  }

  private run(last: boolean): void {
    if (!this.begun) {
      if (this.buffer.length < 3 && !last) return;
      this.begun = true;
      if (this.buffer[0] === 0xef && this.buffer[1] === 0xbb && this.buffer[2] === 0xbf) this.at = 3;
    }
    while (this.at < this.buffer.length || (last && this.text?.busy === true)) {
      if (this.garbage !== "no") this.skipGarbage();
      else if (this.scan !== null) this.continueScan(this.scan);
      else if (!this.between(last)) return;
      if (this.garbage !== "no" && this.head === null && this.base + this.at - this.start > EXAMPLE_BYTES) this.keepHead();
    }
  }

  /** False when more bytes are needed to go on. */
  private between(last: boolean): boolean {
    const byte = this.buffer[this.at];
    const outside = this.text !== null && this.outer.length === 0;
    if (outside && this.text?.busy === true) return this.takeText(this.text, last);
    const column = this.column;
    this.column = byte === 10 || byte === 13 ? 0 : (byte === 0x20 || byte === 9) && column >= 0 ? column + 1 : -1;
    if (byte === 0x20 || byte === 10 || byte === 13 || byte === 9 || byte === 0x2c) {
      this.at += 1;
    } else if (byte === 0x7b) {
      if (this.outer.length === 0 && this.takeLine()) return true;
      this.begin();
      this.scan = new JsonScan(false, column, this.outer.at(-1) === "list");
      this.at += 1;
    } else if (outside && this.text !== null && byte === 0x5b) {
      const list = this.beginsList(last);
      if (list === "more") return false;
      if (list === "no") return this.takeText(this.text, last);
      this.outer.push("list");
      this.at += 1;
    } else if (outside && this.text !== null) {
      return this.takeText(this.text, last);
    } else if (byte === 0x5b && this.outer.length < this.maxDepth) {
      this.outer.push("list");
      this.at += 1;
    } else if (byte === 0x5d && this.outer.at(-1) === "list") {
      this.outer.pop();
      this.at += 1;
      this.resumePackaging();
    } else {
      this.begin();
      this.garbage = "yes";
    }
    return true;
  }

  private takeText(text: TextFrames, last: boolean): boolean {
    const taken = text.take(this.buffer, this.at, this.base, last);
    if (taken === null) return false;
    if (taken.frame !== null) this.frames.push(taken.frame);
    this.at = taken.next;
    this.column = -1; // the line's end is still to come
    return true;
  }

  /** Among lines of text a bracket is the beginning of a list only where an object or a list follows: "[2026-..." is a line. */
  private beginsList(last: boolean): "yes" | "no" | "more" {
    for (let next = this.at + 1; next < this.buffer.length; next += 1) {
      const byte = this.buffer[next] ?? 0;
      if (!isSpace(byte)) return byte === 0x7b || byte === 0x5b || byte === 0x5d ? "yes" : "no";
    }
    return last ? "yes" : "more";
  }

  /** The fast path. False when the line is not one whole record, or its end is not here yet. */
  private takeLine(): boolean {
    const newline = this.buffer.indexOf(10, this.at);
    if (newline === -1) return false;
    let end = newline;
    while (end > this.at && isSpace(this.buffer[end - 1] ?? 0)) end -= 1;
    if (this.buffer[end - 1] !== 0x7d || end - this.at > this.maxRecordBytes) return false;
    const text = decodeUtf8(this.buffer, this.at, end);
    if (text === null) return false;
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      return false;
    }
    if (!isJsonObject(value) || hasWrapperKey(value)) return false;
    this.begin();
    this.at = end;
    this.accept(value);
    this.at = newline + 1;
    this.column = 0;
    return true;
  }

  private continueScan(scan: JsonScan): void {
    // The limit is a place in the content, not in the chunk: from there on only brackets are counted.
    const limit = scan.framing || scan.lenient ? Infinity : this.start - this.base + this.maxRecordBytes + 1;
    this.at = scan.run(this.buffer, this.at, Math.min(this.buffer.length, limit));
    if (scan.fault && this.faultLine === 0) {
      this.noteStart();
      this.faultLine = this.lines.at(this.buffer, this.base, this.base + scan.faultAt);
    }
    if (scan.state === "open") {
      if (this.at >= limit) scan.lenient = true;
      if (!scan.framing && this.head === null && this.base + this.at - this.start > this.maxRecordBytes) this.keepHead();
      return;
    }
    this.scan = null;
    this.column = scan.state === "done" ? -1 : scan.column;
    if (scan.state === "list") {
      for (let level = scan.framing ? 1 : 0; level < scan.depth - 1; level += 1) this.outer.push("object");
      this.outer.push("list");
      this.skip();
      this.head = null;
    } else if (scan.framing && !scan.fault) {
      this.outer.pop();
      this.skip();
      this.resumePackaging();
    } else if (scan.fault) {
      if (scan.framing) {
        this.outer.length = 0;
        this.head = Buffer.alloc(0);
      }
      this.refuse("not-json", `The ${scan.framing ? "text around the records" : "record"} at byte ${this.start} is not valid JSON (${this.linesOfValue()}).`);
    } else {
      this.parse();
    }
  }

  /** Behind a closed list: inside the object that wraps it, if there is one. */
  private resumePackaging(): void {
    if (this.outer.at(-1) !== "object") return;
    this.scan = new JsonScan(true);
    this.begin();
  }

  private parse(): void {
    if (this.head !== null || this.base + this.at - this.start > this.maxRecordBytes) {
      this.refuse("too-long", tooLong(this.start, this.base + this.at - this.start, this.maxRecordBytes));
      return;
    }
    const text = decodeUtf8(this.buffer, this.start - this.base, this.at);
    if (text === null) {
      this.refuse("not-utf8", `The record at byte ${this.start} is not UTF-8 text.`);
      return;
    }
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      this.refuse("not-json", `The record at byte ${this.start} is not valid JSON (${this.linesOfValue()}).`);
      return;
    }
    if (isJsonObject(value)) this.accept(value);
  }

  private accept(value: JsonObject): void {
    const found = inspectValue(value, this.maxDepth);
    if (found === "too-deep") this.refuse("too-deep", `The record at byte ${this.start} nests deeper than ${this.maxDepth} levels.`);
    else if (found === "unsafe-key") this.refuse("unsafe-key", `The record at byte ${this.start} has a key named __proto__, which no log writes.`);
    else {
      this.frames.push({ offset: this.start, length: this.base + this.at - this.start, value });
      this.start = -1;
    }
  }

  private skipGarbage(): void {
    const inList = this.outer.at(-1) === "list";
    while (this.at < this.buffer.length) {
      const byte = this.buffer[this.at];
      if (byte === 10 || byte === 13) return this.endGarbage();
      if (inList && this.garbage === "yes" && this.base + this.at > this.start && (byte === 0x2c || byte === 0x5d)) return this.endGarbage();
      if (byte === 0x22) this.garbage = this.garbage === "yes" ? "in-string" : "yes";
      this.at += 1;
    }
  }

  private endGarbage(): void {
    this.garbage = "no";
    const length = this.base + this.at - this.start;
    if (length > this.maxRecordBytes) return this.refuse("too-long", tooLong(this.start, length, this.maxRecordBytes));
    const text = length <= EXAMPLE_BYTES && this.head === null ? this.buffer.toString("utf8", this.start - this.base, this.at) : "";
    if (isScalar(text)) this.refuse("not-an-object", `The value at byte ${this.start} is not a JSON object.`);
    else this.refuse("not-json", `The text at byte ${this.start} is not JSON (${this.linesOfValue()}).`);
  }

  private begin(): void {
    this.start = this.base + this.at;
    this.startLine = 0;
    this.faultLine = 0;
  }

  /** While its first byte is still here. */
  private noteStart(): void {
    if (this.startLine === 0) this.startLine = this.lines.at(this.buffer, this.base, this.start);
  }

  /** Where the value stands and what breaks it, for people who open the file. */
  private linesOfValue(): string {
    this.noteStart();
    const { startLine, faultLine } = this;
    const end = this.lines.at(this.buffer, this.base, this.base + this.at) - (this.column >= 0 ? 1 : 0); // a next record begins this line
    const place = end > startLine ? `lines ${startLine} to ${end}` : `line ${startLine}`;
    return faultLine > startLine ? `${place}; line ${faultLine} breaks it` : place;
  }

  /** The packaging from start to here. */
  private skip(): void {
    this.frames.push({ offset: this.start, length: this.base + this.at - this.start, skipped: "wrapper" });
    this.start = -1;
  }

  private keepHead(): void {
    const from = this.start - this.base;
    this.head = Buffer.from(this.buffer.subarray(from, from + Math.min(EXAMPLE_BYTES, this.maxRecordBytes)));
  }

  private refuse(reason: JsonRefusal, message: string): void {
    const offset = this.start;
    const end = this.base + this.at;
    const from = offset - this.base;
    const example = this.head !== null ? exampleOf(this.head, 0, this.head.length) : exampleOf(this.buffer, from, Math.min(this.at, from + this.maxRecordBytes));
    this.frames.push({ offset, length: end - offset, reason, message, example });
    this.start = -1;
    this.head = null;
  }
}

/** Counts lines as places are asked for, in rising order; every byte is looked at once. */
class LineCount {
  private line = 1;
  private upTo = 0; // offset

  /** The line of a place, 1 the first; of one that was passed, the line that was reached. */
  at(buffer: Buffer, base: number, offset: number): number {
    const seen = buffer.subarray(Math.max(0, this.upTo - base), Math.max(0, offset - base));
    for (let next = seen.indexOf(10); next !== -1; next = seen.indexOf(10, next + 1)) this.line += 1;
    this.upTo = Math.max(this.upTo, offset);
    return this.line;
  }
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 10 || byte === 13 || byte === 9;
}

function isScalar(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value !== "object" || value === null;
  } catch {
    return false;
  }
}
