import fc from "fast-check";
import { expect, test } from "vitest";
import { sha256 } from "@/lib/shared/digest";
import { SightlineError } from "@/lib/shared/errors";
import { parseStixBundle } from "./parse-stix-bundle";
import { analytic, bundleBytes, bundleText, soundObjects, technique } from "./testing/small-bundle";

const bytes = (text: string) => new TextEncoder().encode(text);
const parse = (content: Uint8Array) => parseStixBundle(content, "b.json");
function refusal(content: Uint8Array): SightlineError {
  try {
    parse(content);
  } catch (error) {
    if (error instanceof SightlineError) return error;
    throw error;
  }
  throw new Error("the bundle was not refused");
}

test("the raw hash is that of the object's compact JSON in published key order", () => {
  const object = { ...technique("T1"), z: "→ –", a: 1 };
  const [parsed] = parse(bundleBytes([object])).objects;
  expect(parsed).toMatchObject({ stixId: "attack-pattern--T1", attackId: "T1", raw: JSON.stringify(object), rawSha256: sha256(JSON.stringify(object)) });
});

test("white space around an object does not change its hash, key order does", () => {
  const pretty = bytes(JSON.stringify({ type: "bundle", objects: [technique("T1")] }, null, 4));
  const turned = Object.fromEntries(Object.entries(technique("T1")).reverse());
  const hash = (content: Uint8Array) => parse(content).objects[0]?.rawSha256;
  expect(hash(pretty)).toBe(hash(bundleBytes([technique("T1")])));
  expect(hash(bundleBytes([turned]))).not.toBe(hash(bundleBytes([technique("T1")])));
});

test("a bundle cut off in the middle is refused with the byte where it ends", () => {
  const whole = bundleBytes(soundObjects());
  const cut = whole.subarray(0, 900);
  const error = refusal(cut);
  expect(error.code).toBe("INVALID");
  expect(error.sentence()).toMatch(/^b\.json, line 1: the file is cut off: it ends at byte 900 after \d+ whole objects/);
});

test("a broken character in the middle is named with its byte", () => {
  const whole = bundleBytes(soundObjects());
  const broken = Uint8Array.from(whole);
  broken[700] = 0xff;
  expect(refusal(broken).message).toContain("byte 700 does not belong to any character");
});

test("a byte order mark is left out and reported", () => {
  const parsed = parse(bytes(`\uFEFF${bundleText(soundObjects())}`));
  expect(parsed.objects).toHaveLength(7);
  expect(parsed.issues.map((issue) => issue.code)).toEqual(["byte-order-mark"]);
});

test.each([
  ["an empty file", new Uint8Array(), "empty"],
  ["a file of blanks", bytes(" \r\n\t "), "empty"],
  ["a byte order mark alone", bytes("\uFEFF"), "empty"],
  ["a picture named .json", Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]), "a PNG picture"],
  ["a text in UTF-16", Uint8Array.from([0xff, 0xfe, 0x7b, 0]), "UTF-16"],
  ["a list", bytes("[]"), "it is a list"],
  ["null", bytes("null"), "it is null"],
  ["another document", bytes('{"swagger":2}'), 'it has no "type"'],
  ["a report", bytes('{"type":"report","objects":[]}'), 'its type is "report"'],
  ["objects that are no list", bytes('{"type":"bundle","objects":{}}'), "missing or no list"],
  ["no objects", bytes('{"type":"bundle","objects":[]}'), "holds no objects"],
  ["STIX 2.0", bundleBytes(soundObjects(), { spec_version: "2.0" }), "STIX 2.0"],
])("%s is refused with a clear sentence", (_, content, words) => {
  expect(refusal(content).sentence()).toContain(words);
});

