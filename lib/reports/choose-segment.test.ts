import { describe, expect, it } from "vitest";
import { chooseSegment } from "./choose-segment";

const segment = (id: string, criticality: number, platforms: Record<string, number>) => ({ id, name: id, criticality, platforms: Object.entries(platforms).map(([platform, hosts]) => ({ platform, hosts })) });

describe("the segment an analytic's page opens with", () => {
  it("is where its own platform weighs most, whatever else lives there", () => {
    const segments = [segment("a-mixed", 3, { Windows: 5000, macOS: 10 }), segment("b-macs", 2, { macOS: 400 }), segment("c-studio", 5, { macOS: 100 })];
    expect(chooseSegment(segments, ["macOS"])?.id).toBe("b-macs");
    expect(chooseSegment(segments, ["Windows"])?.id).toBe("a-mixed");
  });
  it("counts criticality, and takes the first by name where two weigh alike", () => {
    expect(chooseSegment([segment("z", 5, { Linux: 10 }), segment("b", 1, { Linux: 40 })], ["Linux"])?.id).toBe("z");
    expect(chooseSegment([segment("z", 1, { Linux: 10 }), segment("b", 1, { Linux: 10 })], ["Linux"])?.id).toBe("b");
    expect(chooseSegment([], ["Linux"])).toBeNull();
  });
});
