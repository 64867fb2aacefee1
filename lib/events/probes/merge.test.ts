import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Json } from "@/lib/shared/canonical-json";
import { gradeSources, type StoredProbe } from "./grade-sources";
import { PROBES } from "./index";
import { distinctKeys, KeySample, mergeSamples } from "./key-sample";
import type { ProbeId } from "./probe";
import { addSpreads, quantileOf, spreadOver, toSpread } from "./spread";
import { CONTEXT, many, rowsOf, T0, type Sketch } from "./testing/run-probes";

const text = fc.constantFrom("ana", "bob", "501", "EX\\WS$", "S-1-5-18", "powershell -enc x...");
const small = fc.integer({ min: 0, max: 6 });
const sketch: fc.Arbitrary<Sketch> = fc.record({
  kind: fc.constantFrom("windows-sysmon:1", "windows-sysmon:3", "windows-sysmon:11", "windows-sysmon:255"),
  host: small.map((n) => (n === 0 ? "" : `ws-${n}`)),
  ms: fc.option(fc.integer({ min: T0, max: T0 + 4_000_000 })),
  precision: fc.constantFrom("s", "ms", "us"),
  zone: fc.constantFrom("known", "unknown"),
  fields: fc.dictionary(fc.constantFrom("image", "pid", "ppid", "proc_uid", "user", "cmd", "src_ip", "src_port", "dst_ip", "dst_port", "packets", "app_msg"), fc.oneof(text, small), { noNullPrototype: true }),
  facts: fc.record(
    {
      seq: fc.record({ stream: fc.constantFrom("a", "b"), number: fc.nat(200), counts: fc.constantFrom("own", "shared", "order") }),
      written: fc.integer({ min: T0 - 1000, max: T0 + 4_100_000 }),
      ingested: fc.integer({ min: T0, max: T0 + 9_000_000 }),
      id: small.map(String),
      parentKey: small.map(String),
      sampled: fc.integer({ min: 2, max: 9 }),
    },
    { requiredKeys: [] },
  ),
});
const file = fc.array(sketch, { minLength: 1, maxLength: 40 });

function summaryOf(id: ProbeId, sketches: readonly Sketch[]): Json {
  const row = rowsOf(sketches).find(({ probe }) => probe === id);
  if (row === undefined) throw new Error(id);
  return row.summary;
}

/** What is counted per record or per key does not care where one file ends; neighbours, runs and minutes do. */
const SPLITS: readonly ProbeId[] = ["field-fill", "clock-skew", "missing-parent", "process-identity", "truncated-command", "network-without-process", "opaque-user", "latency", "window", "host-coverage", "chain-joinability", "redaction"];

describe("summaries of files", () => {
  it.each(PROBES.map((probe) => [probe.id, probe] as const))("%s: adding up is associative and commutative", (id, probe) => {
    fc.assert(
      fc.property(file, file, file, (x, y, z) => {
        const [a, b, c] = [summaryOf(id, x), summaryOf(id, y), summaryOf(id, z)];
        expect(probe.merge(probe.merge(a, b), c)).toEqual(probe.merge(a, probe.merge(b, c)));
        expect(probe.merge(a, b)).toEqual(probe.merge(b, a));
      }),
      { numRuns: 60 },
    );
  });

  it.each(SPLITS)("%s: a file cut in two adds up to the whole file", (id) => {
    const probe = PROBES.find((one) => one.id === id);
    fc.assert(
      fc.property(file, file, (x, y) => {
        expect(probe?.merge(summaryOf(id, x), summaryOf(id, y))).toEqual(summaryOf(id, [...x, ...y]));
      }),
      { numRuns: 60 },
    );
  });

  it.each(SPLITS)("%s: so it does when there are more hosts, processes and connections than are kept", (id) => {
    const probe = PROBES.find((one) => one.id === id);
    const lots = many(3000, (i) => ({
      kind: i % 3 === 0 ? "windows-sysmon:3" : "windows-sysmon:1",
      host: `ws-${i}`,
      fields: { image: `i${i % 9}`, pid: i, user: `u${i}`, src_ip: "10.0.0.1", src_port: i, dst_ip: "203.0.113.1", dst_port: 443 },
      facts: { written: T0 + i * 1000 + (i % 50) },
    }));
    const whole = summaryOf(id, lots.map((one, i) => ({ ...one, ms: T0 + i * 1000 })));
    const timed = lots.map((one, i) => ({ ...one, ms: T0 + i * 1000 }));
    expect(probe?.merge(summaryOf(id, timed.slice(0, 1300)), summaryOf(id, timed.slice(1300)))).toEqual(whole);
  });

  it("hold no more for a large file than for a middling one", () => {
    const size = (n: number) => JSON.stringify(rowsOf(many(n, (i) => ({ kind: i % 2 ? "windows-sysmon:1" : "windows-sysmon:3", host: `host-${i}`, ms: T0 + i * 61_000, fields: { image: `p${i}`, pid: i, proc_uid: `{${i}}`, user: `u${i}`, src_ip: `10.0.${i >> 8}.${i & 255}`, src_port: i, dst_ip: "203.0.113.1", dst_port: 1 }, facts: { written: T0 + i * 61_000 + i } })))).length;
    expect(size(20_000)).toBeLessThan(size(5_000) * 1.2);
    expect(size(20_000)).toBeLessThan(600_000);
  });

  it("are graded the same whatever the order of files, sources and rows", () => {
    fc.assert(
      fc.property(file, file, fc.integer(), (x, y, seed) => {
        const rows: StoredProbe[] = [...rowsOf(x).map((row) => ({ dataset: "d1", ...row })), ...rowsOf(y.map((one) => ({ ...one, kind: "linux-auditd:execve" }))).map((row) => ({ dataset: "d2", ...row }))];
        const shuffled = [...rows].sort((a, b) => ((a.probe + a.dataset).charCodeAt(Math.abs(seed) % 4) + seed) % 7 - ((b.probe + b.dataset).charCodeAt(Math.abs(seed) % 4) + seed) % 7);
        const grade = (of: readonly StoredProbe[]) => gradeSources(of, (family) => ({ ...CONTEXT, family }));
        expect(grade(shuffled)).toEqual(grade(rows));
        expect(grade(rows).map(({ family }) => family)).toEqual([null, "linux-auditd", "windows-sysmon"]);
      }),
      { numRuns: 30 },
    );
  });
});

