import { describe, expect, it } from "vitest";
import { NO_SEGMENT } from "@/components/segments/segment-form";
import { readSegmentFields, readTargetFields } from "./read-segment-fields";

describe("a segment's form", () => {
  it("reads platforms with and without a count", () => {
    expect(readSegmentFields({ ...NO_SEGMENT, platforms: "Windows=300; Linux" }).platforms).toEqual([{ name: "Windows", hosts: 300 }, { name: "Linux", hosts: null }]);
  });
  it("reads a target in percent as millionths, and none as none", () => {
    expect(readSegmentFields({ ...NO_SEGMENT, target: "62.5", targetOwner: "J. Doe" }).target).toEqual({ value: 625_000, date: null, owner: "J. Doe" });
    expect(readSegmentFields(NO_SEGMENT).target).toBeNull();
  });
  it("leaves what is no number to be refused, and does not call it 0", () => {
    expect(readSegmentFields({ ...NO_SEGMENT, assets: "many" }).assets).toBeNaN();
  });

  it("reads the form of a target: percent with a point or a comma, and an empty share as none", () => {
    const fields = { share: " 62,5 ", date: "2027-05-31", owner: "Ada", reason: "agreed" };
    expect(readTargetFields(fields)).toEqual({ reason: "agreed", target: { value: 625_000, date: "2027-05-31", owner: "Ada" } });
    expect(readTargetFields({ ...fields, share: " ", date: "" }).target).toBeNull();
    expect(readTargetFields({ ...fields, share: "half" }).target?.value).toBeNaN();
  });
});
