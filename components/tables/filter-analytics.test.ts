import { describe, expect, it } from "vitest";
import type { AnalyticRow, AnalyticsView } from "@/lib/reports/analytics-view";
import { type AnalyticsFilter, filterAnalytics } from "./filter-analytics";

const row = (id: string, platform: string, cells: number[], more: Partial<AnalyticRow> = {}): AnalyticRow => ({
  id, name: `Analytic ${id}`, technique: { id: "T1204", name: "User Execution" }, tactics: ["Execution"], platform, components: ["Process Creation"], basis: ["channel"], pips: [],
  cells, weights: cells.map(() => 10), gaps: cells.map(() => 10), heaviest: "", ...more,
});
const view: AnalyticsView = {
  segments: [{ id: "a", name: "A" }, { id: "b", name: "B" }],
  marks: [{ status: "observed", flags: [] }, { status: "partial", flags: ["stale"] }, { status: "blind", flags: [] }],
  rows: [row("AN1", "macOS", [0, 1]), row("AN2", "Windows", [2, -1]), row("AN3", "PRE", [-1, -1])],
};
const none: AnalyticsFilter = { text: "", segment: null, chosen: { status: [], flag: [], platform: [], tactic: [], component: [], basis: [] } };
const ids = (filter: Partial<AnalyticsFilter>) => filterAnalytics(view, { ...none, ...filter }).rows.map((found) => found.row.id);

describe("filtering analytics", () => {
  it("shows every analytic, also one that applies nowhere, while nothing is asked", () => {
    expect(ids({})).toEqual(["AN1", "AN2", "AN3"]);
  });
  it("asks status and flag of the same cell", () => {
    expect(ids({ chosen: { ...none.chosen, status: ["observed"], flag: ["stale"] } })).toEqual([]);
    expect(ids({ chosen: { ...none.chosen, status: ["partial"], flag: ["stale"] } })).toEqual(["AN1"]);
  });
  it("keeps only analytics that apply in the chosen segment", () => {
    expect(ids({ segment: 1 })).toEqual(["AN1"]);
  });
  it("counts cells of a facet under every other facet's choice, so that a choice never empties its own group", () => {
    const { counts, cells } = filterAnalytics(view, { ...none, chosen: { ...none.chosen, status: ["blind"] } });
    expect(cells).toBe(1);
    expect(Object.fromEntries(counts.status)).toEqual({ observed: 1, partial: 1, blind: 1 });
    expect(Object.fromEntries(counts.platform)).toEqual({ Windows: 1 });
  });
  it("finds by every word, whatever the order and case", () => {
    expect(ids({ text: "EXECUTION an2" })).toEqual(["AN2"]);
  });
});
