import { expect, test } from "vitest";
import { sameDomains } from "./same-domains";

const of = (...domains: string[]) => ({ domains });

test("assessments are of the same domains in whatever order they name them", () => {
  expect(sameDomains(of("enterprise", "ics"), of("ics", "enterprise"))).toBe(true);
  expect(sameDomains(of("enterprise"), of("enterprise"))).toBe(true);
});

test("one that looked at fewer domains, or at another, is not of the same", () => {
  expect(sameDomains(of("enterprise"), of("enterprise", "ics"))).toBe(false);
  expect(sameDomains(of("enterprise", "ics"), of("enterprise"))).toBe(false);
  expect(sameDomains(of("ics"), of("mobile"))).toBe(false);
});
