import { expect, test } from "vitest";
import { readCompareQuery } from "./read-compare-query";

test("an address without choices means the newest assessment, the one before it, and every cell", () => {
  expect(readCompareQuery({})).toEqual({ a: null, b: null, filter: { segment: null, from: null, to: null, part: null, page: 1 } });
});

test("the assessment that was chosen for every page is the later one, unless the address names its own", () => {
  expect(readCompareQuery({ assessment: "7" }).b).toBe(7);
  expect(readCompareQuery({ assessment: "7", b: "5", a: "3" })).toMatchObject({ a: 3, b: 5 });
});

test("a number that is none is an assessment that does not exist, and a filter that is none is left out", () => {
  expect(readCompareQuery({ a: "x1", b: "-2", from: "seen", to: "observed", part: "weather", page: "0" })).toEqual({ a: -1, b: -1, filter: { segment: null, from: null, to: "observed", part: null, page: 1 } });
  expect(readCompareQuery({ part: ["time", "fleet"], page: "3" }).filter).toMatchObject({ part: null, page: 3 });
});
