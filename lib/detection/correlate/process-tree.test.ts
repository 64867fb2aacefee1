import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { records, type Sketch } from "@/lib/events/probes/testing/run-probes";
import { viewRecord } from "../evaluate/rule-view";
import { explainCorrelation } from "../explain/explain-correlation";
import { correlate } from "./correlate";
import { ProcessTree } from "./process-tree";
import { readTreeFact, sightProcess } from "./sight-process";
import { asksForTree, fieldsByRule, takeMatch } from "./take-match";
import { ruleSet } from "./testing/sketch";

const T0 = Date.UTC(2026, 1, 3, 9);
const exec = (uid: string, parent: string | null, seconds: number, more: Sketch["fields"] = {}): Sketch => ({
  kind: "macos-esf:exec",
  host: "mac-1",
  ms: T0 + seconds * 1000,
  fields: { proc_uid: uid, pid: Number(uid.split(".")[0]), ...(parent === null ? {} : { ppid: Number(parent.split(".")[0]) }), ...more },
  ...(parent === null ? {} : { facts: { parentKey: parent } }),
});
const by = (uid: string, seconds: number, host = "mac-1"): Sketch => ({ kind: "macos-esf:create", host, ms: T0 + seconds * 1000, fields: { proc_uid: uid } });
const LAUNCHD = "1.1";

function grow(sketches: readonly Sketch[], most?: number) {
  const all = records(sketches);
  const tree = new ProcessTree(most);
  for (const record of all) {
    const fact = readTreeFact(record, record.host ?? "");
    if (fact !== null) tree.observe(fact);
  }
  const lineages = all.map((record) => {
    const self = sightProcess(record, record.host ?? "");
    return self === null ? null : tree.lineageOf(self, record.time?.ms ?? null);
  });
  return { tree, all, lineages, keys: lineages.map((one) => one?.key ?? null) };
}

