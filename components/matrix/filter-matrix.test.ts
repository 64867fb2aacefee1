import { describe, expect, it } from "vitest";
import type { Status } from "@/lib/assessment/status";
import type { MatrixScope, MatrixTechnique, MatrixView, NumberRow } from "@/lib/reports/matrix-view";
import { describeRows } from "./describe-row";
import { filterMatrix, type MatrixFilter } from "./filter-matrix";
import { standLayer } from "./layer-stands";
import { layOut, movePlace, windowOf } from "./lay-out";
import { openGains } from "./open-gains";
import { readNumbers } from "./read-numbers";
import { sortRows } from "./sort-rows";
import { subBar } from "./sub-bar";

const STATUSES: readonly Status[] = ["not-applicable", "unassessable", "blind", "declared", "partial", "observed", "validated"];
const number = (of: number, status: Status, whole: 0 | 1 = 0, platform = -1, flags = 0): NumberRow => [of, platform, whole, STATUSES.indexOf(status), flags, status === "observed" ? 500_000 : 0, 0, 0, 0, status === "observed" ? 1 : 0, status === "partial" ? 1 : 0, 0, status === "blind" ? 1 : 0, 0];
const technique = (id: string, name: string, parent: number, changes: Partial<MatrixTechnique> = {}): MatrixTechnique => ({ id, name, parent, tactics: [0], components: [0], analytics: [`AN-${id}`], linked: 0, ...changes });

/** 0 Alone, in two tactics; 1 Family with 2 and 3 below; 4 Elsewhere, of which nothing applies. */
const TECHNIQUES = [technique("T1000", "Alone", -1, { tactics: [0, 1], linked: 1 }), technique("T1001", "Family", -1), technique("T1001.001", "First child", 1, { components: [1] }), technique("T1001.002", "Second child", 1), technique("T1002", "Elsewhere", -1, { tactics: [2] })];
const total = { applicable: 0, counts: { "not-applicable": 0, unassessable: 0, blind: 0, declared: 0, partial: 0, observed: 0, validated: 0 }, observed: { value: null, low: null, high: null, k: 0, n: 0 }, validated: { value: null, low: null, high: null, k: 0, n: 0 }, byComponent: null, uniform: { observed: { value: null, low: null, high: null, k: 0, n: 0 }, validated: { value: null, low: null, high: null, k: 0, n: 0 } } };
const scope = (techniques: readonly NumberRow[], changes: Partial<MatrixScope> = {}): MatrixScope => ({ segment: "a", name: "A", segments: 1, only: -1, total, techniques, tactics: [], totals: [], ...changes });
const ROWS = [number(0, "observed"), number(0, "observed", 0, 0), number(1, "observed"), number(1, "partial", 1, -1, 1), number(2, "observed"), number(3, "blind")];
const view = (scopes: MatrixView["scopes"] = [scope(ROWS)]): MatrixView => ({
  assessment: 1,
  domain: "enterprise",
  domains: ["enterprise"],
  statuses: STATUSES,
  flagSets: [[], ["stale"]],
  platforms: ["macOS", "Windows"],
  components: ["Process Creation", "File Creation"],
  segments: [],
  tactics: [{ id: "TA1", name: "One", external: false }, { id: "TA2", name: "Two", external: false }, { id: "TA3", name: "Outside", external: true }],
  techniques: TECHNIQUES,
  analytics: 5,
  scopes,
  strips: null,
  overlays: [{ id: "G1", name: "Group", aliases: [], techniques: [3] }],
  layers: [],
  layer: null,
  projection: null,
  say: [],
});
const NOTHING: MatrixFilter = { text: "", chosen: { status: [], flag: [], component: [], rule: [], differs: [], layer: [] }, inapplicable: false, overlay: null, allOpen: false, open: new Set() };
const filter = (changes: Partial<MatrixFilter> = {}, of = view()) => filterMatrix(of, of.scopes.map((one) => readNumbers(of, one, -1)), { ...NOTHING, ...changes });
const shown = (changes: Partial<MatrixFilter> = {}, of = view()): string[] => filter(changes, of).rows.map((row) => `${TECHNIQUES[row.technique]?.id ?? ""}${row.whole && row.below > 0 ? "+" : ""}${row.aside ? "?" : ""}`);
const chosen = (facets: Partial<MatrixFilter["chosen"]>): Partial<MatrixFilter> => ({ chosen: { ...NOTHING.chosen, ...facets } });

