import fc from "fast-check";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTemporaryCluster, type TemporaryCluster } from "@/lib/db/testing/temporary-cluster";
import { correlate } from "../correlate/correlate";
import type { RuleMatch } from "../correlate/match-types";
import { compileRule } from "../evaluate/compile-rule";
import { viewRecord, type RecordView } from "../evaluate/rule-view";
import { linkRules } from "../sigma/link-rules";
import { parseRuleFile } from "../sigma/parse-rule-file";
import type { Matcher, SigmaRule } from "../sigma/rule-types";
import { readCorpus, readSampleRecords } from "../testing/corpus";
import { renderCorrelation } from "./render-correlation";
import { renderRule } from "./render-rule";
import { EXAMPLES, exampleRule } from "./testing/example-rules";
import { TRAPS } from "./testing/trap-events";

/** Records as rows: one column per field, null where a record lacks it. PostgreSQL itself then says what a rendered rule finds. */
let cluster: TemporaryCluster;
let client: pg.Client;
beforeAll(async () => {
  cluster = await startTemporaryCluster();
  client = new pg.Client(cluster.connection);
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await cluster.stop();
});

const BETWEEN_TEXTS = "\n\n"; // keywords of the examples hold no line end

async function load(table: string, views: readonly RecordView[], fields: readonly string[]): Promise<void> {
  const name = (field: string): string => `"${field.replaceAll('"', '""')}"`;
  await client.query(`create table ${table} (n integer primary key, record text, ${fields.map((field) => `${name(field)} text`).join(", ")})`);
  const rows = views.map((view, n) => ({ n, record: view.texts().join(BETWEEN_TEXTS), ...Object.fromEntries(fields.map((field) => [field, textOf(view, field)])) }));
  await client.query(`insert into ${table} select * from json_populate_recordset(null::${table}, $1::json)`, [JSON.stringify(rows).replaceAll("\\u0000", "")]);
}

function textOf(view: RecordView, field: string): string | null {
  const value = view.values(field)?.[0];
  return value === undefined || value === null ? null : String(value);
}

async function found(rule: SigmaRule, table: string): Promise<readonly number[] | string> {
  const result = renderRule(rule, "postgresql", { from: table, passThrough: true, text: "record" });
  if (!("query" in result)) return result.refused;
  const { rows } = await client.query<{ n: number }>(`select n from (${result.query}) as found order by n`);
  return rows.map(({ n }) => n);
}

function wanted(rule: SigmaRule, views: readonly RecordView[]): number[] {
  const holds = compileRule(rule);
  return views.flatMap((view, n) => (holds(view) ? [n] : []));
}

