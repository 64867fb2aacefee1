import fc from "fast-check";
import { CORE_SCHEMA, loadAll } from "js-yaml";
import { describe, expect, test } from "vitest";
import { readCorpus } from "../testing/corpus";
import { readPlainYaml } from "./read-plain-yaml";

/** By the full parser; null where it refuses the text. */
function readFully(text: string): readonly unknown[] | null {
  try {
    return loadAll(text, { schema: CORE_SCHEMA, maxAliases: 100, maxDepth: 40 }).filter((document) => document !== null && document !== undefined);
  } catch {
    return null;
  }
}

const SCALARS = ["a", "b c", "'q'", "'it''s'", '"d"', '"\\\\x"', "a: b", "a:b", "a #b", "a#b", "1", "017", "1.5", "0x1f", "1_000", "-1", "- 1", "-a", "--x", "~", "null", "NULL", "true", "Yes", "no", "2020-01-02", "12:30", "1e3", "5f9c-1", ".5", ".inf", "[a, b]", "{a: 1}", "&x a", "*x", "!t a", "|", "|-", "|+", ">", "? a", "%a", "@a", "`a", "\\d+\\x", "*\\a.exe", "'*\\a'", "a'b", 'a"b', "'a' b", "\u00e4", "\u2028", "\u{1f600}", "", "  ", "# c", "a  ", ": a", "a:", ",a", "a, b", "]", "---", "...", "\t", "'a", "<<", "=", "10.0.0.0/8", "a - b", "-"];
const KEYS = ["k", "k", "title", "Image|endswith", "'|all'", "a.b", "k-1", "null", "true", "y", "1", "__proto__", "constructor", "*", "a b", '"q"', "sel_*", "<<"];
const line = fc.tuple(fc.constantFrom("", "", " ", "  ", "  ", "   ", "    ", "    "), fc.constantFrom("", "", "", "- ", "-   ", "- - "), fc.option(fc.constantFrom(...KEYS)), fc.constantFrom(": ", ": ", ":", ":  "), fc.option(fc.constantFrom(...SCALARS))).map(([indent, dash, key, colon, value]) => `${indent}${dash}${key === null ? "" : key + colon}${value ?? ""}`);
const loose = fc.array(fc.oneof({ weight: 8, arbitrary: line }, fc.constantFrom("", "# comment", "   # more", "---", "--- ", "  \t", "...")), { maxLength: 9 }).map((lines) => lines.join("\n"));
/* Mostly well-formed: what random lines rarely are. */
const tree: fc.Arbitrary<string> = fc.letrec<{ map: string; list: string; node: string }>((tie) => ({
  node: fc.oneof({ depthSize: "small", maxDepth: 3 }, fc.constantFrom(...SCALARS).map((one) => ` ${one}`), tie("map").map((text) => `\n${indented(text, 2)}`), tie("list").map((text) => `\n${text}`), tie("list").map((text) => `\n${indented(text, 4)}`), fc.constantFrom(" |\n  a\n   b\n\n  c", " |-\n  a\n", " |\n\n  a", "  a\n  b", " >\n  a")),
  map: fc.uniqueArray(fc.tuple(fc.constantFrom(...KEYS), tie("node")), { selector: ([key]) => key, minLength: 1, maxLength: 3 }).map((all) => all.map(([key, node]) => `${key}:${node}`).join("\n")),
  list: fc.array(fc.oneof(fc.constantFrom(...SCALARS), tie("map").map((text) => indented(text, 2).trimStart())), { minLength: 1, maxLength: 3 }).map((all) => all.map((one) => `- ${one}`).join("\n")),
})).map;

function indented(text: string, by: number): string {
  return text.replace(/^(?=.)/gm, " ".repeat(by));
}

describe("the fast reader of plain YAML", () => {
  test.each([["random lines", loose, 6_000], ["trees of maps and lists", tree, 6_000]] as const)("reads what the full parser reads, or nothing: %s", (_, texts, numRuns) => {
    let read = 0;
    fc.assert(
      fc.property(texts, (text) => {
        const plain = readPlainYaml(text);
        if (plain === null) return;
        read += 1;
        expect({ text, documents: plain }).toEqual({ text, documents: readFully(text) });
      }),
      { numRuns },
    );
    expect(read).toBeGreaterThan(numRuns / 50); // one that reads nothing would prove nothing
  });

  const corpus = readCorpus();
  test.skipIf(corpus === null)("reads nearly all public rules, and each as the full parser does", () => {
    let left = 0;
    for (const { text } of corpus ?? []) {
      const plain = readPlainYaml(text);
      if (plain === null) left += 1;
      else expect(plain).toEqual(readFully(text));
    }
    expect(left).toBeLessThan(50);
  }, 60_000);

  test("is not slow on what is made to be", () => {
    for (const text of [`${"a:\n".repeat(100_000)}`, `k: ${"'".repeat(200_000)}`, `k: ${" #".repeat(100_000)}`, `k: "${"a ".repeat(200_000)}`, `k: |\n${"\n".repeat(300_000)}`, `${" ".repeat(500_000)}a`, `k: ${"1".repeat(300_000)}e`, Array.from({ length: 3_000 }, (_, i) => `${" ".repeat(i)}a:`).join("\n"), `${"- a\n\n\n".repeat(100_000)}`]) readPlainYaml(text);
  });
});
