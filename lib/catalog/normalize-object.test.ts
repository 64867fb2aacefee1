import fc from "fast-check";
import { expect, test } from "vitest";
import { differingFields } from "./compare-objects";
import { normalizeObject } from "./normalize-object";

test("dates, spec versions and false flags say nothing about content", () => {
  const before = { type: "x", modified: "2025", spec_version: "2.1" };
  const after = { revoked: false, x_mitre_deprecated: false, modified: "2026", type: "x", x_mitre_attack_spec_version: "3.3.0" };
  expect(normalizeObject(after)).toBe(normalizeObject(before));
});

test("a true flag and an empty text are content", () => {
  expect(normalizeObject({ a: 1, revoked: true })).not.toBe(normalizeObject({ a: 1 }));
  expect(differingFields('{"a":1,"x_mitre_detection":""}', '{"a":1}')).toEqual(["x_mitre_detection"]);
});

test("a false flag is content where it is not one of the two that come and go", () => {
  expect(normalizeObject({ x_mitre_is_subtechnique: false })).not.toBe(normalizeObject({}));
});

test("reference lists are sets; the order of the matrix is not", () => {
  const list = (key: string, items: unknown[]) => normalizeObject({ [key]: items });
  const sources = [{ name: "a", channel: "b" }, { channel: "d", name: "c" }];
  expect(list("x_mitre_log_sources", [...sources].reverse())).toBe(list("x_mitre_log_sources", sources));
  expect(list("x_mitre_analytic_refs", ["b", "a", "a"])).toBe(list("x_mitre_analytic_refs", ["a", "b"]));
  expect(list("tactic_refs", ["b", "a"])).not.toBe(list("tactic_refs", ["a", "b"]));
});

test("the order of keys never matters, a changed value always does", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4 })), (object) => {
      const turned = Object.fromEntries(Object.entries(object).reverse());
      expect(normalizeObject(turned)).toBe(normalizeObject(object));
      expect(normalizeObject({ ...object, "\uFFFFnew": 1 })).not.toBe(normalizeObject(object));
    }),
  );
});