describe("a rule rendered as SQL finds in PostgreSQL what the engine matches", () => {
  test("for every construct, over records made to tell them apart", async () => {
    const views = TRAPS.map((native) => viewRecord({ kind: { family: "test", key: "1" }, fields: {}, native }));
    const rules = EXAMPLES.map(([name, detection]) => ({ name, rule: exampleRule(detection) }));
    await load("traps", views, [...new Set(rules.flatMap(({ rule }) => rule.fields))]);
    const refused: string[] = [];
    for (const { name, rule } of rules) {
      const rows = await found(rule, "traps");
      if (typeof rows === "string") refused.push(name);
      else {
        const matched = wanted(rule, views);
        expect({ name, rows }).toEqual({ name, rows: matched });
        expect({ name, tellsApart: matched.length > 0 && matched.length < views.length }).toEqual({ name, tellsApart: true });
      }
    }
    expect(refused).toEqual(["a letter without a single small form", "week of a date"]);
  });

  const corpus = readCorpus();
  test.skipIf(corpus === null)("for public rules over sample events of Windows", async () => {
    const { rules } = linkRules((corpus ?? []).map(({ file, text }) => parseRuleFile(file, text)));
    const records = readSampleRecords("windows").filter((_, i) => i % 5 === 0);
    const views = records.map(viewRecord);
    // Columns hold one value and no null: fields that hold several somewhere, and rules about them, stay out.
    const plain = (field: string): boolean => views.every((view) => (view.values(field) ?? ["one"]).every((value, _, all) => all.length === 1 && value !== null && !String(value).includes("\0")) && view.values(field)?.length !== 0);
    const asked = rules.filter(({ logsource, fields }, i) => logsource.product === "windows" && i % 6 === 0 && fields.length > 0);
    const fields = [...new Set(asked.flatMap((rule) => rule.fields))].filter(plain);
    const usable = asked.filter((rule) => rule.fields.every((field) => fields.includes(field)));
    await load("samples", views, fields);
    let matches = 0;
    for (const rule of usable) {
      const rows = await found(rule, "samples");
      const matched = wanted(rule, views);
      matches += matched.length;
      expect({ title: rule.meta.title, rows }).toEqual({ title: rule.meta.title, rows: matched });
    }
    console.log(`SQL against the engine: ${usable.length} public rules over ${views.length} sample events, ${matches} matches`);
    expect(usable.length).toBeGreaterThan(250);
    expect(matches).toBeGreaterThan(20);
  });

  test("for any condition over fields that are there or not: logic stays two-valued", async () => {
    const values = [undefined, "", "a", "b", "5", "70"];
    const views = Array.from({ length: 80 }, (_, i) => ({ F: values[i % 6], G: values[(i * 5 + (i >> 3)) % 6], H: values[(i * 7 + (i >> 2)) % 6] })).map((native) => viewRecord({ kind: { family: "test", key: "1" }, fields: {}, native: Object.fromEntries(Object.entries(native).filter(([, value]) => value !== undefined)) }));
    await load("logic", views, ["F", "G", "H"]);
    const line = fc.tuple(fc.constantFrom("F", "G", "H"), fc.constantFrom(": a", ": null", ": ''", "|neq: a", "|exists: true", "|gt: 6", ": 5", "|re: '^[ab]$'", "|contains: ''", "|cased: b", "|cidr: 10.0.0.0/8", "|fieldref: G", ": [a, b]")).map(([field, test]) => `${field}${test}`);
    const condition: fc.Arbitrary<string> = fc.letrec<{ node: string }>((tie) => ({
      node: fc.oneof({ maxDepth: 4 }, fc.constantFrom("s0", "s1", "s2", "1 of s*", "all of s*"), tie("node").map((one) => `not (${one})`), fc.tuple(tie("node"), fc.constantFrom("and", "or"), tie("node")).map(([a, word, b]) => `(${a} ${word} ${b})`)),
    })).node;
    for (const [lines, whole] of fc.sample(fc.tuple(fc.tuple(line, line, line), condition), { numRuns: 150, seed: 5 })) {
      const detection = `${lines.map((one, i) => `s${i}:\n  ${one}`).join("\n")}\ncondition: ${whole}`;
      const rule = exampleRule(detection);
      expect({ detection, rows: await found(rule, "logic") }).toEqual({ detection, rows: wanted(rule, views) });
    }
  });

  test("for texts of any characters, over rows of any characters", async () => {
    const nasty = fc.string({ unit: fc.constantFrom("a", "B", "'", '"', "\\", "%", "_", "!", "*", "?", "\n", "ä", "Ä", "ß", "😀", "[", "]", "-", "^", "$", ".", "/", "0"), maxLength: 5 });
    const texts = fc.sample(nasty, { numRuns: 120, seed: 7 });
    const views = texts.map((F) => viewRecord({ kind: { family: "test", key: "1" }, fields: {}, native: { F } }));
    await load("texts", views, ["F"]);
    const any = { kind: "any" } as const;
    for (const [i, text] of texts.entries()) {
      const token = { kind: "text", text } as const;
      const pattern = [[token], [any, token, any], [token, any], [any, token], [token, { kind: "one" } as const], [any, token, { kind: "dash" } as const, any]][i % 6] ?? [token];
      const matcher: Matcher = { kind: "text", pattern: pattern.filter((one) => one.kind !== "text" || one.text !== ""), cased: i % 4 === 0 };
      const rule = { ...exampleRule("selection:\n  F: x\ncondition: selection"), detections: new Map([["selection", { kind: "item" as const, item: { path: "", field: "F", quantifier: "any" as const, negated: false, matchers: [matcher], wanted: "" } }]]) };
      expect({ text, rows: await found(rule, "texts") }).toEqual({ text, rows: wanted(rule, views) });
    }
  });
});

