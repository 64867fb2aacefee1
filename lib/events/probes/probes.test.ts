import { describe, expect, it } from "vitest";
import type { CanonicalFields } from "../types";
import { PROBES } from "./index";
import { PROBE_IDS, type GradeContext, type Grade, type ProbeId } from "./probe";
import { many, runProbe, T0, type Sketch } from "./testing/run-probes";

const MINUTE = 60_000;
const HOUR = 3_600_000;
const DAY = 86_400_000;

/** A process start that fills what its component asks for. */
const started = (i: number, more: CanonicalFields = {}): CanonicalFields => ({ ts: "t", user: `EX\\user${i % 7}`, image: `C:\\p${i % 5}.exe`, pid: 1000 + i, ppid: 999 + i, parent_image: "C:\\explorer.exe", proc_uid: `{uid-${i}}`, cmd: `p ${i}`, ...more });
const connected = (i: number, more: CanonicalFields = {}): Sketch => ({ kind: "windows-sysmon:3", fields: { ts: "t", src_ip: "10.0.0.1", src_port: 40_000 + i, dst_ip: "203.0.113.9", dst_port: 443, proto: "tcp", image: "C:\\b.exe", pid: 5, ...more } });
const numbered = (n: number, counts: "own" | "shared", skip: (i: number) => number = () => 0): Sketch[] => {
  let number = 0;
  return many(n, (i) => ({ facts: { seq: { stream: "client", number: (number += 1 + skip(i)), counts } } }));
};

/** [grade, what stands for it, records, what is known beside them]. */
type Case = readonly [grade: Grade, name: string, sketches: readonly Sketch[], context?: Partial<GradeContext>];

