import { describe, expect, it } from "vitest";
import type { AlternativeResult, RequirementResult, WhyCode } from "@/lib/assessment/scoring-result";
import type { LineCause } from "@/lib/assessment/stored-cells";
import type { Gap } from "@/lib/gaps/rank-gaps";
import { buildMatrixTechnique, cellsToldOf, type TechniqueCell, type TechniqueDetail, type TechniqueFacts } from "./build-matrix-technique";

const line = (code: WhyCode, changes: Partial<AlternativeResult> = {}): AlternativeResult => ({ name: "n", channel: "", family: "windows-sysmon", basis: "channel", evidence: "none", met: code === "proven" ? "equivalent" : null, proven: code === "proven", claimed: code === "claimed-only", kind: null, records: 0, hosts: code === "proven" ? 90 : 0, reachHosts: 0, claimedHosts: 0, newest: null, why: { code, text: `because ${code}` }, ...changes });
const requirement = (name: string, code: WhyCode): RequirementResult => ({ component: { id: `DC-${name}`, name }, critical: true, flags: [], best: 0, alternatives: [line(code)] });
const causeOf = ({ component, critical, alternatives: [best] }: RequirementResult): LineCause => ({ component, critical, best: best === undefined ? null : { family: best.family, proven: best.proven, code: best.why.code } });
const DETAILS = new Map<TechniqueCell, TechniqueDetail>(); // of every cell made here
const cell = ({ requirements = [requirement("Process Creation", "source-absent")], joins = [], ...changes }: Partial<TechniqueCell & TechniqueDetail> = {}): TechniqueCell => {
  const made = { analytic: "AN1", segment: 0, status: "blind" as const, flags: [], hosts: 100, reach: 0, lines: requirements.map(causeOf), ...changes };
  DETAILS.set(made, { requirements, joins });
  return made;
};
const gap = (changes: Partial<Gap> = {}): Gap => ({ segmentId: "b", segment: "B", kind: "configure", code: "source-absent", component: { id: "DC-Process Creation", name: "Process Creation" }, family: "windows-sysmon", what: "Process Creation from Sysmon", why: "nobody sends it", points: 1, cells: 4, alone: 2, alonePoints: 1, analytics: [], ...changes });
const SEGMENTS = [{ id: "a", name: "A", criticality: 1 }, { id: "b", name: "B", criticality: 5 }];
const build = (changes: Partial<TechniqueFacts>) => buildMatrixTechnique({ id: "T1", url: null, analytics: [{ id: "AN1", technique: "T1", platforms: ["Windows"] }, { id: "AN2", technique: "T1.001", platforms: ["macOS"] }], segments: SEGMENTS, scope: null, cells: [], details: DETAILS, gaps: [], ...changes });

describe("what the panel says of a technique", () => {
  it("shows each analytic by its cells in the scope, with the lines of the heaviest open one", () => {
    const view = build({ cells: [cell({ status: "observed", reach: 900_000, requirements: [requirement("Process Creation", "proven")] }), cell({ segment: 1, flags: ["stale"] })] });
    expect(view.analytics).toMatchObject([{ id: "AN1", status: "partial", flags: ["stale"], k: 1, n: 2, segment: { name: "B" }, lines: [{ component: "Process Creation", state: "missing", hosts: 0, of: 100, why: "because source-absent" }] }]);
    expect(build({ cells: [cell({ status: "observed", requirements: [requirement("Process Creation", "proven")] })] }).analytics[0]?.lines).toMatchObject([{ state: "proven", met: "equivalent", hosts: 90, why: "" }]);
  });
  it("groups what is missing as gaps do: one cause over two cells of two segments", () => {
    const both = [requirement("Process Creation", "source-absent"), requirement("File Creation", "claimed-only")];
    const view = build({ cells: [cell({ requirements: both }), cell({ segment: 1 })] });
    expect(view.open).toBe(2);
    expect(view.causes.map(({ what, cells, segments }) => [what.split(" from ")[0], cells, segments])).toEqual([["Process Creation", 2, 2], ["File Creation", 1, 1]]);
  });
  it("names a chain that does not join, once every stage is proven", () => {
    const stuck = cell({ status: "partial", flags: ["unjoinable"], requirements: [requirement("Process Creation", "proven")], joins: [{ edge: "1-2", state: "not-joined", because: "no shared key" }] });
    const view = build({ cells: [stuck] });
    expect(view.causes).toMatchObject([{ what: "Join keys", cells: 1 }]);
    expect(view.analytics[0]?.joins).toEqual([{ edge: "1-2", because: "no shared key" }]);
  });
  it("asks for the words of the heaviest cell of each analytic and cause, and of those that lack nothing else", () => {
    const proven = [requirement("Process Creation", "proven")];
    const [light, heavy, other, whole, fine] = [cell({ hosts: 1 }), cell({ segment: 1 }), cell({ hosts: 3, requirements: [requirement("File Creation", "claimed-only")] }), cell({ hosts: 2, requirements: proven }), cell({ status: "observed", reach: 1_000_000, requirements: proven })];
    const facts = { id: "T1", url: null, analytics: [], segments: SEGMENTS, scope: null };
    expect(cellsToldOf({ ...facts, cells: [fine, whole, light, other, heavy] })).toEqual([heavy, other, whole]);
    expect(cellsToldOf({ ...facts, cells: [light, cell({ segment: 1 })], scope: 0 })).toEqual([light]);
  });
  it("tells why in the words of the heaviest cell with that cause", () => {
    const worded = (text: string): RequirementResult[] => [{ ...requirement("Process Creation", "source-absent"), alternatives: [line("source-absent", { why: { code: "source-absent", text } })] }];
    expect(build({ cells: [cell({ requirements: worded("of the light one") }), cell({ segment: 1, requirements: worded("of the heavy one") })] }).causes).toMatchObject([{ why: "of the heavy one", cells: 2 }]);
  });
  it("offers the ranked gap with the same cause that unlocks most by itself, of the segments in scope only", () => {
    const cells = [cell(), cell({ segment: 1 })];
    const gaps = [gap({ segmentId: "a", segment: "A", alone: 1 }), gap(), gap({ alone: 9, family: "linux-auditd" }), gap({ alone: 9, kind: "none" })];
    expect(build({ cells, gaps }).unlock).toMatchObject({ segment: { id: "b" }, alone: 2 });
    expect(build({ cells, gaps, scope: 0 }).unlock).toMatchObject({ segment: { id: "a" }, alone: 1 });
    expect(build({ cells: [cell()], gaps: [gap()] }).unlock).toBeNull();
  });
  it("shows every segment where anything of it applies, by the same rule, whatever the scope", () => {
    const view = build({ scope: 0, cells: [cell({ status: "validated" }), cell({ analytic: "AN2", status: "observed" }), cell({ segment: 1 })] });
    expect(view.segments).toEqual([{ id: "a", name: "A", status: "observed", flags: [], k: 2, n: 2 }, { id: "b", name: "B", status: "blind", flags: [], k: 0, n: 1 }]);
    expect(view.analytics.map(({ id, technique }) => [id, technique])).toEqual([["AN1", "T1"], ["AN2", "T1.001"]]);
    expect(view.open).toBe(0);
  });
});