describe("a correlation rendered as SQL holds in PostgreSQL where the engine fires", () => {
  const RULES = `title: A
name: a
logsource: {product: windows, category: process_creation}
detection: {selection: {CommandLine|contains: a}, condition: selection}
---
title: B
name: b
logsource: {product: windows, category: process_creation}
detection: {selection: {CommandLine|contains: b}, condition: selection}
---
`;
  const correlation = (body: string): string => `${RULES}title: C\ncorrelation:\n${body.trim().replace(/^/gm, "  ")}\n`;
  const CASES: readonly (readonly [name: string, body: string])[] = [
    ["records", "type: event_count\nrules: [a]\ntimespan: 10s\ngroup-by: [User]\ncondition: {gte: 3}"],
    ["records of two rules, each once", "type: event_count\nrules: [a, b]\ntimespan: 10s\ngroup-by: [User]\ncondition: {gt: 2}"],
    ["records of one group", "type: event_count\nrules: [b]\ntimespan: 5s\ncondition: {gte: 4}"],
    ["distinct values", "type: value_count\nrules: [a, b]\ntimespan: 20s\ngroup-by: [User]\ncondition: {field: Host, gte: 3}"],
    ["distinct pairs", "type: value_count\nrules: [a]\ntimespan: 20s\ncondition: {field: [Host, User], gte: 4}"],
    ["rules together", "type: temporal\nrules: [a, b]\ntimespan: 4s\ngroup-by: [User]"],
    ["rules together, with an alias", "type: temporal\nrules: [a, b]\ntimespan: 4s\ngroup-by: [who]\naliases:\n  who: {a: User, b: Host}"],
  ];

  test.each(CASES)("%s", async (name, body) => {
    const set = linkRules([parseRuleFile("c.yml", correlation(body))]);
    const [asked] = set.correlations;
    if (asked === undefined) throw new Error(set.refused[0]?.message);
    const pick = fc.record({ at: fc.nat(120), CommandLine: fc.constantFrom("a", "b", "xABx", "c"), User: fc.constantFrom("mia", "MIA", "ole", "-", null), Host: fc.constantFrom("h1", "h2", "H2", "mia", "ole", null) });
    const events = fc.sample(pick, { numRuns: 90, seed: 11 }).map(({ User, Host, ...rest }, n) => ({ n, ...rest, ...(User === null ? {} : { User }), ...(Host === null ? {} : { Host }) }));
    const views = events.map((native) => viewRecord({ kind: { family: "test", key: "1" }, fields: {}, native }));
    const matches = set.rules.flatMap((rule, index): RuleMatch[] => {
      const holds = compileRule(rule);
      return events.flatMap((event, n) => {
        const view = views[n];
        if (view === undefined || !holds(view)) return [];
        return [{ rule: index, event: n, ms: event.at * 1000, values: new Map(["User", "Host"].flatMap((field) => (view.values(field) === null || textOf(view, field) === "-" ? [] : [[field, view.values(field) ?? []] as const]))), process: null }];
      });
    });
    const fired = correlate(set.correlations, matches).fired.filter(({ correlation: index }) => set.correlations[index] === asked);

    const table = `correlated_${CASES.findIndex(([one]) => one === name)}`;
    await client.query(`create table ${table} (event_time timestamp, "CommandLine" text, "User" text, "Host" text)`);
    await client.query(`insert into ${table} select timestamp '2026-02-03' + at * interval '1 second', "CommandLine", "User", "Host" from json_to_recordset($1::json) as e(at integer, "CommandLine" text, "User" text, "Host" text)`, [JSON.stringify(events)]);
    const result = renderCorrelation(asked, set, "postgresql", { from: table, passThrough: true, time: "event_time" });
    if (!("query" in result)) throw new Error(result.refused);
    const { rows } = await client.query<{ ms: string; key: string | null }>(`select extract(epoch from at - timestamp '2026-02-03') * 1000 as ms, ${asked.groupBy.length === 0 ? "''" : "key_1"} as key from (${result.query}) as found`);
    const held = rows.map(({ ms, key }) => ({ ms: Number(ms), key: key ?? "" }));
    const shown = fired.map(({ atMs, group }) => ({ ms: atMs, key: (Object.values(group)[0] ?? "").toLowerCase() }));

    expect(shown.length).toBeGreaterThan(1);
    // Each firing is a moment at which the threshold holds; each such moment is in the silent time of a firing of its group, or is one.
    expect(shown.filter((one) => !held.some(({ ms, key }) => ms === one.ms && key === one.key))).toEqual([]);
    expect(held.filter((one) => !shown.some(({ ms, key }) => key === one.key && ms <= one.ms && one.ms - ms <= asked.timespanMs))).toEqual([]);
  });
});
