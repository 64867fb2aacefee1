import { describe, expect, test } from "vitest";
import { linkRules } from "@/lib/detection/sigma/link-rules";
import { parseRuleFile } from "@/lib/detection/sigma/parse-rule-file";
import type { RuleText } from "@/lib/detection/sigma/rule-types";
import { startDetection } from "@/lib/detection/start-detection";
import { formatById } from "@/lib/events/formats/index";
import { attach, DEFAULT_LIMITS, startReading } from "@/lib/events/read-events";
import { evaluateInWorkers } from "./evaluate-in-workers";
import type { EvaluationLimits, EventContent } from "./evaluation";
import { explainInWorker } from "./explain-in-worker";

const SIGNAL = new AbortController().signal;
const rule = (title: string, lines: string, more = ""): RuleText => ({ file: `${title}.yml`, text: `title: ${title}\n${more}logsource: {category: process_creation, product: windows}\ndetection:\n  s:\n    ${lines}\n  condition: s\n` });
const start = (n: number, CommandLine: string, more = {}): string =>
  JSON.stringify({ EventID: 1, Channel: "Microsoft-Windows-Sysmon/Operational", Computer: `ws-${Math.floor(n / 3) % 7}`, UtcTime: new Date(Date.UTC(2026, 1, 3) + n * 500).toISOString().replace("T", " ").replace("Z", ""), ProcessId: String(100 + (n % 900)), ProcessGuid: `{p-${n}}`, ParentProcessGuid: `{q-${Math.floor(n / 3)}}`, ParentImage: "C:\\x\\a.exe", Image: "C:\\x\\b.exe", CommandLine, ...more });

/** A file of events as it would lie on a disk, in chunks that cut records anywhere. */
function content(text: string, more: Partial<EventContent> = {}): EventContent {
  const bytes = Buffer.from(text);
  return {
    name: "events.json",
    bytes: bytes.length,
    format: null,
    open: async function* () {
      for (let at = 0; at < bytes.length; at += 70_001) yield await Promise.resolve(bytes.subarray(at, at + 70_001));
    },
    ...more,
  };
}

function evaluate(rules: readonly RuleText[], contents: readonly EventContent[], limits: Partial<EvaluationLimits> = {}) {
  return evaluateInWorkers({ rules, contents }, { signal: SIGNAL, limits });
}

/** The same in this thread, in one piece. */
function detectHere(rules: readonly RuleText[], text: string, format = "windows-json") {
  const detection = startDetection(linkRules(rules.map(({ file, text: own }) => parseRuleFile(file, own))), { ignoreLogsource: false });
  const known = formatById(format);
  if (known === undefined) throw new Error(format);
  const visitor = attach({ id: "t", version: 1, start: () => null, record: (_, record, host) => (detection.record(record, host), null), finish: () => null });
  const reading = startReading({ format: known, limits: DEFAULT_LIMITS, host: null, hostFrom: null, filePath: "" }, [visitor]);
  reading.push(Buffer.from(text));
  reading.end();
  return detection.finish();
}

const WORDS = ["whoami", "net user", "calc", "powershell -enc QQ", "dir"];
const many = (count: number): string =>
  Array.from({ length: count }, (_, n) => (n % 997 === 5 ? "{broken" : n % 501 === 7 ? `{"EventID":1,\n"Channel":"Microsoft-Windows-Sysmon/Operational",\n"CommandLine":"whoami in several lines"}` : start(n, `${WORDS[n % 5] ?? ""} ${n % 50 === 0 ? "rare" : ""} ${"pad ".repeat(60)}`))).join("\n");
const RULES = [
  rule("Whoami", "CommandLine|contains: whoami"),
  rule("Rare", "CommandLine|contains: rare"),
  rule("Net", "CommandLine|startswith: net user", "name: net\n"),
  { file: "chain.yml", text: ["title: Calc\nname: calc\nlogsource: {category: process_creation, product: windows}\ndetection:\n  s: {CommandLine|startswith: calc}\n  condition: s\n", "title: Both of a tree\ncorrelation:\n  type: temporal\n  rules: [net, calc]\n  group-by: [sightline.lineage]\n  timespan: 10s\n"].join("---\n") },
];

