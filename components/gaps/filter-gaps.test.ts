import { expect, test } from "vitest";
import { packGaps, type GapLine } from "@/lib/reports/gaps-view";
import { filterGaps, type Chosen } from "./filter-gaps";
import { unpackGaps } from "./unpack-gaps";

const line = (id: number, changes: Partial<GapLine> = {}): GapLine => ({ id, segment: "s1", what: "Process Creation from Sysmon", why: "Nothing comes.", family: "Sysmon", kind: "buy", code: "source-absent", group: "collection", cells: 3, points: 1200, alone: 1, cost: 5000, gain: 2400, state: "open", closing: "", lapsed: false, owner: "", due: "", expires: "", ...changes });
const lines = [line(1), line(2, { state: "done", closing: "proven", segment: "s2" }), line(3, { owner: "Ada", due: "2026-11-20", state: "planned" }), line(4, { state: "open", lapsed: true, due: "2026-12-20", kind: "repair", code: "silent" })];
const rows = unpackGaps(packGaps(lines), [{ id: "s1", name: "Macs" }, { id: "s2", name: "Servers" }]);
const none: Chosen = { state: [], kind: [], segment: [], owner: [], due: [], cause: [], source: [] };
const found = (changes: Partial<Parameters<typeof filterGaps>[1]> = {}) => filterGaps(rows, { text: "", segment: null, chosen: none, today: "2026-11-21", ...changes });
const ids = (changes?: Parameters<typeof found>[0]) => found(changes).rows.map(({ id }) => id);

test("what was packed is unpacked line by line", () => {
  expect(rows.map(({ segmentId, segment: _, ...row }) => ({ ...row, segment: segmentId }))).toEqual(lines.map(({ group: _, ...row }) => row));
  expect(rows.map(({ segment }) => segment)).toEqual(["Macs", "Servers", "Macs", "Macs"]);
});

test("what is done is out of sight until it is asked for, and counted all the while", () => {
  expect(ids()).toEqual([1, 3, 4]);
  expect(found().countsOf("state")).toEqual(new Map([["open", 2], ["done", 1], ["planned", 1]]));
  expect(ids({ chosen: { ...none, state: ["done"] } })).toEqual([2]);
});

test("due dates fall into overdue, soon, later and none; owners and words narrow too", () => {
  expect(ids({ chosen: { ...none, due: ["overdue"] } })).toEqual([3]);
  expect(ids({ chosen: { ...none, due: ["within 30 days"] } })).toEqual([4]);
  expect(ids({ chosen: { ...none, owner: ["Ada"] } })).toEqual([3]);
  expect(ids({ text: "repair g-0004" })).toEqual([4]);
  expect(ids({ segment: "s2", chosen: { ...none, state: ["done"] } })).toEqual([2]);
});
