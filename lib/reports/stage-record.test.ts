import { describe, expect, it } from "vitest";
import { countFills } from "./stage-record";

const example = (fields: Record<string, string>) => ({ dataset: "d", number: 1, kind: "f:k", host: "h", time: null, offset: 0, raw: "", fields });

describe("how full the required fields of the kept records are", () => {
  it("counts records per field, and any field of a group", () => {
    const fills = countFills([example({ image: "/bin/sh", user: "root" }), example({ image: "/bin/sh" })], { required: ["image", "cmd"], anyOf: [["user", "pid"]] });
    expect(fills.map((fill) => [fill.field, fill.filled])).toEqual([["image", 2], ["cmd", 0], ["user or pid", 1]]);
  });
  it("names fields as Sigma does", () => {
    expect(countFills([], { required: ["image"], anyOf: [] })[0]?.sigma).toBe("Image");
  });
});