describe("a lineage", () => {
  it("is the same for a program, its children and theirs, and ends below what starts everything", () => {
    const { keys, lineages } = grow([exec("500.10", LAUNCHD, 0), exec("501.11", "500.10", 1), exec("502.12", "501.11", 2), by("502.12", 3), exec("600.20", LAUNCHD, 4)]);
    expect(keys).toEqual(["mac-1 500.10", "mac-1 500.10", "mac-1 500.10", "mac-1 500.10", "mac-1 600.20"]);
    expect(lineages.map((one) => one?.open)).toEqual([null, null, null, null, null]);
  });
  it("does not depend on the order in which records come", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 2, max: 12 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 0, max: 50 })), { maxLength: 20 }), fc.boolean(), (starts, unique) => {
        const sketches = starts.map(([pid, ppid, at]): Sketch => (unique ? exec(`${pid}.7`, `${ppid}.7`, at) : { kind: "linux-auditd:execve", host: "web-1", ms: T0 + at * 1000, fields: { pid, ppid } }));
        const told = (some: readonly Sketch[]) => {
          const { all, keys } = grow(some);
          return new Set(all.map((record, i) => `${String(record.fields["pid"])} ${String(record.fields["ppid"])} ${record.time?.ms ?? ""} ${keys[i] ?? ""}`));
        };
        expect(told([...sketches].reverse())).toEqual(told(sketches));
      }),
      { numRuns: 1000 },
    );
  });
  it("goes on when a process replaces its image, which keeps its number and parent", () => {
    const { keys } = grow([exec("500.10", LAUNCHD, 0), by("500.10", 1), exec("500.11", LAUNCHD, 2), by("500.11", 3), exec("501.12", "500.11", 4)]);
    expect(new Set(keys).size).toBe(1);
  });
  it("by number, follows the process that had the number at the time", () => {
    const start = (pid: number, ppid: number, seconds: number): Sketch => ({ kind: "linux-auditd:execve", host: "web-1", ms: T0 + seconds * 1000, fields: { pid, ppid } });
    const { keys } = grow([start(50, 1, 0), start(60, 50, 1), start(50, 70, 10), start(61, 50, 11), start(70, 1, 9)]);
    expect(keys[1]).toBe(keys[0]);
    expect(keys[3]).toBe(keys[4]);
    expect(keys[3]).not.toBe(keys[0]);
  });
  it("keeps hosts apart; records that name none are of one host", () => {
    const { keys } = grow([exec("500.10", LAUNCHD, 0), by("500.10", 1, "mac-2"), by("500.10", 2, "")]);
    expect(keys).toEqual(["mac-1 500.10", "mac-2 500.10", "(host not named) 500.10"]);
  });
  it("ends at a shell's own session, not at the service that serves everybody", () => {
    const { keys } = grow([
      { kind: "windows-sysmon:1", ms: T0, fields: { proc_uid: "{W}", pid: 900, parent_image: "C:\\Windows\\explorer.exe" }, facts: { parentKey: "{E}" } },
      { kind: "windows-sysmon:1", ms: T0 + 1, fields: { proc_uid: "{C}", pid: 901, parent_image: "C:\\Office\\WINWORD.EXE" }, facts: { parentKey: "{W}" } },
      { kind: "windows-sysmon:1", ms: T0 + 2, fields: { proc_uid: "{X}", pid: 902, parent_image: "C:\\Windows\\explorer.exe" }, facts: { parentKey: "{E}" } },
    ]);
    expect(keys[1]).toBe(keys[0]);
    expect(keys[2]).not.toBe(keys[0]);
  });
  it("is open where the sample does not say who started a process", () => {
    const { lineages } = grow([exec("501.11", null, 0), exec("502.12", "400.9", 1), exec("503.13", "400.9", 2)]);
    expect(lineages[0]).toEqual({ key: "mac-1 501.11", open: "the sample does not say who started mac-1 501.11" });
    expect(lineages[1]?.key).toBe(lineages[2]?.key);
    expect(lineages[1]?.open).toContain("400.9");
  });
  it("knows one process by its number and by its unique id, whichever sensor tells", () => {
    const parent = { parent_image: "C:\\Windows\\explorer.exe", ppid: 800 };
    const { keys } = grow([
      { kind: "windows-sysmon:1", ms: T0, fields: { proc_uid: "{W}", pid: 900, ...parent }, facts: { parentKey: "{E}" } },
      { kind: "windows-security:4688", ms: T0 + 40, fields: { pid: "0x384", ...parent } },
      { kind: "windows-powershell:4104", ms: T0 + 9_000, fields: { pid: 900 } },
      { kind: "windows-sysmon:3", ms: T0, fields: { proc_uid: "{S}", pid: 40 } },
      { kind: "windows-powershell:4104", ms: T0 + 1, fields: { pid: 40 } },
      { kind: "windows-security:4624", ms: T0 + 2, fields: { pid: "0x0" } },
    ]);
    expect(keys).toEqual(["ws-1 {w}", "ws-1 {w}", "ws-1 {w}", "ws-1 {s}", "ws-1 {s}", null]);
  });
  it("knows a process by its unique id though only a sensor without such ids tells of its start", () => {
    const start = (pid: string, seconds: number): Sketch => ({ kind: "windows-security:4688", ms: T0 + seconds * 1000, fields: { pid, ppid: 800, parent_image: "C:\\Windows\\explorer.exe" } });
    const load = (uid: string, seconds: number): Sketch => ({ kind: "windows-sysmon:7", ms: T0 + seconds * 1000, fields: { proc_uid: uid, pid: 900 } });
    const { keys, lineages } = grow([start("0x384", 0), load("{W}", 2), load("{W}", 3)]);
    expect(keys).toEqual(["ws-1 {w}", "ws-1 {w}", "ws-1 {w}"]);
    expect(lineages[1]?.open).toBeNull();
    const again = grow([start("0x384", 0), start("0x384", 60), load("{W}", 61), start("0x384", 200)]).keys;
    expect([again[1] === again[2], again[0] === again[2], again[3] === again[2]]).toEqual([true, false, false]);
    const before = grow([load("{W}", -30), start("0x384", 0)]).keys;
    expect(before[0]).not.toBe(before[1]);
  });
  it("by number, is nobody's where several processes had the number and none of them starts", () => {
    const { keys } = grow([{ kind: "windows-sysmon:3", fields: { proc_uid: "{A}", pid: 40 } }, { kind: "windows-sysmon:3", fields: { proc_uid: "{B}", pid: 40 } }, { kind: "windows-powershell:4104", fields: { pid: 40 } }]);
    expect(keys).toEqual(["ws-1 {a}", "ws-1 {b}", "ws-1 pid 40"]);
  });
  it("ends on a circle of parents", () => {
    const { lineages } = grow([exec("5.1", "6.1", 0), exec("6.1", "5.1", 1)]);
    expect(lineages.map((one) => one?.open)).toEqual(["the parents form a circle", "the parents form a circle"]);
    expect(new Set(lineages.map((one) => one?.key)).size).toBe(1);
  });
  it("is not followed beyond the cap, and what was left out is counted", () => {
    const many = Array.from({ length: 20 }, (_, i) => exec(`${500 + i}.1`, i === 0 ? LAUNCHD : `${499 + i}.1`, i));
    const { tree, keys } = grow(many, 10);
    expect(tree.leftOut).toBe(10);
    expect(new Set(keys.slice(0, 10)).size).toBe(1);
    expect(keys[19]).not.toBe(keys[0]);
    expect(grow(many).tree.leftOut).toBe(0);
  });
});

