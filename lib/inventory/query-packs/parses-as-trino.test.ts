import { TrinoSQL } from "dt-sql-parser";
import { describe, expect, test, vi } from "vitest";
import { everyQuery } from "./testing/every-query";

/** Athena's engine 3 is Trino: its published grammar reads every query. Which functions there are, no grammar says: those are listed. */
const parser = new TrinoSQL();
const FUNCTIONS = ["cast", "coalesce", "count", "count_if", "from_iso8601_timestamp", "from_unixtime", "json_extract_scalar", "json_format", "json_parse", "lower", "max", "min", "regexp_like", "row", "row_number", "to_iso8601", "try"];
const SYNTAX = ["AND", "ARRAY", "IN", "FROM", "INTERVAL", "OVER", "WHERE"];

const faults = (sql: string): string[] => parser.validate(sql).map(({ message, startLine }) => `line ${startLine}: ${message}`);

describe("Athena's queries", () => {
  test.each(everyQuery("athena").map(({ file, text }, index) => [`${index} ${file}`, text]))("%s is read by Trino's grammar without a fault", (_, text) => {
    expect(faults(text), text).toEqual([]);
  });

  test("call no function that Athena lacks", () => {
    const called = everyQuery("athena").flatMap(({ text }) => [...text.replace(/'(?:[^']|'')*'|--.*/g, "''").matchAll(/(\w+)\s*\(/g)].map(([, name = ""]) => name));
    expect([...new Set(called)].filter((name) => !SYNTAX.includes(name.toUpperCase()) && !FUNCTIONS.includes(name.toLowerCase()))).toEqual([]);
  });

  test("would not pass with a fault in them", () => {
    vi.spyOn(console, "error").mockImplementation(() => {}); // the parser reports there too
    const [{ text } = { text: "" }] = everyQuery("athena");
    for (const broken of [text.replace("GROUP BY", "GROUP"), text.replace("FROM", ""), text.replace(")", ""), text.replace("SELECT", "SELECT ,")]) expect(faults(broken), broken).not.toEqual([]);
  });
});
