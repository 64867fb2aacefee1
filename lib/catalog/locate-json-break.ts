/** Where a JSON text stops being JSON. Offsets are bytes from the start of the unpacked content. */
export interface JsonBreak {
  readonly offset: number;
  readonly line: number;
  readonly cutOff: boolean; // the text is sound so far and simply ends
  readonly wholeElements: number; // elements of the bundle's object list that ended before the break
  readonly expected: string;
}

type Expect = "value" | "value-or-end" | "key-or-end" | "key" | "colon" | "comma-or-end" | "nothing";

const WORDS = ["true", "false", "null"];
const NUMBER = /^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$/;
const EXPECTED: Record<Expect, string> = {
  value: "a value",
  "value-or-end": "a value or ]",
  "key-or-end": 'a "key" or }',
  key: 'a "key"',
  colon: "a colon",
  "comma-or-end": "a comma or a closing bracket",
  nothing: "the end of the file",
};

/**
 * Finds the first byte at which a text is not JSON, without building anything: JSON.parse says that it failed, seldom where.
 * Run only after JSON.parse has refused the text. Works without recursion, so that nesting cannot exhaust the stack.
 *
 * @returns null when the text is well-formed after all.
 */
export function locateJsonBreak(bytes: Uint8Array): JsonBreak | null {
  const open: number[] = []; // the open brackets, as bytes
  let expect: Expect = "value";
  let at = 0;
  let wholeElements = 0;
  const broken = (offset: number, cutOff: boolean): JsonBreak => ({
    offset,
    line: lineAt(bytes, offset),
    cutOff,
    wholeElements,
    expected: EXPECTED[expect],
  });
  const closed = (): Expect => (open.length === 0 ? "nothing" : "comma-or-end");

  while (at < bytes.length) {
    const byte = bytes[at] ?? 0;
    if (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) {
      at += 1;
      continue;
    }
    const top = open[open.length - 1];
    if (byte === 0x7d || byte === 0x5d) {
      const fits = byte === 0x7d ? top === 0x7b && (expect === "key-or-end" || expect === "comma-or-end") : top === 0x5b && (expect === "value-or-end" || expect === "comma-or-end");
      if (!fits) return broken(at, false);
      if (open.length === 3) wholeElements += 1;
      open.pop();
      expect = closed();
      at += 1;
    } else if (expect === "comma-or-end") {
      if (byte !== 0x2c) return broken(at, false);
      expect = top === 0x7b ? "key" : "value";
      at += 1;
    } else if (expect === "colon") {
      if (byte !== 0x3a) return broken(at, false);
      expect = "value";
      at += 1;
    } else if (expect === "key" || expect === "key-or-end") {
      if (byte !== 0x22) return broken(at, false);
      const end = endOfString(bytes, at);
      if (end.at < 0) return broken(end.bad, end.cutOff);
      expect = "colon";
      at = end.at;
    } else if (expect === "nothing") {
      return broken(at, false);
    } else if (byte === 0x7b || byte === 0x5b) {
      open.push(byte);
      expect = byte === 0x7b ? "key-or-end" : "value-or-end";
      at += 1;
    } else if (byte === 0x22) {
      const end = endOfString(bytes, at);
      if (end.at < 0) return broken(end.bad, end.cutOff);
      expect = closed();
      at = end.at;
    } else {
      const end = endOfWord(bytes, at);
      const word = String.fromCharCode(...bytes.subarray(at, Math.min(end, at + 64)));
      if (!WORDS.includes(word) && !NUMBER.test(word)) {
        const cutOff = end === bytes.length && (WORDS.some((known) => known.startsWith(word)) || /^-?[0-9.eE+-]*$/.test(word));
        return broken(cutOff ? end : at, cutOff && word !== "");
      }
      expect = closed();
      at = end;
    }
  }
  return expect === "nothing" ? null : broken(bytes.length, true);
}

/** Past the closing quote, or at = -1 and the bad byte. */
function endOfString(bytes: Uint8Array, start: number): { at: number; bad: number; cutOff: boolean } {
  let at = start + 1;
  while (at < bytes.length) {
    const byte = bytes[at] ?? 0;
    if (byte === 0x22) return { at: at + 1, bad: -1, cutOff: false };
    if (byte < 0x20) return { at: -1, bad: at, cutOff: false };
    if (byte !== 0x5c) {
      at += 1;
      continue;
    }
    const escape = bytes[at + 1];
    if (escape === undefined) break;
    if (!'"\\/bfnrtu'.includes(String.fromCharCode(escape))) return { at: -1, bad: at, cutOff: false };
    if (escape === 0x75) {
      const hex = String.fromCharCode(...bytes.subarray(at + 2, at + 6));
      if (!/^[0-9a-fA-F]*$/.test(hex)) return { at: -1, bad: at, cutOff: false };
      if (hex.length < 4) break;
      at += 6;
    } else at += 2;
  }
  return { at: -1, bad: bytes.length, cutOff: true };
}

function endOfWord(bytes: Uint8Array, start: number): number {
  let at = start;
  while (at < bytes.length && /[a-zA-Z0-9.+-]/.test(String.fromCharCode(bytes[at] ?? 0))) at += 1;
  return at;
}

function lineAt(bytes: Uint8Array, offset: number): number {
  let line = 1;
  for (let at = 0; at < offset && at < bytes.length; at += 1) if (bytes[at] === 0x0a) line += 1;
  return line;
}