const CASES: Readonly<Record<ProbeId, readonly Case[]>> = {
  "field-fill": [
    ["pass", "every required field is filled", many(40, (i) => ({ fields: started(i) }))],
    ["warn", "one in ten lacks the image", many(40, (i) => (i % 10 === 0 ? without({ fields: started(i) }, "image") : { fields: started(i) }))],
    ["fail", "half lack the user", many(40, (i) => (i % 2 === 0 ? without({ fields: started(i) }, "user") : { fields: started(i) }))],
    ["indicative", "three records", many(3, (i) => ({ fields: started(i) }))],
    ["not-computable", "a kind that carries no component", many(40, () => ({ kind: "windows-sysmon:9999" }))],
  ],
  "clock-skew": [
    ["pass", "all hosts agree", many(60, (i) => ({ host: `ws-${i % 3}`, facts: { written: T0 + i * 1000 + 20 } }))],
    ["warn", "one host is two minutes off", many(60, (i) => ({ host: `ws-${i % 3}`, facts: { written: T0 + i * 1000 + 20 + (i % 3 === 2 ? 2 * MINUTE : 0) } }))],
    ["fail", "one host is an hour off", many(60, (i) => ({ host: `ws-${i % 3}`, facts: { written: T0 + i * 1000 + 20 + (i % 3 === 2 ? HOUR : 0) } }))],
    ["fail", "records are written before they happen", many(60, (i) => ({ facts: { written: T0 + i * 1000 - (i === 30 ? MINUTE : 0) } }))],
    ["indicative", "ten records", many(10, (i) => ({ facts: { written: T0 + i * 1000 } }))],
    ["not-computable", "one clock", many(40, () => ({}))],
    ["not-computable", "no time at all", many(40, () => ({ ms: null, facts: { written: T0 } }))],
  ],
  order: [
    ["pass", "times rise", many(40, () => ({}))],
    ["warn", "every fifth jumps back by a minute", many(40, (i) => ({ ms: T0 + i * 1000 - (i % 5 === 4 ? MINUTE : 0) }))],
    ["pass", "the file is backwards and the numbers agree with the times", many(40, (i) => ({ ms: T0 - i * 10_000, facts: { seq: { stream: "c", number: 1000 - i, counts: "shared" } } }))],
    ["warn", "the numbers contradict the times", many(40, (i) => ({ ms: T0 + i * 10_000, facts: { seq: { stream: "c", number: 1000 - i, counts: "shared" } } }))],
    ["indicative", "ten records", many(10, () => ({}))],
    ["not-computable", "no two records of a host", many(40, (i) => ({ host: `ws-${i}` }))],
  ],
  "sequence-gaps": [
    ["pass", "no number is missing", numbered(200, "own")],
    ["warn", "three of a thousand are missing", numbered(1000, "own", (i) => (i === 500 ? 3 : 0))],
    ["fail", "a hole of a hundred", numbered(1000, "own", (i) => (i === 500 ? 100 : 0))],
    ["warn", "the same hole in a shared counter", numbered(1000, "shared", (i) => (i === 500 ? 100 : 0))],
    ["warn", "Sysmon reports dropped events", [...numbered(200, "shared"), { kind: "windows-sysmon:255" }]],
    ["indicative", "ten numbers", numbered(10, "own")],
    ["not-computable", "a filtered export: holes everywhere", numbered(200, "shared", (i) => i % 3)],
    ["not-computable", "no numbers", many(40, () => ({}))],
    ["not-computable", "a counter that only orders", many(40, (i) => ({ facts: { seq: { stream: "boot", number: i * 977, counts: "order" } } }))],
  ],
  "missing-parent": [
    ["pass", "every start names its parent", many(40, (i) => ({ fields: started(i) }))],
    ["warn", "a quarter do not", many(40, (i) => (i % 4 === 0 ? without({ fields: started(i) }, "ppid", "parent_image") : { fields: started(i) }))],
    ["fail", "three quarters do not", many(40, (i) => (i % 4 !== 0 ? without({ fields: started(i) }, "ppid", "parent_image") : { fields: started(i) }))],
    ["indicative", "ten starts", many(10, (i) => ({ fields: started(i) }))],
    ["not-computable", "no process start", many(40, connected)],
  ],
  "process-identity": [
    ["pass", "all have a unique id", many(40, (i) => ({ fields: started(i) }))],
    ["warn", "numbers only, none taken twice", many(40, (i) => without({ fields: started(i) }, "proc_uid"))],
    ["fail", "numbers only, and several images under one", many(40, (i) => without({ fields: started(i, { pid: i % 4 }) }, "proc_uid"))],
    ["indicative", "ten records", many(10, (i) => ({ fields: started(i) }))],
    ["not-computable", "no record names a process", many(40, () => ({ kind: "nsm-zeek:conn" }))],
  ],
  "truncated-command": [
    ["pass", "commands of many lengths", many(40, (i) => ({ fields: started(i, { cmd: "x".repeat(i + 1) }) }))],
    ["warn", "three end at 1,024 characters", many(40, (i) => ({ fields: started(i, { cmd: "x".repeat(i < 3 ? 1024 : i) }) }))],
    ["pass", "two end there, as may happen", many(40, (i) => ({ fields: started(i, { cmd: "x".repeat(i < 2 ? 1024 : i) }) }))],
    ["pass", "many are equally long elsewhere", many(40, (i) => ({ fields: started(i, { cmd: "x".repeat(i < 9 ? 1000 : 5) }) }))],
    ["warn", "one ends in an ellipsis", many(40, (i) => ({ fields: started(i, { cmd: i === 7 ? "powershell -enc AAA\u2026" : "cmd" }) }))],
    ["warn", "the source marks one", many(40, (i) => ({ fields: started(i), ...(i === 7 ? { facts: { truncated: true as const } } : {}) }))],
    ["indicative", "ten commands", many(10, (i) => ({ fields: started(i) }))],
    ["not-computable", "no command", many(40, connected)],
  ],
  "network-without-process": [
    ["pass", "all name the process", many(40, (i) => connected(i))],
    ["warn", "a quarter do not", many(40, (i) => (i % 4 === 0 ? without(connected(i), "image", "pid") : connected(i)))],
    ["fail", "none does", many(40, (i) => without(connected(i), "image", "pid"))],
    ["indicative", "ten connections", many(10, (i) => connected(i))],
    ["not-computable", "a sensor on the wire", many(40, (i) => ({ ...without(connected(i), "image", "pid"), kind: "nsm-zeek:conn" }))],
    ["not-computable", "no connection", many(40, (i) => ({ fields: started(i) }))],
  ],
  "opaque-user": [
    ["pass", "names", many(40, (i) => ({ fields: started(i) }))],
    ["warn", "numbers", many(40, (i) => ({ fields: started(i, { user: 501 + (i % 3) }) }))],
    ["warn", "SIDs", many(40, (i) => ({ fields: started(i, { user: `S-1-5-21-${i}` }) }))],
    ["warn", "machine accounts", many(40, (i) => ({ fields: started(i, { user: "EX\\WS-1$" }) }))],
    ["warn", "one user in a hundred records of a host", many(120, (i) => ({ fields: started(i, { user: "svc-agent" }) }))],
    ["fail", "no user in most", many(40, (i) => (i % 4 === 0 ? { fields: started(i) } : without({ fields: started(i) }, "user")))],
    ["indicative", "ten records", many(10, (i) => ({ fields: started(i) }))],
    ["not-computable", "no component asks for the user", many(40, () => ({ kind: "nsm-zeek:conn" }))],
  ],
  duplicates: [
    ["pass", "all differ", many(300, (i) => ({ fields: started(i) }))],
    ["warn", "two of three hundred come again", many(300, (i) => ({ ms: T0 + Math.min(i, 297) * 1000, fields: started(Math.min(i, 297)) }))],
    ["fail", "each comes twice", many(80, (i) => ({ ms: T0 + (i % 40) * 1000, fields: started(i % 40) }))],
    ["pass", "the same words with other ids of the source", many(80, (i) => ({ ms: T0, fields: started(0), facts: { id: `id-${i}` } }))],
    ["fail", "the same ids", many(80, (i) => ({ ms: T0, fields: started(i), facts: { id: `id-${i % 40}` } }))],
    ["pass", "an id comes again later: an update", many(80, (i) => ({ fields: started(i), facts: { id: `id-${i % 40}` } }))],
    ["pass", "records that differ in native fields only", many(300, (i) => ({ ms: T0, fields: started(0), native: { CallTrace: i } }))],
    ["fail", "records that differ only in what collectors add", many(80, (i) => ({ ms: T0, fields: started(0), native: { CallTrace: 1, offset: i } }))],
    ["indicative", "ten records", many(10, (i) => ({ fields: started(i) }))],
  ],
  sampling: [
    ["pass", "bursts as they come", many(400, (i) => ({ ms: T0 + Math.floor(Math.sqrt(i) * 10) * MINUTE }))],
    ["warn", "a record says that it stands for ten", many(40, (i) => ({ ...(i === 3 ? { facts: { sampled: 10 } } : {}) }))],
    ["warn", "minutes pinned at a hundred", many(600, (i) => ({ ms: T0 + Math.floor(i / 100) * MINUTE }))],
    ["warn", "every minute exactly twenty", many(800, (i) => ({ ms: T0 + Math.floor(i / 20) * MINUTE }))],
    ["warn", "packets in steps of a thousand and twenty-four", many(40, (i) => ({ kind: "nsm-zeek:conn", fields: { packets: 1024 * (i + 1) } }))],
    ["indicative", "ten records", many(10, () => ({}))],
    ["not-computable", "no time and no mark", many(40, () => ({ ms: null }))],
  ],
  latency: [
    ["pass", "two seconds", many(40, (i) => ({ facts: { ingested: T0 + i * 1000 + 2000 } }))],
    ["warn", "ten minutes", many(40, (i) => ({ facts: { ingested: T0 + i * 1000 + 10 * MINUTE } }))],
    ["fail", "two hours", many(40, (i) => ({ facts: { ingested: T0 + i * 1000 + 2 * HOUR } }))],
    ["fail", "two minutes against a window of one", many(40, (i) => ({ facts: { ingested: T0 + i * 1000 + 2 * MINUTE } })), { windowMs: MINUTE }],
    ["fail", "written two hours late, whenever it arrived", many(40, (i) => ({ facts: { written: T0 + i * 1000 + 2 * HOUR } }))],
    ["indicative", "ten records", many(10, (i) => ({ facts: { ingested: T0 + i * 1000 } }))],
    ["not-computable", "the write time alone never passes", many(40, (i) => ({ facts: { written: T0 + i * 1000 + 20 } }))],
    ["not-computable", "everything arrives before it happens", many(40, (i) => ({ facts: { ingested: T0 + i * 1000 - HOUR } }))],
    ["not-computable", "no second time", many(40, () => ({}))],
  ],
  window: [
    ["pass", "90 days are kept", many(40, () => ({})), { retentionDays: 90 }],
    ["fail", "7 days are kept", many(40, () => ({})), { retentionDays: 7 }],
    ["indicative", "ten records", many(10, () => ({})), { retentionDays: 90 }],
    ["not-computable", "a sample alone, however long", many(40, (i) => ({ ms: T0 + i * 10 * DAY }))],
    ["not-computable", "no time", many(40, () => ({ ms: null })), { retentionDays: 90 }],
  ],
  "host-coverage": [
    ["pass", "nine of ten", many(45, (i) => ({ host: `ws-${i % 9}` }))],
    ["warn", "three of ten", many(45, (i) => ({ host: `ws-${i % 3}` }))],
    ["fail", "three of a thousand", many(45, (i) => ({ host: `ws-${i % 3}` })), { hosts: 1000 }],
    ["warn", "hosts outside the roster do not count", many(45, (i) => ({ host: `ws-${i % 9}` })), { roster: ["ws-0", "ws-1", "mac-1", "mac-2"] }],
    ["warn", "a claimed kind is never seen in a thousand", many(1000, (i) => ({ host: `ws-${i % 9}` })), { claimedKinds: ["windows-sysmon:1", "windows-sysmon:22"] }],
    ["pass", "a claimed kind is not seen in too few to tell", many(45, (i) => ({ host: `ws-${i % 9}` })), { claimedKinds: ["windows-sysmon:22"] }],
    ["indicative", "ten records", many(10, (i) => ({ host: `ws-${i}` }))],
    ["not-computable", "no host", many(40, () => ({ host: "" }))],
    ["not-computable", "a segment of unknown size", many(40, () => ({})), { hosts: null }],
  ],
  "timestamp-quality": [
    ["pass", "to the microsecond", many(40, () => ({ precision: "us" }))],
    ["warn", "to the second", many(40, () => ({ precision: "s" }))],
    ["warn", "a zone is unknown", many(40, (i) => (i === 0 ? { zone: "unknown" } : {}))],
    ["fail", "one in ten has no time", many(40, (i) => (i % 10 === 0 ? { ms: null } : {}))],
    ["indicative", "ten records", many(10, () => ({}))],
  ],
  "chain-joinability": [
    ["pass", "connections name processes that start here", [...many(40, (i) => ({ fields: started(i) })), ...many(40, (i) => connected(i, { proc_uid: `{uid-${i}}` }))]],
    ["warn", "by user and time only", [...many(40, (i) => without({ fields: started(0), ms: T0 + i }, "pid", "proc_uid")), ...many(40, (i) => ({ ...without(connected(i, { user: "EX\\user0" }), "pid"), ms: T0 + i }))]],
    ["fail", "nothing in common", [...many(40, (i) => ({ fields: started(i) })), ...many(40, (i) => connected(i, { pid: 9, proc_uid: `{other-${i}}`, user: "nobody" }))]],
    ["indicative", "ten starts", [...many(10, (i) => ({ fields: started(i) })), ...many(10, (i) => connected(i, { proc_uid: `{uid-${i}}` }))]],
    ["not-computable", "starts alone", many(40, (i) => ({ fields: started(i) }))],
    ["not-computable", "no start", many(40, connected)],
  ],
  redaction: [
    ["pass", "nothing taken out", many(40, () => ({ fields: { app_msg: "user ana logged in" } }))],
    ["warn", "one message in ten", many(40, (i) => ({ fields: { app_msg: i % 10 === 0 ? "user <private> logged in" : "x" } }))],
    ["fail", "a field hidden in all", many(40, () => ({ redacted: ["user"] }))],
    ["indicative", "ten records", many(10, () => ({}))],
  ],
};

