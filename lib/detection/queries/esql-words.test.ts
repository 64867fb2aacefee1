import { createRequire } from "node:module";
import { expect, test } from "vitest";
import { z } from "zod";
import { renderRule } from "./render-rule";
import { someRules } from "./testing/corpus-rules";

/** No parser of ES|QL is published for Node; Elastic's own editor definitions are. This finds words that do not exist, not those in the wrong place. */
const words = z
  .object({ sourceCommands: z.array(z.string()), processingCommands: z.array(z.string()), functions: z.array(z.string()), options: z.array(z.string()), literals: z.array(z.string()), operators: z.object({ named: z.object({ binary: z.array(z.string()), other: z.array(z.string()) }) }) })
  .parse(createRequire(import.meta.url)("@elastic/monaco-esql/lib/definitions.js"));

test("every function, command and word in capitals of a rule in ES|QL is one of Elastic's", () => {
  const known = new Set([...words.sourceCommands, ...words.processingCommands, ...words.functions, ...words.options, ...words.literals, ...words.operators.named.binary, ...words.operators.named.other].map((word) => word.toUpperCase()));
  const used = new Set<string>();
  for (const { rule } of someRules(10)) {
    const result = renderRule(rule, "esql", { text: "message" });
    if (!("query" in result)) continue;
    const bare = result.query.replace(/"(?:[^"\\]|\\.)*"/g, '""').replace(/^FROM \S+/, "FROM x");
    for (const [word] of bare.matchAll(/(?<![\w.`])[A-Z][A-Z_]+(?![\w.`])/g)) used.add(word);
    for (const [, name = ""] of bare.matchAll(/(?<![\w.])([A-Za-z_]+)\(/g)) used.add(name);
  }
  expect([...used].filter((word) => !known.has(word))).toEqual([]);
  expect(used.size).toBeGreaterThan(15);
});
