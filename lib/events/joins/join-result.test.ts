import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SeriesInterner } from "../intern-series";
import { RecordView } from "../probes/record-view";
import { many, records, T0, type Sketch } from "../probes/testing/run-probes";
import { joinIndexVisitor } from "../visitors/join-index";
import { decodeJoinIndex, encodeJoinIndex, MOST_JOIN_KEYS, type JoinIndex } from "./join-index";
import { joinResult, type JoinEdge } from "./join-result";

const START = "windows-sysmon:1";
const CONNECT = "windows-sysmon:3";
const WRITE = "windows-sysmon:11";

function indexOf(sketches: readonly Sketch[]): JoinIndex {
  const visitor = joinIndexVisitor(new RecordView(new SeriesInterner()));
  let state = visitor.start();
  for (const record of records(sketches)) state = visitor.record(state, record, record.host ?? "");
  return visitor.finish(state);
}

const files = (...all: readonly (readonly Sketch[])[]) => all.map((sketches, i) => ({ dataset: `d${i + 1}`, index: indexOf(sketches) }));
const edge = (more: Partial<JoinEdge> = {}): JoinEdge => ({ id: "start-connect", from: [START], to: [CONNECT], by: "process", ordered: true, windowMs: 60_000, ...more });
const start = (uid: string, seconds: number, more: Partial<Sketch> = {}): Sketch => ({ kind: START, ms: T0 + seconds * 1000, fields: { proc_uid: uid, pid: 7, user: "ana" }, ...more });
const connect = (uid: string, seconds: number, more: Partial<Sketch> = {}): Sketch => ({ kind: CONNECT, ms: T0 + seconds * 1000, fields: { proc_uid: uid, pid: 7, user: "ana" }, ...more });

describe("an edge of a chain", () => {
  it("joins records of one process, with the two records that prove it", () => {
    expect(joinResult(files([start("{a}", 0), connect("{b}", 1), connect("{a}", 2)]), edge())).toEqual({
      state: "joined",
      witness: { from: { dataset: "d1", record: 1, ms: T0 }, to: { dataset: "d1", record: 3, ms: T0 + 2000 } },
    });
  });
  it("joins over files: the start in one, the connection in another", () => {
    expect(joinResult(files([start("{a}", 0)], [connect("{a}", 2)]), edge())).toMatchObject({ state: "joined", witness: { from: { dataset: "d1" }, to: { dataset: "d2" } } });
  });
  it.each([
    ["another process", [start("{a}", 0), connect("{b}", 2)], {}],
    ["the wrong order", [start("{a}", 9), connect("{a}", 2)], {}],
    ["outside the window", [start("{a}", 0), connect("{a}", 90)], {}],
    ["the same id on another host", [start("{a}", 0), connect("{a}", 2, { host: "ws-2" })], {}],
    ["no host, so no process", [start("{a}", 0, { host: "" }), connect("{a}", 2, { host: "" })], {}],
    ["no time, so no order", [start("{a}", 0, { ms: null }), connect("{a}", 2)], {}],
    ["nothing of the second kind", [start("{a}", 0)], {}],
    ["the parent's key, where the process itself is asked for", [start("{a}", 0), { kind: START, ms: T0 + 2000, fields: { proc_uid: "{b}" }, facts: { parentKey: "{a}" } }], { to: [START], ordered: true, windowMs: 1 }],
  ] as const)("does not join by %s", (_, sketches, more) => {
    expect(joinResult(files(sketches), edge(more))).toMatchObject({ state: "not-joined" });
  });
  it("takes either order when none is asked for", () => {
    expect(joinResult(files([start("{a}", 9), connect("{a}", 2)]), edge({ ordered: false }))).toMatchObject({ state: "joined" });
  });
  it("joins parent and child by the parent's unique id, or by its number where there is none", () => {
    const child = (facts: Sketch["facts"], fields: Record<string, string | number>): Sketch => ({ kind: START, ms: T0 + 5000, fields, ...(facts === undefined ? {} : { facts }) });
    const byUid = joinResult(files([start("{a}", 0), child({ parentKey: "{A}" }, { proc_uid: "{c}" })]), edge({ to: [START], by: "parent" }));
    expect(byUid).toMatchObject({ state: "joined", witness: { from: { record: 1 }, to: { record: 2 } } });
    expect(joinResult(files([start("{a}", 0), child(undefined, { pid: 8, ppid: 7 })]), edge({ to: [START], by: "parent" }))).toMatchObject({ state: "joined" });
  });
  it("joins records of one logon session however its number is written, and never by a session that everybody shares", () => {
    const inSession = (session: string, other: string, more: Partial<Sketch> = {}) => joinResult(files([start("{a}", 0, { fields: { session_id: session } }), connect("{b}", 2, { fields: { session_id: other }, ...more })]), edge({ by: "session" }));
    expect(inSession("0x5D2C1", "0x000000000005d2c1")).toMatchObject({ state: "joined" });
    expect(inSession("0x3e9", "1001")).toMatchObject({ state: "joined" });
    expect(inSession("0x5d2c1", "0x5d2c1", { host: "ws-2" })).toMatchObject({ state: "not-joined" });
    for (const shared of ["0x3e7", "0x3E4", "0x0", "4294967295"]) expect(inSession(shared, shared)).toMatchObject({ state: "not-joined", because: expect.stringContaining("carries a key (session)") });
  });
  it("joins a sensor on the wire with the host's own connection, whichever end comes first", () => {
    const host: Sketch = { kind: CONNECT, ms: T0, fields: { src_ip: "10.0.0.1", src_port: 4000, dst_ip: "203.0.113.9", dst_port: 443, proto: "tcp" } };
    const wire: Sketch = { kind: "nsm-zeek:conn", host: "10.0.0.1", ms: T0 + 500, fields: { src_ip: "203.0.113.9", src_port: 443, dst_ip: "10.0.0.1", dst_port: 4000, proto: "TCP" } };
    expect(joinResult(files([host], [wire]), edge({ from: [CONNECT], to: ["nsm-zeek:conn"], by: "connection" }))).toMatchObject({ state: "joined" });
  });
  it("is not computed where more records share a key than are followed", () => {
    const busy = [...many(40, (i) => start("{a}", 100 + i * 61)), ...many(40, (i) => connect("{a}", 60 + i * 61))];
    expect(joinResult(files(busy), edge({ windowMs: 1_000 }))).toMatchObject({ state: "not-computed" });
  });
  it("is not computed where keys were left out and those that are kept do not join, and joined where they do", () => {
    const lots = many(MOST_JOIN_KEYS + 10, (i) => start(`{${i}}`, i, { fields: { proc_uid: `{${i}}` } }));
    const [index] = files([...lots, connect("{none}", 5, { fields: { proc_uid: "{none}" } })]);
    expect(index?.index.spaces.process).toMatchObject({ capped: true });
    expect(index?.index.spaces.process.keys.length).toBe(MOST_JOIN_KEYS);
    expect(joinResult(index === undefined ? [] : [index], edge())).toMatchObject({ state: "not-computed" });
    const all = files([...lots, ...lots.map((sketch, i) => connect("", i + 1, { fields: sketch.fields ?? {} }))]);
    expect(joinResult(all, edge())).toMatchObject({ state: "joined" });
  });
});

