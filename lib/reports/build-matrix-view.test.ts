import { describe, expect, it } from "vitest";
import { columnsOf } from "@/lib/assessment/cell-columns";
import { openRollups } from "@/lib/assessment/rollups";
import type { CellResult } from "@/lib/assessment/scoring-result";
import { statusRank, STATUSES, type Flag, type Status } from "@/lib/assessment/status";
import { makeAnalytic, makeInput, makeSegment } from "@/lib/assessment/testing/make-input";
import { buildMatrixView, type MatrixFacts, type MatrixWish } from "./build-matrix-view";
import type { MatrixView, NumberRow } from "./matrix-view";
import { plainText } from "./sentence";

const EXECUTION = { id: "TA0002", name: "Execution" };
const STEALTH = { id: "TA0005", name: "Stealth" };
const RECON = { id: "TA0043", name: "Reconnaissance" };
const technique = (id: string, name: string, tactics = [EXECUTION]) => ({ id, name, parent: id.includes(".") ? id.slice(0, 5) : null, tactics });
const TECHNIQUES = [technique("T1204", "User Execution", [EXECUTION, STEALTH]), technique("T1204.002", "Malicious File", [EXECUTION, STEALTH]), technique("T1204.001", "Malicious Link", [EXECUTION, STEALTH]), technique("T1047", "Invented Tool"), technique("T1595", "Scanning", [RECON])];
// One analytic each, T1204.002 on two platforms.
const ANALYTICS = [
  { id: "AN1", technique: "T1204", platform: "macOS" },
  { id: "AN2", technique: "T1204.001", platform: "macOS" },
  { id: "AN3", technique: "T1204.002", platform: "macOS" },
  { id: "AN4", technique: "T1204.002", platform: "Windows" },
  { id: "AN5", technique: "T1047", platform: "Windows" },
  { id: "AN6", technique: "T1595", platform: "PRE" },
] as const;
const SEGMENTS = [makeSegment("mac"), makeSegment("mixed", { criticality: 3 })];
const STRIPS = SEGMENTS.map(({ id, name, assets, criticality }, position) => ({ position, id, name, weight: assets * criticality }));

const cell = (segment: number, analytic: number, status: Status, flags: readonly Flag[] = []): CellResult => ({ segment, analytic, status, flags, score: 0, reach: statusRank(status) >= statusRank("observed") ? 500_000 : 0, detail: 0, hosts: 100, weight: 100 * (SEGMENTS[segment]?.criticality ?? 1), lower: 0, upper: 0, linked: analytic === 2 });
const CELLS = [cell(0, 0, "observed"), cell(1, 0, "blind"), cell(0, 1, "validated"), cell(0, 2, "partial", ["stale"]), cell(1, 3, "observed"), cell(1, 4, "declared")];

function build(scopes: readonly [MatrixWish, ...MatrixWish[]], changes: Partial<MatrixFacts> = {}): MatrixView {
  const input = makeInput({ analytics: ANALYTICS.map(({ id, technique: name }) => makeAnalytic(id, { techniques: [name] })), segments: SEGMENTS });
  const columns = columnsOf(input, { cells: CELLS });
  const analytics = ANALYTICS.map(({ id }) => id);
  const docs = new Map(ANALYTICS.map(({ id, technique: of, platform }) => [id, { domain: "enterprise" as const, platforms: [platform], techniques: [{ id: of, name: "", tactics: [] }], logSources: [{ component: { id: "DC1", name: `Component of ${of}` }, name: "", channel: "" }] }]));
  const links = { strategies: ANALYTICS.map(({ id, technique: of }) => ({ id: `DET-${id}`, name: "", techniques: [of], analytics: [id] })), techniques: TECHNIQUES, tactics: [RECON, EXECUTION, STEALTH] };
  return buildMatrixView({ assessment: 7, domain: "enterprise", domains: ["enterprise"], analytics, columns, rollups: openRollups(analytics, columns, links), catalog: { ...links, docs }, segments: STRIPS, everything: true, scopes, overlays: [{ id: "G1", name: "Invented Group", aliases: [], techniques: ["T1204.002", "T9999"] }], ...changes });
}

const fleet = build([null]);
const at = (view: MatrixView, id: string): number => view.techniques.findIndex((one) => one.id === id);
const row = (view: MatrixView, id: string, whole: 0 | 1, platform = -1): NumberRow | undefined => view.scopes[0].techniques.find((one) => one[0] === at(view, id) && one[1] === platform && one[2] === whole);
const statusOf = (found: NumberRow | undefined): Status | undefined => (found === undefined ? undefined : STATUSES[found[3]]);