function without(sketch: Sketch, ...names: readonly string[]): Sketch {
  return { ...sketch, fields: Object.fromEntries(Object.entries(sketch.fields ?? {}).filter(([name]) => !names.includes(name))) };
}

describe.each(PROBE_IDS)("the probe %s", (id) => {
  it.each(CASES[id].map(([grade, name, sketches, context]) => ({ grade, name, sketches, context })))("$grade: $name", ({ grade, sketches, context }) => {
    const found = runProbe(id, sketches, context);
    expect({ grade: found.grade, says: found.says }).toMatchObject({ grade });
    expect(Number.isSafeInteger(found.value ?? 0)).toBe(true);
    if (grade === "not-computable") expect(found.says).toMatch(/^Not computable because .+\.$/);
    else expect(found.says).toMatch(/\S.*\.$/);
    expect(found.examples.length).toBeLessThanOrEqual(5);
  });

  it("says what it computes, what it needs and why its limits are where they are", () => {
    const probe = PROBES.find((one) => one.id === id);
    expect(probe?.formula).toMatch(/\.$/);
    expect(probe?.needs).not.toBe("");
    expect(probe?.thresholds.length).toBeGreaterThan(0);
    for (const { text, why } of probe?.thresholds ?? []) expect([text, why]).not.toContain("");
  });
});

