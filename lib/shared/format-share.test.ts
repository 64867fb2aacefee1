import { describe, expect, it } from "vitest";
import { formatPercents, formatPoints, percentDigits, pointSize } from "./format-share";

describe("shares in print", () => {
  it("never round up to everything or down to nothing", () => {
    expect(percentDigits(999_999)).toBe("99.9");
    expect(percentDigits(1_000_000)).toBe("100.0");
    expect(percentDigits(1)).toBe("< 0.1");
    expect(percentDigits(0)).toBe("0.0");
  });
  it("sign differences, and leave no sign on none", () => {
    expect(formatPoints(45_000)).toBe("+4.5");
    expect(formatPoints(-21_000)).toBe("\u22122.1");
    expect(formatPoints(-100)).toBe("0.0");
  });
  it("give the size of a small gap without calling it nothing", () => {
    expect(pointSize(-45_000)).toBe("4.5");
    expect(pointSize(300)).toBe("< 0.1");
  });
});

it("two shares that a sentence sets against each other are told apart, and equal ones are not", () => {
  expect(formatPercents(233_381, 233_400)).toEqual(["23.3381\u00a0%", "23.3400\u00a0%"]);
  expect(formatPercents(233_381, 240_000)).toEqual(["23.3\u00a0%", "24.0\u00a0%"]);
  expect(formatPercents(500_000, 500_000)).toEqual(["50.0\u00a0%", "50.0\u00a0%"]);
});
