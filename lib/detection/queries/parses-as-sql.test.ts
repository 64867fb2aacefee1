import { TrinoSQL } from "dt-sql-parser";
import { describe, expect, test, vi } from "vitest";
import { renderRule } from "./render-rule";
import { someRules } from "./testing/corpus-rules";

/** Athena's engine 3 is Trino. PostgreSQL's queries are not read here but run (sql-against-engine.db.test.ts). */
const parser = new TrinoSQL();
const faults = (sql: string): string[] => parser.validate(sql).map(({ message, startLine }) => `line ${startLine}: ${message}`);
const FUNCTIONS = new Set(["cast", "coalesce", "contains", "length", "lower", "regexp_extract", "regexp_like", "regexp_replace", "starts_with", "strpos", "substr", "trim", "try_cast"]);
const SYNTAX = new Set(["and", "in", "not", "or", "then", "when", "where"]);

describe("rules as SQL of Athena", () => {
  test("are read by Trino's grammar without a fault, and call functions that it has", () => {
    let read = 0;
    for (const { name, rule } of someRules(40)) {
      const result = renderRule(rule, "athena", { text: "record" });
      if (!("query" in result) || result.query.length > 20_000) continue;
      expect({ name, faults: faults(result.query) }).toEqual({ name, faults: [] });
      const called = [...result.query.replace(/'(?:[^']|'')*'|"(?:[^"]|"")*"/g, "''").matchAll(/(\w+)\s*\(/g)].map(([, word = ""]) => word.toLowerCase());
      expect(called.filter((word) => !FUNCTIONS.has(word) && !SYNTAX.has(word))).toEqual([]);
      read += 1;
    }
    expect(read).toBeGreaterThan(45);
  });

  test("would not pass with a fault in them", () => {
    vi.spyOn(console, "error").mockImplementation(() => {}); // the parser reports there too
    const query = `SELECT *\nFROM "t"\nWHERE lower("a") LIKE '%x%' ESCAPE '!'`;
    expect(faults(query)).toEqual([]);
    for (const broken of [query.replace("WHERE", "WHERE AND"), query.replace("'%x%'", "'%x%"), query.replace('"t"', ""), query.replace("lower(", "lower((")]) expect(faults(broken), broken).not.toEqual([]);
  });
});