describe("a chain joined by lineage", () => {
  const text = (rules: string, key: string) => `correlation:\n  type: temporal_ordered\n  rules: ${rules}\n  timespan: 10m\n  group-by: [${key}]\n`;
  const inner = `title: the child connects\nname: child-connects\n${text("[child, egress]", "sightline.process")}`;
  const set = ruleSet(["written", "opened", "child", "egress"], inner, `title: document to egress\n${text("[written, opened, child-connects]", "sightline.lineage")}`);

  /** Four stages: the program writes, opens, starts a child, and the child connects. */
  const attack = (change: { readonly child?: Sketch; readonly egress?: Sketch } = {}) => [
    { as: null, sketch: exec("500.10", LAUNCHD, 0) },
    { as: "written", sketch: by("500.10", 10) },
    { as: "opened", sketch: { ...by("500.10", 20), kind: "macos-esf:open" } },
    { as: "child", sketch: change.child ?? exec("501.11", "500.10", 30) },
    { as: "egress", sketch: change.egress ?? { ...by("501.11", 40), kind: "macos-unifiedlog:com.apple.network" } },
  ];
  const run = (parts: ReturnType<typeof attack>) => {
    const { all, tree } = grow(parts.map(({ sketch }) => sketch));
    const fields = fieldsByRule(set.correlations);
    const matches = all.flatMap((record, i) => {
      const rule = set.rules.findIndex(({ meta }) => meta.name === parts[i]?.as);
      return rule === -1 ? [] : [takeMatch(rule, record, viewRecord(record), record.host ?? "", fields.get(rule) ?? [])];
    });
    return { fired: correlate(set.correlations, matches, { tree }).fired, miss: explainCorrelation(set, 1, matches, tree)?.nearestMiss };
  };

  it("asks for the tree of processes", () => {
    expect(asksForTree(set.correlations)).toBe(true);
    expect(asksForTree(ruleSet(["a"], "correlation: {type: event_count, rules: [a], timespan: 1m, condition: {gte: 1}, group-by: [User]}").correlations)).toBe(false);
  });
  it("fires for one tree, with egress tied to the child", () => {
    expect(run(attack()).fired.map(({ title, events }) => ({ title, events }))).toEqual([{ title: "the child connects", events: [4, 5] }, { title: "document to egress", events: [2, 3, 4, 5] }]);
  });
  it("lacks its join where the link to the parent is broken", () => {
    const { fired, miss } = run(attack({ child: exec("501.11", null, 30) }));
    expect(fired.map(({ title }) => title)).toEqual(["the child connects"]);
    expect(miss).toMatchObject({ kind: "join-missing", stage: "child-connects" });
    expect(miss?.detail).toContain("the sample does not say who started mac-1 501.11");
  });
  it("has another tree where another program started the child", () => {
    const { fired, miss } = run([{ as: null, sketch: exec("700.30", LAUNCHD, 1) }, ...attack({ child: exec("501.11", "700.30", 30) })]);
    expect(fired.map(({ title }) => title)).toEqual(["the child connects"]);
    expect(miss).toMatchObject({ kind: "join-different", stage: "child-connects" });
  });
  it("has another process where somebody else connects", () => {
    const { fired, miss } = run(attack({ egress: { ...by("500.10", 40), kind: "macos-unifiedlog:com.apple.network" } }));
    expect(fired).toEqual([]);
    expect(miss).toMatchObject({ kind: "join-different", stage: "egress" });
  });
});
