import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeRuleBytes } from "./decode-rule-bytes";

const RULE = "title: A\nlogsource:\n  product: windows\n";
const utf16 = (text: string, big = false): Buffer => (big ? Buffer.from(text, "utf16le").swap16() : Buffer.from(text, "utf16le"));

describe("bytes that are said to be a rule", () => {
  it.each([
    ["UTF-16 with its mark", utf16(`\ufeff${RULE}`), /UTF-16/, /Save it as UTF-8/],
    ["UTF-16, the other end first", utf16(`\ufeff${RULE}`, true), /UTF-16/, /Save it as UTF-8/],
    ["UTF-16 without a mark", utf16(RULE), /UTF-16/, /Save it as UTF-8/],
    ["a zip archive", Buffer.from("PK\u0003\u0004\u0000\u0000\u0000abc", "latin1"), /a zip archive/, /\.zip/],
    ["a program", Buffer.from("MZ\u0090\u0000\u0003\u0000\u0000\u0000\u0004\u0000", "latin1"), /a program/, /Leave it out/],
    ["other binary data", Buffer.from([1, 2, 3, 0, 0, 0, 7, 8, 9, 200]), /binary/, /YAML in UTF-8/],
    ["an older code page", Buffer.from("title: A\nauthor: J\u00f6rg\n", "latin1"), /not text in UTF-8: line 2/, /Windows-1252/],
  ])("%s is named, with a remedy", (_, bytes, message, remedy) => {
    const found = decodeRuleBytes(bytes);
    expect("text" in found ? found : [found.message, found.remedy]).toEqual([expect.stringMatching(message), expect.stringMatching(remedy)]);
  });
  it("UTF-8 is read as it is, with or without its mark", () => {
    expect(decodeRuleBytes(Buffer.from(`\ufeff${RULE}`))).toEqual({ text: RULE });
    fc.assert(fc.property(fc.string({ unit: "grapheme" }).filter((text) => !text.includes("\0") && !text.startsWith("\ufeff")), (text) => void expect(decodeRuleBytes(Buffer.from(text))).toEqual({ text: Buffer.from(text).toString("utf8") })), { numRuns: 200 });
  });
  it("any bytes are either text or named", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => void expect(Object.keys(decodeRuleBytes(bytes)).join()).toMatch(/^(text|message,remedy)$/)), { numRuns: 300 });
  });
});
