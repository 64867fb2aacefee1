import { describe, expect, it } from "vitest";
import { correlationReferences, serveAnalytics, type ReferredRule } from "./serve-analytics";

const rule = (id: string, sourceId = "s"): ReferredRule => ({ id, sourceId, sigmaId: `id-${id}`, name: `name-${id}` });

describe("the analytics that rules serve", () => {
  it("are those of the correlations that need them as a stage, by id or name, over several steps, in one source", () => {
    const correlations = [{ ...rule("inner"), refersTo: ["name-a", "id-b"] }, { ...rule("outer"), refersTo: ["name-inner", "name-c"] }];
    const found = serveAnalytics([...["a", "b", "c", "inner", "outer"].map((id) => rule(id)), rule("a", "other")], correlations, new Map([["outer", ["AN2"]], ["c", ["AN1"]]]));
    expect(Object.fromEntries(found)).toEqual({ a: ["AN2"], b: ["AN2"], c: ["AN1", "AN2"], inner: ["AN2"], outer: ["AN2"] });
    expect(serveAnalytics([rule("a", "other")], correlations, new Map([["outer", ["AN2"]]])).has("a")).toBe(false);
  });
  it("end where correlations refer to each other in a circle", () => {
    const circle = [{ ...rule("x"), refersTo: ["name-y"] }, { ...rule("y"), refersTo: ["name-x"] }];
    expect(Object.fromEntries(serveAnalytics(circle, circle, new Map([["x", ["AN1"]]])))).toEqual({ x: ["AN1"], y: ["AN1"] });
  });
  it("are read from the correlation at its place in the file", () => {
    const text = "title: a\nname: a\n---\ntitle: b\ncorrelation:\n  type: temporal\n  rules:\n    - a\n    - c\n";
    expect([0, 1, 2].map((position) => correlationReferences(text, position))).toEqual([[], ["a", "c"], []]);
    expect(correlationReferences("{", 0)).toEqual([]);
  });
});
