import { describe, expect, it } from "vitest";
import { toStageFills, toStageRecord } from "./stage-record";

describe("what a stage shows of its records", () => {
  it("names fields as Sigma does, and a group by all its fields", () => {
    const fills = toStageFills({ records: 10, fields: [{ fields: ["image"], filled: 10, redacted: 0 }, { fields: ["user", "pid"], filled: 3, redacted: 4 }] });
    expect(fills.records).toBe(10);
    expect(fills.fields.map(({ field, sigma, filled, redacted }) => [field, sigma, filled, redacted])).toEqual([["image", "Image", 10, 0], ["user or pid", "User or ProcessId", 3, 4]]);
  });
  it("shows no record whose dataset is gone", () => {
    expect(toStageRecord({ dataset: "d", number: 1, kind: "f:k", host: "h", time: null, offset: 0, raw: "", fields: {} }, undefined, { required: [], anyOf: [] })).toBeNull();
  });
});
