import { createRequire } from "node:module";
import { z } from "zod";
import types from "../__fixtures__/kusto-types.json";

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

/** What Microsoft's own KQL service finds wrong with a query: syntax, functions and their arguments, columns and their types. */
export function openKusto(): (query: string) => string[] {
  const load = createRequire(import.meta.url);
  load("@kusto/language-service-next/bridge.min.js"); // both put what they make into globalThis
  load("@kusto/language-service-next/Kusto.Language.Bridge.min.js");
  const { Language } = z.custom<Kusto>((value) => value !== undefined).parse(Reflect.get(globalThis, "Kusto"));
  const tables = Object.entries(types).map(([name, columns]) => new Language.Symbols.TableSymbol.$ctor7(name, `(${columns})`, ""));
  const globals = Language.GlobalState.Default.WithDatabase(new Language.Symbols.DatabaseSymbol.ctor("workspace", tables));
  return (query) => {
    const found = Language.KustoCode.ParseAndAnalyze(query, globals).GetDiagnostics();
    return Array.from({ length: found.Count }, (_, index) => found.getItem(index)).map(({ Code, Message, Start }) => `${Code} ${Message} at ${query.slice(Start, Start + 60)}`);
  };
}
