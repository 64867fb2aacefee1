import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTemporaryCluster, type TemporaryCluster } from "@/lib/db/testing/temporary-cluster";
import { compileRule } from "../evaluate/compile-rule";
import { viewRecord, type RecordView } from "../evaluate/rule-view";
import { linkRules } from "../sigma/link-rules";
import { parseRuleFile } from "../sigma/parse-rule-file";
import type { SigmaRule } from "../sigma/rule-types";
import { readCorpus, readSampleRecords } from "../testing/corpus";
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
    const records = readSampleRecords("windows").filter((_, i) => i % 4 === 0);
    const views = records.map(viewRecord);
    // Columns hold one value and no null: fields that hold several somewhere, and rules about them, stay out.
    const plain = (field: string): boolean => views.every((view) => (view.values(field) ?? ["one"]).every((value, _, all) => all.length === 1 && value !== null && !String(value).includes("\0")) && view.values(field)?.length !== 0);
    const asked = rules.filter(({ logsource, fields }, i) => logsource.product === "windows" && i % 4 === 0 && fields.length > 0);
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
    expect(usable.length).toBeGreaterThan(300);
    expect(matches).toBeGreaterThan(20);
  });
});
