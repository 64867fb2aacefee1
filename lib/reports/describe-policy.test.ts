import { describe, expect, it } from "vitest";
import { DEFAULT_POLICY } from "@/lib/assessment/default-policy";
import { POLICY_KEYS } from "@/lib/assessment/policy";
import { describePolicy } from "./describe-policy";

describe("a policy in words", () => {
  it("has a line for every setting that can be changed, with its value", () => {
    const lines = describePolicy({ ...DEFAULT_POLICY, freshDays: 1, contradictionRecords: 2500 });
    expect(lines.map(({ key }) => key).sort()).toEqual([...POLICY_KEYS].sort());
    expect(lines.find(({ key }) => key === "freshDays")?.says).toContain("at most 1 day old");
    expect(lines.find(({ key }) => key === "contradictionRecords")?.value).toBe("2\u202f500");
  });
  it("says the opposite of a switch that is thrown", () => {
    const says = (asCitedOnly: boolean) => describePolicy({ ...DEFAULT_POLICY, asCitedOnly }).find(({ key }) => key === "asCitedOnly")?.says;
    expect(says(true)).toContain("Only records");
    expect(says(false)).toContain("equivalent");
  });
});