describe("a sample of keys", () => {
  it("keeps the same keys whatever the order in which they come, with all that was counted for them", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(500), { maxLength: 400 }), (keys) => {
        const fill = (of: readonly number[]) => {
          const sample = new KeySample<number>(20);
          for (const key of of) if (sample.admits(key)) sample.set(key, (sample.get(key) ?? 0) + 1);
          return sample.toSample((count) => [count]);
        };
        const counts = new Map<number, number>();
        for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
        const smallest = [...counts].sort(([a], [b]) => a - b).slice(0, 20);
        expect(fill(keys)).toEqual({ capped: counts.size > 20, keys: smallest });
        expect(fill([...keys].reverse())).toEqual(fill(keys));
        const half = Math.floor(keys.length / 2);
        expect(mergeSamples(fill(keys.slice(0, half)), fill(keys.slice(half)), 20, ([a = 0], [b = 0]) => [a + b])).toEqual(fill(keys));
      }),
    );
  });
  it("tells how many keys there were within a fifth, when it could not keep them all", () => {
    const rows = rowsOf(many(20_000, (i) => ({ host: `host-${i}` })));
    const summary = rows.find(({ probe }) => probe === "host-coverage")?.summary;
    const grade = PROBES.find(({ id }) => id === "host-coverage")?.grade(summary ?? null, { ...CONTEXT, hosts: 20_000 });
    expect(grade?.estimated).toBe(true);
    expect(grade?.value).toBeGreaterThan(800_000);
    expect(distinctKeys({ capped: false, keys: [[1], [2]] })).toBe(2);
  });
});

describe("a spread of durations", () => {
  it("gives a quantile within 2.6 % of the true one", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }), { minLength: 1 }), fc.constantFrom(0.05, 0.5, 0.95), (all, share) => {
        const buckets = new Map<number, number>();
        for (const ms of all) spreadOver(buckets, ms);
        const truth = [...all].sort((a, b) => a - b)[Math.max(1, Math.ceil(all.length * share)) - 1] ?? 0;
        const found = quantileOf(toSpread(buckets), share) ?? NaN;
        expect(Math.abs(found - truth)).toBeLessThanOrEqual(Math.abs(truth) * 0.026 + 1);
      }),
    );
  });
  it("adds up without loss", () => {
    expect(addSpreads([[-3, 1], [0, 2]], [[0, 5], [9, 1]])).toEqual([[-3, 1], [0, 7], [9, 1]]);
    expect(quantileOf([], 0.5)).toBeNull();
  });
});

describe("examples of a probe", () => {
  it("name a record once, however often it shows the same thing", () => {
    const rows = rowsOf(many(3, () => ({ precision: "s", zone: "unknown" }))).map((row) => ({ dataset: "d", ...row }));
    const found = gradeSources(rows, (family) => ({ ...CONTEXT, family })).flatMap(({ probes }) => probes.filter(({ id }) => id === "timestamp-quality"));
    expect(found.map(({ grade, examples }) => [grade, examples.map(({ number }) => number)])).toEqual([["indicative", [1, 2, 3]]]);
  });
});
