/** One stretch of text whose characters all take the same bytes in UTF-8 and in UTF-16. */
interface Stretch {
  readonly utf8: number; // offset of its first character in the UTF-8 text
  readonly source: number; // and in the file
  readonly utf8Bytes: number; // of each character
  readonly sourceBytes: number;
}

export type ByteOrder = "utf-16le" | "utf-16be";

/** The byte order that a mark at the beginning names, or null for anything but marked UTF-16. */
export function readByteOrder(bytes: Uint8Array): ByteOrder | null {
  return bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : null;
}

/**
 * UTF-16 (as PowerShell, wevtutil and Event Viewer write files) to UTF-8, chunk by chunk, keeping where each byte came
 * from. Lone surrogates become U+FFFD. Stretches further back than `keepBytes` are forgotten.
 */
export class Utf16Transcoder {
  private readonly decoder: InstanceType<typeof TextDecoder>;
  private stretches: Stretch[] = [];
  private utf8 = 0; // bytes given out
  private source = 2; // bytes read, the byte order mark included
  private marked = false;
  private rest: Uint8Array = new Uint8Array(0);

  constructor(
    private readonly order: ByteOrder,
    private readonly keepBytes: number,
  ) {
    this.decoder = new TextDecoder("utf-16le", { ignoreBOM: true });
  }

  push(chunk: Uint8Array): Buffer {
    let bytes: Uint8Array = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk]);
    if (!this.marked) {
      if (bytes.length < 2) {
        this.rest = bytes;
        return Buffer.alloc(0);
      }
      this.marked = true;
      bytes = bytes.subarray(2);
    }
    const whole = bytes.length - (bytes.length % 2);
    this.rest = bytes.subarray(whole);
    const units = Buffer.from(bytes.subarray(0, whole)); // a copy: the bytes are swapped in place
    if (this.order === "utf-16be") units.swap16();
    return this.note(this.decoder.decode(units, { stream: true }));
  }

  end(): Buffer {
    // Half a unit at the end is a damaged character.
    const text = this.decoder.decode() + (this.rest.length > 0 ? "\uFFFD" : "");
    return this.note(text);
  }

  /** Where in the file the byte at `utf8` of the UTF-8 text comes from; the end of the text is the end of the file. */
  sourceOffset(utf8: number, fileBytes: number): number {
    if (utf8 >= this.utf8) return Math.min(this.source, fileBytes);
    let [low, high] = [0, this.stretches.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.stretches[middle]?.utf8 ?? Infinity) <= utf8) low = middle;
      else high = middle - 1;
    }
    const found = this.stretches[low];
    if (found === undefined) return 2;
    return Math.min(fileBytes, found.source + Math.floor((utf8 - found.utf8) / found.utf8Bytes) * found.sourceBytes);
  }

  private note(text: string): Buffer {
    for (let at = 0; at < text.length; ) {
      const code = text.codePointAt(at) ?? 0;
      const utf8Bytes = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
      const units = code < 0x10000 ? 1 : 2;
      const last = this.stretches.at(-1);
      if (last === undefined || last.utf8Bytes !== utf8Bytes) this.stretches.push({ utf8: this.utf8, source: this.source, utf8Bytes, sourceBytes: 2 * units });
      this.utf8 += utf8Bytes;
      this.source += 2 * units;
      at += units;
    }
    const forgotten = this.stretches.findIndex(({ utf8 }) => utf8 > this.utf8 - this.keepBytes);
    if (forgotten > 1024) this.stretches = this.stretches.slice(forgotten - 1);
    return Buffer.from(text, "utf8");
  }
}