describe("what is left of the matrix", () => {
  it("is every technique of which something applies, families folded", () => {
    expect(shown()).toEqual(["T1000", "T1001+"]);
    expect(shown({ inapplicable: true })).toEqual(["T1000", "T1001+", "T1002"]);
    expect(filter()).toMatchObject({ techniques: 2, subs: 2 });
  });
  it("judges a folded technique with its sub-techniques and an open one by itself", () => {
    expect(shown(chosen({ status: ["partial"] }))).toEqual(["T1001+"]);
    expect(shown({ ...chosen({ status: ["partial"] }), allOpen: true })).toEqual([]);
    expect(shown({ ...chosen({ status: ["observed"] }), open: new Set(["T1001"]) })).toEqual(["T1000", "T1001", "T1001.001"]);
  });
  it("opens a parent aside where only sub-techniques match, and shows those alone", () => {
    expect(shown(chosen({ status: ["blind"] }))).toEqual(["T1001?", "T1001.002"]);
    expect(shown({ text: "first" })).toEqual(["T1001?", "T1001.001"]);
    expect(filter({ text: "first" })).toMatchObject({ techniques: 0, subs: 1 });
  });
  it("finds by analytic and by component, words joined by and", () => {
    expect(shown({ text: "an-t1000" })).toEqual(["T1000"]);
    expect(shown({ text: "family process" })).toEqual(["T1001+"]);
    expect(shown({ text: "alone file" })).toEqual([]);
  });
  it("joins facets by and, values of one by or", () => {
    expect(shown(chosen({ rule: ["linked"] }))).toEqual(["T1000"]);
    expect(shown(chosen({ rule: ["linked", "none"], status: ["observed", "partial"] }))).toEqual(["T1000", "T1001+"]);
    expect(shown(chosen({ flag: ["stale"], component: ["File Creation"] }))).toEqual(["T1001+"]);
  });
  it("counts for each value what the other facets would leave", () => {
    expect(filter(chosen({ status: ["blind"] })).counts.status).toEqual(new Map([["observed", 2], ["partial", 1], ["blind", 1]]));
  });
  it("keeps what chosen groups use, a family by its sub-techniques", () => {
    expect(shown({ overlay: new Set([3]) })).toEqual(["T1001+"]);
    expect(shown({ overlay: new Set([3]), allOpen: true })).toEqual(["T1001?", "T1001.002"]);
  });
  it("keeps techniques by how a layer stands beside what is proven, those without a cell too when they are asked for", () => {
    const of = view();
    const stands = standLayer(of, readNumbers(of, of.scopes[0], -1), { id: "l", name: "Theirs", marked: 2, entries: [3, 4].map((position) => ({ technique: position, marked: true, score: 1, comment: "" })), outside: [] });
    expect(shown({ stands, ...chosen({ layer: ["only-theirs"] }), allOpen: true }, of)).toEqual(["T1001?", "T1001.002"]);
    expect(shown({ stands, ...chosen({ layer: ["not-applicable"] }) }, of)).toEqual(["T1002"]);
    expect(filter({ stands }, of).counts.layer).toEqual(new Map([["only-ours", 3], ["only-theirs", 2]]));
  });
  it("tells side by side what differs", () => {
    const two = view([scope(ROWS), scope([number(0, "blind"), number(1, "observed"), number(1, "partial", 1), number(2, "observed"), number(3, "blind")], { segment: "b", name: "B" })]);
    expect(shown(chosen({ differs: ["status"] }), two)).toEqual(["T1000"]);
    expect(shown(chosen({ status: ["blind"] }), two)).toEqual(["T1000", "T1001?", "T1001.002"]);
  });
});

describe("the numbers of a platform", () => {
  it("are its own rows, and nothing applies where it has none", () => {
    const of = view();
    const mac = readNumbers(of, of.scopes[0], 0);
    expect([mac.own(0)?.status, mac.own(1)]).toEqual(["observed", undefined]);
  });
  it("are those of all platforms where it is all there is", () => {
    const of = view([scope(ROWS, { only: 1 })]);
    expect(readNumbers(of, of.scopes[0], 1).whole(1)).toMatchObject({ status: "partial", k: 0, n: 1, flags: ["stale"] });
  });
});

