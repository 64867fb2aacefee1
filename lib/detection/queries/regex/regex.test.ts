import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compileRegex } from "../../sigma/parse-matchers";
import { compileText } from "../../evaluate/compile-text";
import { parseTextPattern } from "../../sigma/text-pattern";
import { QueryRefusal } from "../query-types";
import { parseRegex } from "./parse-regex";
import { numberRegex, patternRegex } from "./pattern-regex";
import { printRegex, printWhole } from "./print-regex";
import { KUSTO, LUCENE, PCRE } from "./regex-dialects";

const NO_FLAGS = { i: false, m: false, s: false };
const finds = (source: string, flags: typeof NO_FLAGS, text: string): boolean => compileRegex(source, flags).matcher(text).find();

/** Expressions put together from parts that RE2 knows. */
const atom = fc.constantFrom("a", "B", "k", "s", "ß", ".", "\\.", "\\d", "\\w", "\\W", "\\s", "\\S", "[a-c]", "[^a-c]", "[\\w-]", "[[:alpha:]_]", "[]x]", "[^\\]\\\\]", "\\x41", "\\x{e4}", "\\t", "\\n", "^", "$", "\\A", "\\z", "\\/", "-", "\\-", " ", "\\Q.*\\E", "(?i)", "(?s)", "(?i:Ab)", "(?-i:Ab)", "{", "x{2}", "(?:a|b)", "(?P<n>ab)");
const expression: fc.Arbitrary<string> = fc.letrec<{ node: string }>((tie) => ({
  node: fc.oneof({ maxDepth: 3 }, atom, fc.tuple(tie("node"), tie("node")).map(([a, b]) => a + b), fc.tuple(tie("node"), tie("node")).map(([a, b]) => `(?:${a}|${b})`), fc.tuple(tie("node"), fc.constantFrom("*", "+?", "?", "{1,2}", "{2,}")).map(([a, q]) => `(${a})${q}`)),
})).node;
const text = fc.string({ unit: fc.constantFrom("a", "A", "b", "B", "c", "k", "K", "\u212a", "s", "ſ", "x", "ä", "Ä", "ß", "ẞ", "1", "_", "-", ".", "*", "/", "\\", "]", " ", "\n", "\t", "\v", "😀", "{"), maxLength: 8 });
const flags = fc.record({ i: fc.boolean(), m: fc.boolean(), s: fc.boolean() });

function valid(source: string, with_: typeof NO_FLAGS): boolean {
  try {
    compileRegex(source, with_);
    return true;
  } catch {
    return false;
  }
}

