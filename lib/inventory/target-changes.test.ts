import { expect, test } from "vitest";
import { readTargetChanges } from "./target-changes";

const at = new Date("2026-11-21T12:00:00Z");
const target = { value: 600_000, date: "2026-12-01", owner: "Ada" };
const read = (action: string, detail: unknown) => readTargetChanges([{ at, actor: "ben", action, detail }]);

test("a target is set with a segment, by an edit, or by itself with a reason; what leaves it alone says nothing", () => {
  expect(read("segment.create", { name: "Servers", target })).toEqual([{ at: at.toISOString(), by: "ben", from: null, to: target, reason: "" }]);
  expect(read("segment.edit", { before: { target }, after: { target: null } })).toMatchObject([{ from: target, to: null }]);
  expect(read("target.set", { before: target, after: { ...target, value: 700_000 }, reason: "agreed" })).toMatchObject([{ to: { value: 700_000 }, reason: "agreed" }]);
  expect(read("segment.create", { name: "Servers", target: null })).toEqual([]);
  expect(read("segment.edit", { before: { name: "A", target }, after: { name: "B", target } })).toEqual([]);
});

test("entries of another shape, or of another kind, are passed over", () => {
  expect(read("segment.edit", { before: 3 })).toEqual([]);
  expect(read("segment.retire", { before: { target }, after: { target: null } })).toEqual([]);
});
