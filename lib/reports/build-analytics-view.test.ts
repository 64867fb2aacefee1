import { describe, expect, it } from "vitest";
import type { AlternativeResult, RequirementResult } from "@/lib/assessment/scoring-result";
import { buildAnalyticsView, type ColumnCell } from "./build-analytics-view";

const line = (proven: boolean, claimed: boolean, text: string): AlternativeResult => ({ name: "n", channel: "", family: "f", basis: "channel", evidence: proven ? "events" : "none", met: proven ? "as-cited" : null, proven, claimed, kind: null, records: 0, hosts: 0, reachHosts: 0, claimedHosts: 0, newest: null, why: { code: proven ? "proven" : "source-absent", text } });
const requirement = (name: string, proven: boolean, claimed = false): RequirementResult => ({ component: { id: "DC0001", name }, critical: true, flags: [], best: 0, alternatives: [line(proven, claimed, "no such source")] });
const cell = (more: Partial<ColumnCell>): ColumnCell => ({ analytic: "AN1", segment: 0, status: "partial", flags: [], reach: 0, hosts: 100, requirements: [], ...more });
const segments = [{ id: "a", name: "A", criticality: 3 }, { id: "b", name: "B", criticality: 5 }];
const build = (cells: ColumnCell[]) => buildAnalyticsView({ segments, analytics: [{ id: "AN1", doc: null }], cells });

describe("the analytics table's rows", () => {
  it("weigh the gap by hosts and criticality, and let observed cells lack only the hosts beyond their reach", () => {
    expect(build([cell({ segment: 0 }), cell({ segment: 1, status: "observed", reach: 750_000 })]).rows[0]?.gaps).toEqual([300, 125]);
  });
  it("take pips and reason from the heaviest open cell", () => {
    const [row] = build([cell({ segment: 0, requirements: [requirement("File Creation", false)] }), cell({ segment: 1, requirements: [requirement("Process Creation", true), requirement("Module Load", false, true), requirement("Drive Access", false)] })]).rows;
    expect(row?.pips.map((pip) => pip.state)).toEqual(["proven", "claimed", "missing"]);
    expect(row?.heaviest).toBe("Module Load: no such source +1");
  });
  it("say that the chain does not join where everything is proven", () => {
    expect(build([cell({ flags: ["unjoinable"], requirements: [requirement("File Creation", true)] })]).rows[0]?.heaviest).toContain("does not join");
  });
  it("share marks between equal cells and leave the rest not applicable", () => {
    const view = build([cell({ segment: 0 })]);
    expect(view.marks).toEqual([{ status: "partial", flags: [] }]);
    expect(view.rows[0]?.cells).toEqual([0, -1]);
  });
  it("have no reason where nothing is open", () => {
    expect(build([cell({ status: "observed", reach: 1_000_000 })]).rows[0]?.heaviest).toBe("");
  });
});