test("a bad object becomes an issue with its id and stays as published; the others are read", () => {
  const bad = analytic("AN2", "DET1", [], { x_mitre_platforms: "macOS" });
  const parsed = parse(bundleBytes([...soundObjects(), bad]));
  expect(parsed.analytics.map(({ id }) => id)).toEqual(["x-mitre-analytic--AN1"]);
  expect(parsed.objects.map(({ stixId }) => stixId)).toContain("x-mitre-analytic--AN2");
  expect(parsed.issues).toEqual([
    { severity: "refused", code: "bad-object", stixId: "x-mitre-analytic--AN2", attackId: "AN2", message: expect.stringContaining("x_mitre_platforms") },
  ]);
});

test("what is no object, has no type or no id is refused by its position", () => {
  const parsed = parse(bundleBytes([...soundObjects(), 7, null, [], { id: "x--1" }, { type: "tool" }, { type: "tool", id: "with blank" }]));
  expect(parsed.objects).toHaveLength(7);
  expect(parsed.issues.map(({ code, message }) => [code, /Object (\d+)/.exec(message)?.[1]])).toEqual([8, 9, 10, 11, 12, 13].map((n) => ["not-an-object", String(n)]));
});

test("unknown types, tactics, platforms and keys pass", () => {
  const parsed = parse(bundleBytes([...soundObjects(), { type: "x-future-thing", id: "x-future-thing--1", odd: { deep: [1, 2.5] } }, technique("T2", { x_mitre_platforms: ["Quantum"], extra: true })]));
  expect(parsed.issues).toEqual([]);
  expect(parsed.objects).toHaveLength(9);
});

test("of two objects with one id the newer version is taken, and it is reported", () => {
  const newer = technique("T1", { modified: "2026-01-01T00:00:00.000Z", name: "newer" });
  const parsed = parse(bundleBytes([...soundObjects(), newer, technique("T1", { name: "older again" })]));
  expect(parsed.techniques.map(({ name }) => name)).toEqual(["newer"]);
  expect(parsed.objects).toHaveLength(7);
  expect(parsed.issues.map(({ code }) => code)).toEqual(["duplicate-object", "duplicate-object"]);
});

test("keys such as __proto__ and constructor are data, never a prototype", () => {
  const text = bundleText([]).replace("[]", '[{"type":"attack-pattern","id":"attack-pattern--T1","name":"n","__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}]');
  const parsed = parse(bytes(text));
  expect(parsed.objects[0]?.raw).toContain('"__proto__":{"polluted":true}');
  expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
  expect(parsed.techniques[0]).not.toHaveProperty("polluted");
});

test("an object that nests too deep is left out by its id; the others are read", () => {
  const deep = `{"type":"attack-pattern","id":"attack-pattern--deep","x":${"[".repeat(200_000)}${"]".repeat(200_000)}}`;
  const text = bundleText([technique("T1")]).replace('"objects":[', `"objects":[${deep},`);
  const parsed = parse(bytes(text));
  expect(parsed.objects.map(({ stixId }) => stixId)).toEqual(["attack-pattern--T1"]);
  expect(parsed.issues).toEqual([expect.objectContaining({ code: "too-deep", severity: "refused", stixId: "attack-pattern--deep" })]);
});

test("text that the database cannot hold is replaced in what is read and kept in what is published", () => {
  const parsed = parse(bundleBytes([technique("T1", { name: "a\u0000b\ud800c" })]));
  expect(parsed.techniques[0]?.name).toBe("a\uFFFDb\uFFFDc");
  expect(parsed.objects[0]?.raw).toContain("a\\u0000b\\ud800c");
});

test("whatever the bytes are, a bundle is read or refused with a sentence, never a crash", () => {
  const anything = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc.json().map(bytes),
    fc.array(fc.oneof(fc.jsonValue(), fc.record({ type: fc.constantFrom("attack-pattern", "x-mitre-analytic", "relationship", "__proto__", "toString"), id: fc.string(), external_references: fc.jsonValue(), name: fc.jsonValue() }))).map((objects) => bundleBytes(objects)),
  );
  fc.assert(
    fc.property(anything, (content) => {
      try {
        parse(content);
      } catch (error) {
        expect(error).toBeInstanceOf(SightlineError);
      }
    }),
    { numRuns: 500 },
  );
});