describe("the matrix as plain data", () => {
  it("places techniques by name, sub-techniques below them by id, and names the tactics that happen outside", () => {
    expect(fleet.techniques.map(({ id, parent }) => [id, parent])).toEqual([["T1047", -1], ["T1595", -1], ["T1204", -1], ["T1204.001", 2], ["T1204.002", 2]]);
    expect(fleet.tactics.map(({ name, external }) => [name, external])).toEqual([["Reconnaissance", true], ["Execution", false], ["Stealth", false]]);
    expect(fleet.techniques[at(fleet, "T1204.002")]).toMatchObject({ tactics: [1, 2], analytics: ["AN3", "AN4"], linked: 1 });
  });
  it("says a technique by itself and with its sub-techniques, each cell once", () => {
    expect(statusOf(row(fleet, "T1204", 0))).toBe("partial"); // observed here, blind there
    expect(row(fleet, "T1204", 0)?.slice(8)).toEqual([0, 1, 0, 0, 1, 0]);
    expect(row(fleet, "T1204", 1)?.slice(8)).toEqual([1, 2, 1, 0, 1, 0]);
    expect(statusOf(row(fleet, "T1204.001", 0))).toBe("validated");
    expect(row(fleet, "T1204.001", 1)).toBeUndefined();
    expect(row(fleet, "T1595", 0)).toBeUndefined(); // nothing applies
  });
  it("takes its shares from the rollups: weighted by hosts, criticality and reach, with k of n", () => {
    const [, , , , , value] = row(fleet, "T1204", 0) ?? [];
    expect(value).toBe(125_000); // 100 x 0.5 of 100 + 300
    expect(fleet.scopes[0].total.uniform.observed).toMatchObject({ k: 3, n: 6 });
    const tactic = fleet.scopes[0].tactics.find(([of, platform]) => of === 1 && platform === -1);
    expect(tactic?.slice(8)).toEqual([1, 2, 1, 1, 1, 0]); // Execution holds every technique once
  });
  it("has the same numbers on each platform alone", () => {
    const windows = fleet.platforms.indexOf("Windows");
    expect(row(fleet, "T1204.002", 0, windows)?.slice(8)).toEqual([0, 1, 0, 0, 0, 0]);
    expect(statusOf(row(fleet, "T1204", 1, windows))).toBe("observed");
    expect(row(fleet, "T1204", 0, windows)).toBeUndefined();
  });
  it("leaves out the rows of a platform that is all there is", () => {
    const mac = build([STRIPS[0] ?? null]);
    expect(mac.scopes[0].only).toBe(mac.platforms.indexOf("macOS"));
    expect(mac.scopes[0].techniques.every(([, platform]) => platform === -1)).toBe(true);
    expect(mac.strips).toBeNull();
  });
  it("draws every technique in every segment of the fleet by the same rule", () => {
    expect(fleet.strips?.segments.map(({ name }) => name)).toEqual(["mac", "mixed"]);
    const strip = (id: string, of: "own" | "whole"): (Status | undefined)[] => [...(fleet.strips?.[of][at(fleet, id)] ?? "")].map((digit) => STATUSES[Number(digit)]);
    expect(strip("T1204", "own")).toEqual(["observed", "blind"]);
    expect(strip("T1204", "whole")).toEqual(["partial", "partial"]);
    expect(strip("T1047", "own")).toEqual(["not-applicable", "declared"]);
  });
  it("carries the flags of the cells, each list once", () => {
    expect(fleet.flagSets).toEqual([[], ["stale"]]);
    expect(row(fleet, "T1204.002", 0)?.[4]).toBe(1);
  });
  it("keeps of a group's techniques those that the matrix holds", () => {
    expect(fleet.overlays).toEqual([{ id: "G1", name: "Invented Group", aliases: [], techniques: [at(fleet, "T1204.002")] }]);
  });
  it("counts as the fleet what the actor may see", () => {
    const own = build([null], { segments: STRIPS.slice(1), everything: false });
    expect(own.scopes[0].total.uniform.observed).toMatchObject({ k: 1, n: 3 });
    expect(own.scopes[0]).toMatchObject({ name: "Fleet", segments: 1 });
  });
});

describe("the sentence of the matrix", () => {
  it("names where least is observed", () => {
    expect(plainText(fleet.say)).toBe("Least in Execution, 3 of 6 cells.");
  });
  it("says of two scopes where they are furthest apart", () => {
    expect(plainText(build([STRIPS[0] ?? null, STRIPS[1] ?? null]).say)).toBe("Furthest apart in Execution: 2 of 3 cells against 1 of 3.");
    expect(plainText(build([null, { ...(STRIPS[0] ?? { position: 0, weight: 0 }), id: "again", name: "Again" }]).say)).toBe("Furthest apart in Execution: 3 of 6 cells against 2 of 3.");
  });
  it("says where nothing applies", () => {
    expect(plainText(build([{ position: 9, id: "none", name: "Nowhere", weight: 0 }]).say)).toBe("Nothing of this matrix applies to Nowhere.");
  });
});