describe("rules in threads", () => {
  test("find what one thread finds in one piece, however the file is cut and whoever looks at it; records keep their numbers", async () => {
    const text = many(9_000);
    const here = detectHere(RULES, text);
    const [one, two] = [await evaluate(RULES, [content(text)], { threads: 1 }), await evaluate(RULES, [content(text)], { threads: 2 })];
    for (const found of [one, two]) {
      expect(found.matches).toEqual(here.matches);
      expect(found.fired).toEqual(here.fired);
      expect(found.inputs).toMatchObject([{ format: "windows-json", first: 1, records: 9_000, refused: 10 }]);
      expect(found.stopped).toEqual([]);
    }
    expect(here.matches.length).toBeGreaterThan(1_000);
    expect(here.fired.length).toBeGreaterThan(50);
  });

  test("where every record needs what stands before it, all threads read everything and share the matching; files are numbered on", async () => {
    const list = `[${Array.from({ length: 3_000 }, (_, n) => start(n, WORDS[n % 5] ?? "")).join(",\n")}]`;
    const found = await evaluate(RULES, [content(many(300), { name: "a" }), content(list, { name: "b", bytes: 1e9 })], { threads: 2 });
    const [first, second] = [detectHere(RULES, many(300)), detectHere(RULES, list)];
    expect(found.inputs.map(({ file, first: at, records }) => [file, at, records])).toEqual([["a", 1, 300], ["b", 301, 3_000]]);
    expect(found.matches).toEqual([...first.matches, ...second.matches.map((match) => ({ ...match, event: match.event + 300 }))]);
  });

  test("fields that no record answers are named, whoever read the beginning of each file; a rule that was stopped asks for nothing", async () => {
    const asking = [rule("Hive", "TargetObject: x"), rule("Empty", "Product: x"), RULES[0] ?? rule("Whoami", "CommandLine: x"), rule("All", "Image|endswith: exe\n    Company: x*")];
    const text = Array.from({ length: 400 }, (_, n) => start(n, "whoami", { Product: "-" })).join("\n");
    const list = `[${text.replaceAll("\n", ",")}]`;
    const wanted = ["Company", "Product", "TargetObject"].map((field) => ({ kind: "windows-sysmon:1", field, state: field === "Product" ? "field-empty" : "field-unmapped", records: 200, rules: [{ Company: 3, Product: 1, TargetObject: 0 }[field]] }));
    for (const [body, bytes] of [[text, null], [list, 1e9]] as const) expect((await evaluate(asking, [content(body, { bytes })], { threads: 2 })).unanswered).toEqual(wanted);
    expect((await evaluate(asking, [content(text), content(start(1, "a", { Company: "b" }))])).unanswered).toMatchObject([{ field: "Product", records: 201 }, { field: "TargetObject", records: 201 }]);
    const stopped = await evaluate([...asking.slice(0, 2), rule("Loud", "Image|endswith: exe\n    Nowhere: null")], [content(text)], { mostMatches: 100 });
    expect([stopped.stopped.map(({ title }) => title), stopped.unanswered.map(({ field }) => field)]).toEqual([["Loud"], ["Product", "TargetObject"]]);
    expect((await evaluateInWorkers({ rules: asking, contents: [content(text)], ignoreLogsource: true }, { signal: SIGNAL })).unanswered).toEqual([]);
  });

  test("one that takes too long is stopped by name, and the others find what they find without it", async () => {
    const slow = rule("Slow", `CommandLine|re: '${"(a?){900}(a?){900}(a?){900}".repeat(3)}[bc]'`);
    const text = [...Array.from({ length: 200 }, (_, n) => start(n, WORDS[n % 5] ?? "")), start(201, `whoami ${"a".repeat(60_000)}`), start(202, "whoami at last")].join("\n");
    const found = await evaluate([RULES[0] ?? slow, slow, rule("Last", "CommandLine|endswith: last")], [content(text)], { blockMs: 1_500, ruleMs: 700 });
    expect(found.stopped).toEqual([{ file: "Slow.yml", title: "Slow", reason: expect.stringContaining("takes longer than 0.7 s") }]);
    expect(found.documents.map(({ title, error }) => [title, error === null])).toEqual([["Whoami", true], ["Slow", false], ["Last", true]]);
    expect(found.matches.filter(({ event }) => event > 200)).toEqual([{ rule: 0, event: 201 }, { rule: 0, event: 202 }, { rule: 2, event: 202 }]);
    expect(found.matches.filter(({ rule: index }) => index === 0)).toHaveLength(42);
  });

  test("rules that need too much memory together are refused in words, and the process goes on", async () => {
    const values = (seed: number): string => Array.from({ length: 50 }, (_, i) => `      - '(.{0,900}[xy])${seed}${i}[0-9]'`).join("\n");
    const greedy = Array.from({ length: 6 }, (_, i): RuleText => ({ file: `g${i}.yml`, text: `title: G${i}\nlogsource: {category: process_creation, product: windows}\ndetection:\n  s:\n    CommandLine|re:\n${values(i + 10)}\n  condition: s\n` }));
    await expect(evaluate(greedy, [content(many(50))], { memoryMb: 56, blockMs: 60_000 })).rejects.toMatchObject({ code: "TOO_LARGE", message: expect.stringMatching(/rules.*memory/) });
    expect((await evaluate(RULES, [content(many(50))])).matches.length).toBe(11);
  });

  test("one that matches more than can be listed is stopped by name, and a correlation that rests on such a one with it", async () => {
    const all = rule("All", "Image|endswith: exe", "name: all\n");
    const count: RuleText = { file: "count.yml", text: "title: Many\ncorrelation:\n  type: event_count\n  rules: [all]\n  timespan: 1h\n  condition: {gte: 3}\n" };
    const noisy = await evaluate([rule("All", "Image|endswith: exe"), RULES[1] ?? all], [content(many(2_000))], { mostMatches: 500 });
    expect(noisy.stopped).toMatchObject([{ title: "All", reason: expect.stringContaining("matches too much") }]);
    expect(noisy.matches).toEqual(detectHere([RULES[1] ?? all], many(2_000)).matches.map(({ event }) => ({ rule: 1, event })));
    const dragged = await evaluate([all, count], [content(many(2_000))], { mostMaterial: 500 });
    expect(dragged.stopped.map(({ title }) => title)).toEqual(["All", "Many"]);
    expect(dragged.fired).toEqual([]);
  });

  test("a correlation that takes too long is stopped by name, and the next one runs", async () => {
    const stages = Array.from({ length: 60 }, (_, i) => `title: S${i}\nname: s${i}\nlogsource: {category: process_creation, product: windows}\ndetection:\n  s: {CommandLine|endswith: '${i % 2}'}\n  condition: s\n`);
    const chain: RuleText = { file: "slow.yml", text: [...stages, `title: Endless\ncorrelation:\n  type: temporal_ordered\n  rules: [${stages.map((_, i) => `s${i}`).join()}]\n  timespan: 10d\n  condition: {gte: 61}\n`, "title: Quick\ncorrelation:\n  type: event_count\n  rules: [s1]\n  timespan: 1d\n  condition: {gte: 100}\n"].join("---\n") };
    const text = Array.from({ length: 5_000 }, (_, n) => start(n, `x ${n % 2}`)).join("\n");
    const found = await evaluate([chain], [content(text)], { correlationMs: 1_200 });
    expect([found.stopped.map(({ title }) => title), found.fired.map(({ title }) => title)]).toEqual([["Endless"], ["Quick"]]);
  });

  test("10,000 rules at once are loaded and asked", async () => {
    const rules = Array.from({ length: 10_000 }, (_, i) => rule(`R${i}`, `CommandLine|contains: ${i === 77 ? "whoami" : `word-${i}-word`}`));
    const found = await evaluate(rules, [content(many(400))], { threads: 1 });
    expect([found.documents.length, new Set(found.matches.map(({ rule: index }) => index)), found.matches.length]).toEqual([10_000, new Set([77]), 80]);
  });

  test("a wish to stop ends it at once, and the next evaluation is not touched by it", async () => {
    const stop = new AbortController();
    const text = many(3_000);
    const endless = content(text, { open: async function* () { for (;;) yield await Promise.resolve(Buffer.from(`${text}\n`)); } });
    const running = evaluateInWorkers({ rules: RULES, contents: [endless] }, { signal: stop.signal, onProgress: ({ bytes }) => void (bytes > 2e6 && stop.abort()) });
    await expect(running).rejects.toMatchObject({ code: "CANCELLED" });
    expect((await evaluate(RULES, [content(many(30))])).inputs).toMatchObject([{ records: 30 }]);
  });

  test("a content that no format knows is told and the others are read; a format that does not exist is refused", async () => {
    const found = await evaluate(RULES, [content("nothing known\n", { name: "odd" }), content(many(30))]);
    expect(found.inputs).toMatchObject([{ file: "odd", format: null, records: 0, error: expect.stringContaining("no known event format") }, { first: 1, records: 30 }]);
    await expect(evaluate(RULES, [content("x", { format: "odd" })])).rejects.toThrow("not an event format");
  });

  test("an explanation that takes too long names its rule", async () => {
    const slow = rule("Slow", `CommandLine|re: '${"(a?){900}(a?){900}(a?){900}".repeat(3)}[bc]'`);
    const running = explainInWorker({ rules: [slow], contents: [content(start(1, "a".repeat(100_000)))] }, { signal: SIGNAL, limits: { blockMs: 800 } });
    await expect(running).rejects.toThrow('Explaining "Slow" over these events takes too long.');
  });
});
