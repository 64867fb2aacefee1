import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const FILES = ["./properties.test.ts", "./rollups.test.ts", "./build-scoring-input.test.ts", "../operations/assessment.db.test.ts"];

/** Numbers of the properties that the names of tests begin with. */
function numbersIn(source: string): number[] {
  return [...source.matchAll(/\btest\("(P\d+(?:, P\d+)*): /g)].flatMap(([, names]) => (names ?? "").split(", ").map((name) => Number(name.slice(1))));
}

test("each of the sixteen properties of docs/scoring.md has a test that is named by its number", () => {
  expect(numbersIn('test("P8, P11: the number", () => {}); test("what is not one", () => {});')).toEqual([8, 11]);
  const tested = new Set(FILES.flatMap((file) => numbersIn(readFileSync(fileURLToPath(new URL(file, import.meta.url)), "utf8"))));
  expect([...tested].sort((a, b) => a - b)).toEqual(Array.from({ length: 16 }, (_, index) => index + 1));
});
