import { expect, test } from "vitest";
import { readRefusal } from "./read-refusal";

test("a refusal at a field is shown without the field's name in front, and one without a field whole", () => {
  expect(readRefusal({ message: "owner: A target needs somebody.", place: { field: "owner" } })).toEqual({ field: "owner", message: "A target needs somebody." });
  expect(readRefusal({ message: "It was withdrawn already.", place: {} })).toEqual({ field: "", message: "It was withdrawn already." });
});
