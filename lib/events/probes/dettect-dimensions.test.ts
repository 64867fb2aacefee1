import { describe, expect, it } from "vitest";
import { dettectDimensions } from "./dettect-dimensions";
import { gradeSources } from "./grade-sources";
import type { GradeContext } from "./probe";
import { CONTEXT, many, rowsOf, T0, type Sketch } from "./testing/run-probes";

function scores(sketches: readonly Sketch[], context: Partial<GradeContext> = {}) {
  const [source] = gradeSources(rowsOf(sketches).map((row) => ({ dataset: "d", ...row })), () => ({ ...CONTEXT, ...context }));
  return Object.fromEntries(dettectDimensions(source?.probes ?? []).map(({ dimension, score }) => [dimension, score]));
}

const start = (i: number, late: number, host: string): Sketch => ({ host, facts: { ingested: T0 + i * 1000 + late }, fields: { ts: "t", user: "ana", image: "a", pid: i, ppid: 1, cmd: "x" } });

describe("the five dimensions", () => {
  it("are read from the probes by quarters, and the latency by how soon it arrives", () => {
    expect(scores(many(100, (i) => start(i, 20_000, `ws-${i % 10}`)), { retentionDays: 90 })).toEqual({ deviceCompleteness: 5, dataFieldCompleteness: 5, timeliness: 5, consistency: 5, retention: 5 });
    expect(scores(many(100, (i) => start(i, 1_800_000, `ws-${i % 3}`)), { retentionDays: 10 })).toMatchObject({ deviceCompleteness: 2, timeliness: 3, retention: 2 });
    expect(scores(many(100, (i) => start(i, 172_800_000, "ws-1")))).toMatchObject({ deviceCompleteness: 1, timeliness: 1 });
  });
  it("lose consistency with times that are absent or whose zone nobody knows", () => {
    expect(scores(many(100, (i) => ({ ...start(i, 1, "ws-1"), ...(i % 2 === 0 ? { zone: "unknown" as const } : {}) })))).toMatchObject({ consistency: 2 });
    expect(scores(many(100, (i) => ({ ...start(i, 1, "ws-1"), ...(i % 4 === 0 ? { ms: null } : {}) })))).toMatchObject({ consistency: 3 });
  });
  it("stay unknown, and not 0, where nothing can be computed or too few records speak", () => {
    expect(scores(many(100, (i) => ({ host: "ws-1", fields: { pid: i } })), { hosts: null })).toMatchObject({ deviceCompleteness: null, timeliness: null, retention: null });
    expect(Object.values(scores(many(10, (i) => start(i, 1, "ws-1")), { retentionDays: 90 }))).toEqual([null, null, null, null, null]);
  });
  it("are 0 only for what is measured and none", () => {
    expect(scores(many(100, (i) => ({ host: "ws-1", fields: { ts: "t", pid: i } })))).toMatchObject({ dataFieldCompleteness: 0 });
  });
});
