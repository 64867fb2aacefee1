import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalChunks } from "./canonical-chunks";
import { canonicalJson, compareCodeUnits, type Json } from "./canonical-json";

/** The definition, written down without any haste. */
function plainly(value: Json): string {
  if (value === null || typeof value !== "object") return JSON.stringify(Object.is(value, -0) ? 0 : value);
  if (Array.isArray(value)) return `[${value.map((item) => plainly(item)).join(",")}]`;
  const entries = Object.entries(value).filter((entry): entry is [string, Json] => entry[1] !== undefined);
  return `{${entries.sort(([a], [b]) => compareCodeUnits(a, b)).map(([key, item]) => `${JSON.stringify(key)}:${plainly(item)}`).join(",")}}`;
}

const texts = fc.oneof(fc.string({ unit: "binary", maxLength: 6 }), fc.constantFrom("", "\n", "\"", "\\", "a\nb", "\ud800", "\u2028", "\u007f", "é", "__proto__"));
const { json } = fc.letrec<{ json: Json; leaf: Json }>((tie) => ({
  leaf: fc.oneof(texts, fc.integer(), fc.maxSafeInteger(), fc.boolean(), fc.constantFrom(null, -0)),
  json: fc.oneof({ maxDepth: 4 }, tie("leaf"), fc.array(tie("json"), { maxLength: 4 }), fc.dictionary(texts, tie("json"), { maxKeys: 5 })),
}));

describe("canonical JSON", () => {
  test("is the sorted text, whatever the value", () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(canonicalJson(value)).toBe(plainly(value));
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      { numRuns: 300 },
    );
  });

  test("keys are told apart, even where they hold what could join them", () => {
    const values: readonly Json[] = [{ a: 1, "b\nc": 2 }, { "a\nb": 1, c: 2 }, { "a\nb\nc": 3 }, { a: 1, "b\nc": 2 }];
    expect(values.map((value) => canonicalJson(value))).toEqual([String.raw`{"a":1,"b\nc":2}`, String.raw`{"a\nb":1,"c":2}`, String.raw`{"a\nb\nc":3}`, String.raw`{"a":1,"b\nc":2}`]);
  });

  test("leaves out what is undefined, and refuses what is no safe integer", () => {
    expect(canonicalJson({ b: undefined, a: 1 })).toBe('{"a":1}');
    for (const value of [0.5, Number.NaN, 2 ** 53, Number.POSITIVE_INFINITY]) expect(() => canonicalJson([value])).toThrow("safe integers only");
  });

  test("comes in pieces that are the same text, large or small", () => {
    const joined = (value: { readonly [key: string]: Json | undefined }): string => Buffer.concat([...canonicalChunks(value)]).toString("utf8");
    fc.assert(
      fc.property(fc.dictionary(texts.filter((key) => key.isWellFormed()), fc.oneof(json, fc.constant(undefined)), { maxKeys: 5 }), (value) => {
        expect(joined(value)).toBe(Buffer.from(canonicalJson(value)).toString("utf8"));
      }),
      { numRuns: 150 },
    );
    const large = { rows: Array.from({ length: 30_000 }, (_, at) => ({ at, text: "é".repeat(at % 20) })), none: [], last: "x" };
    expect([...canonicalChunks(large)].length).toBeGreaterThan(3);
    expect(joined(large)).toBe(canonicalJson(large));
  });
});
