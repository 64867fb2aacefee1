import { expect, test } from "vitest";
import { DEFAULT_POLICY } from "./default-policy";
import { changePolicy, samePolicy } from "./policy";
import { policySchema } from "./scoring-input";

test("the defaults are a valid policy of version 1", () => {
  expect(policySchema.strict().parse(DEFAULT_POLICY)).toEqual(DEFAULT_POLICY);
  expect(DEFAULT_POLICY).toMatchObject({ version: 1, minEvents: 1, minHostsPercent: 5, minHostsCap: 30, freshDays: 30, claimDays: 365, silentHours: 24, validationDays: 90, fillPercent: 95 });
});

test("a change is the next version and touches nothing else", () => {
  expect(changePolicy(DEFAULT_POLICY, ["freshDays = 14", "asCitedOnly=true"])).toEqual({ ...DEFAULT_POLICY, version: 2, freshDays: 14, asCitedOnly: true });
});

test.each([["fillPercent=101"], ["freshDays=0"], ["freshDays=1.5"], ["freshDays=-3"], ["freshDays="], ["__proto__=1"], ["nothing"], ["freshDays=36501"], ["silentHours=999999999"]])("%s is refused by name", (setting) => {
  expect(() => changePolicy(DEFAULT_POLICY, [setting])).toThrow(expect.objectContaining({ code: "INVALID" }));
});

test("a key is given once, and what changes nothing says the same", () => {
  expect(() => changePolicy(DEFAULT_POLICY, ["freshDays=14", "freshDays=20"])).toThrow("given twice");
  expect(samePolicy(DEFAULT_POLICY, changePolicy(DEFAULT_POLICY, ["freshDays=30"]))).toBe(true);
  expect(samePolicy(DEFAULT_POLICY, changePolicy(DEFAULT_POLICY, ["freshDays=31"]))).toBe(false);
});
