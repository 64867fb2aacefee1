import { expect, test } from "vitest";
import { readDatasetFilter } from "./read-dataset-filter";

test("an address narrows the files by name, segment, origin and refusals", () => {
  expect(readDatasetFilter({ q: " sysmon ", segment: "s1", origin: "lab", refused: "1", page: "3" })).toEqual({ text: "sysmon", segment: "s1", origin: "lab", refused: true, page: 3 });
});

test.each([[{}], [{ q: "  ", segment: "", origin: "somewhere", refused: "yes", page: "0" }], [{ q: ["a", "b"], page: "1e99" }], [{ page: "two" }]])("what cannot be read asks nothing: %j", (given) => {
  expect(readDatasetFilter(given)).toEqual({ text: "", segment: null, origin: null, refused: false, page: 1 });
});
