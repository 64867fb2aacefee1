import { describe, expect, it } from "vitest";
import { findSilent } from "./find-silent";
import { NOTHING_FOUND, type CheckRun, type StoredCheck } from "./stored-check";

const SEGMENT = { id: "s", name: "Desks", assets: 5, population: {}, records: 1, examples: 1, unlooked: 0 };
const run = (id: string, freshFrom: string, segments: readonly string[] = ["s"]): CheckRun => ({ id, at: "2026-03-10T00:00:00.000Z", freshFrom, actor: "x", inputDigest: id, segments: segments.map((one) => ({ ...SEGMENT, id: one })), counts: {} });
const check = (state: StoredCheck["state"], newest: string | null = "2026-03-09T00:00:00.000Z", segmentId = "s"): StoredCheck => ({ ruleId: "r", segmentId, state, field: null, hosts: 1, hostsOf: 5, detail: { ...NOTHING_FOUND, newest } });
const FRESH = "2026-03-01T00:00:00.000Z";
const before = { run: run("1", FRESH), rows: [check("can-fire")] };
const silent = (rows: readonly StoredCheck[], { freshFrom = FRESH, segments = ["s"], exists = ["r"], earlier = before }: { freshFrom?: string; segments?: readonly string[]; exists?: readonly string[]; earlier?: typeof before } = {}) => findSilent(earlier, { run: run("2", freshFrom, segments), rows }, new Set(exists));

describe("a rule became silent", () => {
  it.each(["key-never-seen", "field-empty", "field-unmapped", "refused"] as const)("when it could fire and is now %s", (state) => {
    expect(silent([check(state)])).toEqual([{ ruleId: "r", segmentId: "s", before: check("can-fire"), now: check(state), stale: false }]);
  });
  it("when no record of its source comes any more, which has no row", () => {
    expect(silent([])).toMatchObject([{ ruleId: "r", now: null, stale: false }]);
  });
  it("when its records are no longer fresh", () => {
    expect(silent([check("can-fire")], { freshFrom: "2026-03-09T12:00:00.000Z" })).toMatchObject([{ now: { state: "can-fire" }, stale: true }]);
  });
  it("not while it can fire, and not in another segment", () => {
    expect(silent([check("can-fire")])).toEqual([]);
    expect(silent([check("can-fire"), check("field-empty", null, "t")], { segments: ["s", "t"] })).toEqual([]);
  });
  it("not when it could not fire before, or on old records alone", () => {
    expect(silent([], { earlier: { ...before, rows: [check("field-empty")] } })).toEqual([]);
    expect(silent([], { earlier: { ...before, rows: [check("can-fire", "2026-02-01T00:00:00.000Z")] } })).toEqual([]);
  });
  it("not when the rule or the segment was taken away", () => {
    expect(silent([], { exists: [] })).toEqual([]);
    expect(silent([], { segments: [] })).toEqual([]);
  });
});
