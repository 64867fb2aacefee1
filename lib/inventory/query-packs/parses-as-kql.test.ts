import { createRequire } from "node:module";
import { beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { FLOW_QUERIES } from "../formats/flow/queries";
import columns from "./__fixtures__/sentinel-columns.json";
import { everyQuery } from "./testing/every-query";

/**
 * Microsoft's own KQL service reads every query of Sentinel: syntax, functions and their arguments, and each column with its type
 * in the tables of Azure Monitor's reference (__fixtures__/sentinel-columns.json holds those that the queries name).
 */
interface Diagnostics {
  readonly Count: number;
  getItem(index: number): { readonly Code: string; readonly Message: string; readonly Severity: string; readonly Start: number };
}
interface Kusto {
  readonly Language: {
    readonly GlobalState: { readonly Default: { WithDatabase(database: unknown): unknown } };
    readonly KustoCode: { ParseAndAnalyze(text: string, globals: unknown): { GetDiagnostics(): Diagnostics } };
    readonly Symbols: { readonly TableSymbol: { readonly $ctor7: new (name: string, schema: string, description: string) => unknown }; readonly DatabaseSymbol: { readonly ctor: new (name: string, members: unknown[]) => unknown } };
  };
}
const TABLES = z.record(z.string(), z.record(z.string(), z.enum(["string", "int", "long", "datetime", "dynamic", "bool", "real"]))).parse(columns);
const EVERYWHERE = { TimeGenerated: "datetime", Type: "string" }; // of every table

let faults: (text: string) => string[];
beforeAll(() => {
  const load = createRequire(import.meta.url);
  load("@kusto/language-service-next/bridge.min.js"); // both put what they make into globalThis
  load("@kusto/language-service-next/Kusto.Language.Bridge.min.js");
  const { Language } = z.custom<Kusto>((value) => value !== undefined).parse(Reflect.get(globalThis, "Kusto"));
  const tables = Object.entries(TABLES).map(([name, own]) => new Language.Symbols.TableSymbol.$ctor7(name, `(${Object.entries({ ...EVERYWHERE, ...own }).map(([column, type]) => `${column}: ${type}`).join(", ")})`, ""));
  const globals = Language.GlobalState.Default.WithDatabase(new Language.Symbols.DatabaseSymbol.ctor("workspace", tables));
  faults = (text) => {
    const found = Language.KustoCode.ParseAndAnalyze(text, globals).GetDiagnostics();
    return Array.from({ length: found.Count }, (_, index) => found.getItem(index)).map(({ Code, Message, Start }) => `${Code} ${Message} at ${text.slice(Start, Start + 60)}`);
  };
});

describe("Sentinel's queries", () => {
  test.each(everyQuery("sentinel").map(({ file, text }, index) => [`${index} ${file}`, text]))("%s is read by Microsoft's KQL service without a fault", (_, text) => {
    expect(faults(text), text).toEqual([]);
  });

  test.each(FLOW_QUERIES.filter(({ product }) => product.includes("Sentinel")))("for flow statistics pass too: $product", ({ text }) => {
    expect(faults(text), text).toEqual([]);
  });

  test("would not pass with a fault in them", () => {
    const text = everyQuery("sentinel").find(({ family }) => family === "windows-security")?.text ?? "";
    expect(faults(text)).toEqual([]);
    for (const broken of [text.replace("SecurityEvent", "SecurityEvents"), text.replaceAll("SubjectUserName", "SubjectUserNam"), text.replace("tolower(", "lowercase("), text.replace("| summarize", "| summarise"), text.replace("ago(7d)", "7d")]) expect(faults(broken), broken).not.toEqual([]);
  });
});