describe("an expression read and written again", () => {
  test("finds the same in RE2's own syntax, which Kusto's is written in", () => {
    fc.assert(
      fc.property(expression, flags, fc.array(text, { minLength: 1, maxLength: 6 }), (source, with_, texts) => {
        fc.pre(valid(source, with_));
        const written = printRegex(parseRegex(source, with_), KUSTO);
        for (const one of texts) expect({ source, written, one, found: finds(written, NO_FLAGS, one) }).toEqual({ source, written, one, found: finds(source, with_, one) });
      }),
      { numRuns: 400 },
    );
  });

  test("finds the same as a whole without anchors, as Lucene matches, wherever it is not refused", () => {
    let written = 0;
    fc.assert(
      fc.property(expression, flags, fc.array(text, { minLength: 1, maxLength: 4 }), (source, with_, texts) => {
        fc.pre(valid(source, with_));
        let whole: string;
        try {
          whole = printWhole(parseRegex(source, with_), LUCENE);
        } catch (error) {
          if (error instanceof QueryRefusal) return;
          throw error;
        }
        written += 1;
        // Lucene's own signs have a backslash; to RE2 those before < > @ # " & ~ / are the signs themselves, as to Lucene.
        for (const one of texts) expect({ source, whole, one, found: finds(`\\A(?:${whole})\\z`, { ...NO_FLAGS, s: true }, one) }).toEqual({ source, whole, one, found: finds(source, with_, one) });
      }),
      { numRuns: 300 },
    );
    expect(written).toBeGreaterThan(50);
  });

  test("names what is not translated", () => {
    expect(() => parseRegex("\\pL", NO_FLAGS)).toThrow(/\\p/);
    expect(() => printRegex(parseRegex("\\bnet", NO_FLAGS), KUSTO)).toThrow(/word boundary/);
    expect(() => printWhole(parseRegex("a^b", NO_FLAGS), LUCENE)).toThrow(/beginning of the text/);
  });

  test("counts in pieces where the engine counts less far", () => {
    for (const [source, yes, no] of [["^a{7}$", [7], [6, 8]], ["^a{2,8}$", [2, 5, 8], [1, 9]], ["^a{4,}$", [4, 9], [3]], ["^a{0,7}$", [0, 7], [8]], ["^a{6}$", [6], [5, 7]]] as const) {
      const written = printRegex(parseRegex(source, NO_FLAGS), { ...KUSTO, mostRepeats: 3 });
      expect(written).not.toMatch(/[4-9]/);
      expect([...yes, ...no].map((n) => finds(written, NO_FLAGS, "a".repeat(n)))).toEqual([...yes.map(() => true), ...no.map(() => false)]);
    }
  });

  test("keeps word ends by looking around where the engine can", () => {
    const written = new RegExp(printRegex(parseRegex("\\bnet\\b", NO_FLAGS), { ...PCRE, anyCharacter: "[^]" }), "u");
    expect(["net", "a net b", "inet", "net1", "net-1"].map((one) => written.test(one))).toEqual([true, true, false, false, true]);
  });
});

describe("a text of Sigma as an expression", () => {
  test("matches what the engine's own test matches", () => {
    const pattern = fc.string({ unit: fc.constantFrom("a", "K", "s", "ä", "*", "?", "\\", ".", "-", "\n", "]", "{", "1", "😀"), maxLength: 8 });
    fc.assert(
      fc.property(pattern, fc.boolean(), fc.array(text, { minLength: 1, maxLength: 6 }), (source, cased, texts) => {
        const tokens = parseTextPattern(source);
        const holds = compileText(tokens, cased);
        const written = printRegex(patternRegex(tokens, cased), { ...KUSTO, ignoreCase: false });
        for (const one of [...texts, source]) expect({ source, written, one, found: finds(written, NO_FLAGS, one) }).toEqual({ source, written, one, found: holds(cased ? one : one.toLowerCase()) });
      }),
      { numRuns: 400 },
    );
  });

  test("takes the Kelvin sign for a k where case does not matter, as its small letter is one", () => {
    const written = (cased: boolean): string => printRegex(patternRegex(parseTextPattern("kit"), cased), { ...KUSTO, ignoreCase: false });
    expect([finds(written(false), NO_FLAGS, "\u212aIT"), finds(written(true), NO_FLAGS, "\u212ait"), compileText(parseTextPattern("kit"), false)("\u212aIT".toLowerCase())]).toEqual([true, false, true]);
  });

  test("a number is found in the texts that write it", () => {
    const written = (value: number): string => printRegex(numberRegex(value), KUSTO);
    for (const [value, yes, no] of [[4688, ["4688", " 4688", "+4688", "04688", "4688.0"], ["46880", "4688.1", "-4688", "0x1250", "4688."]], [-3, ["-3", "-03.00"], ["3", "+-3"]], [1.5, ["1.5", "1.50"], ["1.05", "1.51", "15"]], [0, ["0", "-0", "00.0"], ["", "0x0"]]] as const) {
      expect(yes.map((one) => finds(written(value), NO_FLAGS, one))).toEqual(yes.map(() => true));
      expect(no.map((one) => finds(written(value), NO_FLAGS, one))).toEqual(no.map(() => false));
    }
  });
});
