import fc from "fast-check";
import { expect, test } from "vitest";
import { locateJsonBreak } from "./locate-json-break";

const bytes = (text: string) => new TextEncoder().encode(text);
const parses = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

test("a document that JSON.parse takes has no break", () => {
  fc.assert(fc.property(fc.json({ maxDepth: 6 }), (text) => void expect(locateJsonBreak(bytes(text))).toBeNull()));
});

test("every text that JSON.parse refuses has a break, and no other text has one", () => {
  const mangled = fc.tuple(fc.json(), fc.nat(), fc.constantFrom("", "}", "]", ",", ":", '"', "\\", "x", "{", "[", "\u0001", "-", "01")).map(([text, at, insert]) => {
    const position = at % (text.length + 1);
    return text.slice(0, position) + insert + text.slice(position + 1);
  });
  fc.assert(fc.property(mangled, (text) => void expect(locateJsonBreak(bytes(text)) === null).toBe(parses(text))), { numRuns: 2000 });
});

test("a bundle cut anywhere is cut off at exactly its last byte", () => {
  const whole = bytes('{"type":"bundle","objects":[{"id":"a","n":-1.5e3},{"id":"b","t":[true,null,"\\u00e9 é"]}]}');
  for (let length = 1; length < whole.length; length += 1) {
    expect(locateJsonBreak(whole.subarray(0, length))).toMatchObject({ offset: length, cutOff: true });
  }
});

test("the objects that were whole before the break are counted, and the line is named", () => {
  const text = '{"type":"bundle","objects":[\n{"id":"a"},\n{"id":"b","x":{"y":[1]}},\n{"id":"c"; }]}';
  expect(locateJsonBreak(bytes(text))).toMatchObject({ cutOff: false, wholeElements: 2, line: 4, offset: text.indexOf(";") });
});

test("nesting of a million levels does not exhaust the stack", () => {
  expect(locateJsonBreak(bytes("[".repeat(1_000_000)))).toMatchObject({ cutOff: true, offset: 1_000_000 });
});