describe("examples", () => {
  it("are the records that fall short, the first five", () => {
    expect(runProbe("missing-parent", CASES["missing-parent"][1]?.[2] ?? []).examples).toEqual([1, 5, 9, 13, 17]);
    expect(runProbe("truncated-command", many(40, (i) => ({ fields: started(i, { cmd: i === 7 ? "x..." : "y" }) }))).examples).toEqual([8]);
    expect(runProbe("duplicates", CASES.duplicates[2]?.[2] ?? []).examples).toEqual([41, 42, 43, 44, 45]);
  });
});

describe("what is counted beside the grade", () => {
  it("an orphan is a parent that did not start in the sample, unless the sample had only begun", () => {
    const chain = many(50, (i) => ({ fields: { ...started(i), ppid: i === 0 ? 1 : 999 + i } }));
    expect(runProbe("missing-parent", chain).figures[0]).toMatchObject({ value: 0 });
    const broken = chain.filter((_, i) => i !== 30).map((sketch, i) => ({ ...sketch, ms: T0 + i * 1000 }));
    expect(runProbe("missing-parent", broken).figures[0]?.value).toBeGreaterThan(0);
  });
  it("a counter that starts over loses nothing", () => {
    const twice = [...numbered(100, "own"), ...numbered(100, "own")];
    expect(runProbe("sequence-gaps", twice)).toMatchObject({ grade: "pass", value: 0 });
  });
  it("numbers that come late, out of order or twice are not missing", () => {
    const order = [1, 2, 5, 4, 3, 8, 7, 6, 6, 9, ...Array.from({ length: 40 }, (_, i) => 10 + i)];
    expect(runProbe("sequence-gaps", order.map((number) => ({ ms: T0, facts: { seq: { stream: "c", number, counts: "own" as const } } })))).toMatchObject({ grade: "pass", value: 0 });
  });
  it("an update is an id that comes again as something else", () => {
    expect(runProbe("duplicates", CASES.duplicates[5]?.[2] ?? []).figures.find(({ label }) => label.includes("updates"))).toMatchObject({ value: 1_000_000, n: 40 });
  });
  it("a process number means nothing without its host", () => {
    expect(runProbe("chain-joinability", [...many(40, (i) => ({ host: "", fields: started(i) })), ...many(40, (i) => ({ ...connected(i, { proc_uid: `{uid-${i}}` }), host: "" }))])).toMatchObject({ grade: "fail" });
  });
});
