import { createRequire } from "node:module";
import { expect, test } from "vitest";
import { z } from "zod";
import { FLOW_QUERIES } from "../formats/flow/queries";
import { everyQuery } from "./testing/every-query";
import { faultOfEsql } from "./testing/read-esql";

/**
 * No parser of ES|QL is published for Node. So a reader of our own, written after Elasticsearch's published grammar, says whether
 * everything stands where it may; and Elastic's own editor definitions whether every command, function and word exists.
 */
const words = z
  .object({ sourceCommands: z.array(z.string()), processingCommands: z.array(z.string()), functions: z.array(z.string()), options: z.array(z.string()), literals: z.array(z.string()), temporalUnits: z.array(z.array(z.string())), operators: z.object({ named: z.object({ binary: z.array(z.string()), other: z.array(z.string()) }) }) })
  .parse(createRequire(import.meta.url)("@elastic/monaco-esql/lib/definitions.js"));
const queries = everyQuery("elastic").flatMap(({ file, text }) => text.split("\n\n").map((one) => [file, one.replace(/"(?:[^"\\]|\\.)*"/g, '""').replace(/^\s*\/\/.*$/gm, "").trim()] as const));

test("every stage of a query begins with a command of ES|QL, the first with one that reads", () => {
  for (const [file, text] of queries) {
    const [first = "", ...rest] = text.split(/\n\| /);
    expect(words.sourceCommands, file).toContain(first.split(" ")[0]);
    for (const stage of rest) expect(words.processingCommands, `${file}: ${stage}`).toContain(stage.split(" ")[0]);
  }
});

test("no function is called that ES|QL lacks", () => {
  const called = new Set(queries.flatMap(([, text]) => [...text.matchAll(/([A-Za-z_][\w.]*)\s*\(/g)].map(([, name = ""]) => name)));
  const named = new Set([...words.functions, ...words.operators.named.binary, ...words.operators.named.other, ...words.processingCommands, "BY"]);
  expect([...called].filter((name) => !named.has(name))).toEqual([]);
  expect(called.size).toBeGreaterThan(5);
});

test("every word in capitals is one of ES|QL's", () => {
  const known = new Set([...words.sourceCommands, ...words.processingCommands, ...words.functions, ...words.options, ...words.literals, ...words.operators.named.binary, ...words.operators.named.other, ...words.temporalUnits.flat()]);
  const used = new Set(queries.flatMap(([, text]) => [...text.matchAll(/(?<![\w.@$])[A-Z][A-Z_]+(?![\w.])/g)].map(([word]) => word)));
  expect([...used].filter((word) => !known.has(word))).toEqual([]);
});

test("every query is read without a fault", () => {
  const faults = everyQuery("elastic").flatMap(({ file, text }) => text.split("\n\n").flatMap((one) => faultOfEsql(one) ?? []).map((fault) => `${file}: ${fault}`));
  expect(faults).toEqual([]);
  expect(FLOW_QUERIES.filter(({ product }) => product.startsWith("Elastic")).map(({ text }) => faultOfEsql(text))).toEqual([null]);
});

test("a query would not pass with a fault in it", () => {
  const good = "FROM logs-* METADATA _source\n| WHERE @timestamp > NOW() - 7 days AND NOT TO_STRING(a.b) IN (\"x | y\", \"\")\n| STATS n = COUNT(CASE((a.b IS NOT NULL), 1, NULL)), `last` = MAX(@timestamp) BY c = TO_STRING(a.b)\n| SORT n DESC\n| LIMIT 5";
  expect(faultOfEsql(good)).toBeNull();
  for (const [from, to] of [["`last`", "last"], ["FROM", "SELECT"], ["| STATS", "| GROUP"], ["NULL))", "NULL)"], ["a.b IS", "a. IS"], ["IN (", "IN "], ["5", "five"], ["BY c", "BY"], ["7 days", "7 days 3"], ["n DESC", "n DOWN"]] as const) {
    expect(faultOfEsql(good.replace(from, to)), to).not.toBeNull();
  }
});