describe("joins of small files", () => {
  const sketch: fc.Arbitrary<Sketch> = fc.record({
    kind: fc.constantFrom(START, CONNECT, WRITE),
    host: fc.constantFrom("ws-1", "ws-2"),
    ms: fc.integer({ min: T0, max: T0 + 200_000 }),
    fields: fc.record({ proc_uid: fc.constantFrom("{a}", "{b}", "{c}"), user: fc.constantFrom("ana", "bob") }),
  });
  const edges = fc.record({ by: fc.constantFrom("process", "user", "host"), ordered: fc.boolean(), windowMs: fc.integer({ min: 0, max: 100_000 }) });

  const all = (files: readonly (readonly Sketch[])[]) => files.flatMap((sketches, i) => records(sketches).map((record) => ({ dataset: `d${i + 1}`, record })));
  const key = ({ record }: ReturnType<typeof all>[number], by: string) => `${record.host} ${by === "host" ? "" : record.fields[by === "user" ? "user" : "proc_uid"]}`;

  it("agree with looking at every pair, and never call joined what is not", () => {
    fc.assert(
      fc.property(fc.array(sketch, { maxLength: 12 }), fc.array(sketch, { maxLength: 12 }), edges, (x, y, more) => {
        const wanted = edge(more);
        const every = all([x, y]);
        const from = every.filter(({ record }) => record.kind.key === "1");
        const to = every.filter(({ record }) => record.kind.key === "3");
        const fits = (a: (typeof every)[number], b: (typeof every)[number]) => {
          const apart = (b.record.time?.ms ?? 0) - (a.record.time?.ms ?? 0);
          return key(a, more.by) === key(b, more.by) && Math.abs(apart) <= more.windowMs && (!more.ordered || apart >= 0);
        };
        const truth = from.some((a) => to.some((b) => fits(a, b)));
        const found = joinResult(files(x, y), wanted);
        if (found.state === "joined") {
          const side = ({ dataset, record }: { dataset: string; record: number }) => every.find((one) => one.dataset === dataset && one.record.number === record);
          const [a, b] = [side(found.witness.from), side(found.witness.to)];
          expect(a !== undefined && b !== undefined && from.includes(a) && to.includes(b) && fits(a, b)).toBe(true);
        } else if (found.state === "not-joined") expect(truth).toBe(false);
        expect(truth && found.state === "not-joined").toBe(false);
      }),
      { numRuns: 500 },
    );
  });
  it("do not depend on the order of files, and are the same after storing", () => {
    fc.assert(
      fc.property(fc.array(sketch, { maxLength: 20 }), fc.array(sketch, { maxLength: 20 }), edges, (x, y, more) => {
        const both = files(x, y);
        expect(joinResult([...both].reverse(), edge(more))).toEqual(joinResult(both, edge(more)));
        expect(both.map(({ index }) => decodeJoinIndex(encodeJoinIndex(index)))).toEqual(both.map(({ index }) => index));
      }),
    );
  });
  it("are refused when what was stored was cut off", () => {
    const bytes = encodeJoinIndex(indexOf([start("{a}", 0)]));
    expect(() => decodeJoinIndex(bytes.subarray(0, bytes.length - 3))).toThrow(/cannot be read/);
  });
});
