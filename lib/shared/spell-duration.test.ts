import { expect, test } from "vitest";
import { spellDuration } from "./spell-duration";

test("a span is spelt to the millisecond, largest unit first", () => {
  expect([0, 1, 250, 40_000, 61_000, 3_600_000, 87_120_000, 172_800_001].map(spellDuration)).toEqual(["0 s", "0.001 s", "0.25 s", "40 s", "1 min 1 s", "1 h", "1 day 12 min", "2 days 0.001 s"]);
});
