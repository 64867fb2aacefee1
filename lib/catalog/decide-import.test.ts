import { expect, test } from "vitest";
import { decideImport, type BundleContent } from "./decide-import";

const content = (digest: string, detectOnly: boolean, hashes: Record<string, string>): BundleContent => ({ digest, detectOnly, hashes: new Map(Object.entries(hashes)) });
const detect = content("d", true, { a: "1", b: "2" });
const full = content("f", false, { a: "1", b: "2", c: "3" });

test.each([
  ["a first bundle is imported", null, full, false, "import"],
  ["the same bytes change nothing", full, full, false, "unchanged"],
  ["the same bytes are read again when asked to replace: a later version may read more of them", full, full, true, "replace"],
  ["the full bundle extends the detection-only one", detect, full, false, "extend"],
  ["the detection-only one after the full one changes nothing", full, detect, false, "contained"],
  ["another content is a conflict", full, content("x", false, { a: "9", b: "2", c: "3" }), false, "conflict"],
  ["another content replaces when asked", full, content("x", false, { a: "9" }), true, "replace"],
  ["a full bundle that differs in a shared object is a conflict", detect, content("x", false, { a: "9", b: "2", c: "3" }), false, "conflict"],
  ["a full bundle that lacks a shared object is a conflict", detect, content("x", false, { a: "1", c: "3" }), false, "conflict"],
  ["a detection-only bundle with an object of its own is a conflict", full, content("x", true, { a: "1", z: "1" }), false, "conflict"],
  ["two detection-only bundles that differ are a conflict", detect, content("x", true, { a: "1" }), false, "conflict"],
] as const)("%s", (_, stored, incoming, replace, outcome) => {
  expect(decideImport(stored, incoming, replace).outcome).toBe(outcome);
});

test("a conflict counts the objects that differ and names one", () => {
  expect(decideImport(full, content("x", false, { a: "9", b: "2", z: "1" }), false)).toEqual({ outcome: "conflict", differing: 3, example: "a" });
});