describe("the grid", () => {
  const columns = [{ rows: [1, 2, 3] }, { rows: [] }, { rows: [1] }];
  it("lays a technique into each of its tactics and leaves external tactics out until something of them is shown", () => {
    expect(layOut(view(), filter()).map(({ tactic, rows }) => [tactic, rows.length])).toEqual([[0, 2], [1, 1]]);
    expect(layOut(view(), filter({ inapplicable: true })).map(({ tactic }) => tactic)).toEqual([0, 1, 2]);
  });
  it("is walked with arrows: empty columns are passed over, a shorter one is entered at its end", () => {
    expect(movePlace(columns, { column: 0, row: 2 }, "ArrowRight", false)).toEqual({ column: 2, row: 0 });
    expect(movePlace(columns, { column: 2, row: 0 }, "ArrowRight", false)).toEqual({ column: 2, row: 0 });
    expect(movePlace(columns, { column: 0, row: 2 }, "ArrowDown", false)).toEqual({ column: 0, row: 2 });
    expect(movePlace(columns, { column: 2, row: 0 }, "Home", true)).toEqual({ column: 0, row: 0 });
    expect(movePlace(columns, { column: 0, row: 0 }, "x", false)).toBeNull();
  });
  it("draws what is in sight and a little beside it", () => {
    const box = { left: 450, top: 380, width: 400, height: 190 };
    expect(windowOf(box, { width: 200, height: 38 }, { columns: 15, rows: 34 })).toEqual({ firstColumn: 1, lastColumn: 5, firstRow: 4, lastRow: 20 });
    expect(windowOf(box, { width: 200, height: 38 }, { columns: 3, rows: 5 })).toMatchObject({ lastColumn: 2, lastRow: 4 });
  });
});

describe("a row in words", () => {
  const of = view();
  const describeRow = describeRows(of, [readNumbers(of, of.scopes[0], -1)], [...of.overlays]);
  const rowOf = (id: string) => filter({}).rows.find(({ technique: at }) => TECHNIQUES[at]?.id === id);
  it("names status, share, count, sub-techniques and the groups that use it", () => {
    const family = rowOf("T1001");
    expect(family && describeRow(family).label).toBe("T1001 Family, with 2 sub-techniques: partial, stale; 0.0 percent by weight, 0 of 1 cell observed. sub-techniques: 1 observed, 1 blind. used by Group");
  });
  it("draws sub-techniques as parts of one bar, most proof first, the blind part empty", () => {
    expect(subBar(["blind", "observed", "not-applicable"])).toBe("linear-gradient(to right, var(--st-observed) 0% calc(50% - 1px), var(--surface) calc(50% - 1px) 50%, var(--line-2) 50% 100%)");
    expect(subBar(["not-applicable"])).toBe("none");
  });
  it("sorts with nothing to divide by last either way", () => {
    const all = filter({ inapplicable: true });
    const ids = (sort: string): (string | undefined)[] => sortRows(of, all.rows, describeRow, sort).map((row) => TECHNIQUES[row.technique]?.id);
    expect(ids("share0")).toEqual(["T1001", "T1000", "T1002"]);
    expect(ids("-share0")).toEqual(["T1000", "T1001", "T1002"]);
    expect(ids("-name")).toEqual(["T1001", "T1002", "T1000"]);
  });
});

describe("a choice that is thought through", () => {
  const projected = (): MatrixView => ({ ...view(), projection: { state: "projected", name: "Sysmon", scenario: null, sources: ["windows-sysmon"], say: [], scopes: [[["AN-T1001.001", 1, 3, 1], ["AN-T1000", 0, 2, 0]]] } });

  it("adds to a technique what it adds to its sub-techniques while they are folded, each cell once, and nothing to others", () => {
    const of = projected();
    const gains = openGains(of, -1);
    expect([0, 1, 2, 3, 4].map((index) => [gains?.of(index, 0, false), gains?.of(index, 0, true)])).toEqual([[2, 2], [0, 3], [3, 3], [0, 0], [0, 0]]);
    expect([...(gains?.techniques ?? [])]).toEqual([0, 2]);
    expect(openGains(of, 1)?.of(0, 0, true)).toBe(0); // on one platform only its own
    expect(openGains(view(), -1)).toBeNull();
  });

  it("is said of every cell in words, leaves its number as it is, and can be all that is shown", () => {
    const of = projected();
    const [numbers, gains] = [[readNumbers(of, of.scopes[0], -1)], openGains(of, -1)];
    const found = filterMatrix(of, numbers, { ...NOTHING, gaining: gains?.techniques ?? null });
    expect(found.rows.map(({ technique: index }) => index)).toEqual([0, 1]);
    const [alone, plain] = [gains, null].map((given) => describeRows(of, numbers, [], null, given)(found.rows[0] ?? { technique: 0, whole: true, below: 0, open: false, aside: false }));
    expect(alone?.label).toContain("2 cells more would be observed (projected)");
    expect(alone?.numbers).toEqual(plain?.numbers);
    expect([alone?.gained, plain?.gained]).toEqual([[2], []]);
  });
});
