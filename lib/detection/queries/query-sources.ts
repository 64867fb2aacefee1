import { z } from "zod";
import type { SigmaLogsource } from "../sigma/rule-types";
import defender from "./sources/defender.json";
import elastic from "./sources/elastic.json";
import sentinel from "./sources/sentinel.json";
import splunk from "./sources/splunk.json";
import sumo from "./sources/sumo.json";
import { combine } from "./flatten-rule";
import type { Predicate, TargetId } from "./query-types";
import { windowsLogs, type WindowsLog } from "./windows-logs";

/** Columns and the values of which one must stand there: all of them together say what a logsource means in a table. */
const conditions = z.array(z.tuple([z.string()], z.string()));

const sourceSchema = z.object({
  id: z.string(),
  label: z.string(),
  /** Table, index or scope in the target's own language; ES|QL's index pattern, Lucene's data view. */
  from: z.string(),
  /** A step that must stand behind the condition: how columns are made out of what is stored. */
  prepare: z.string().optional(),
  /** Serves Windows logs by channel and event number; `prefixes` stand before a channel's name in that column. */
  windows: z.object({ channel: z.string().nullable(), prefixes: z.array(z.string()).default([""]), id: z.string(), only: z.array(z.string()).optional() }).optional(),
  /** "product/category/service" with - for what a rule leaves out -> condition. */
  logsources: z.record(z.string(), conditions).default({}),
  fields: z.record(z.string(), z.string()).default({}),
  /** Fields that keep their names, parted by blanks. */
  same: z.string().default(""),
  /** Fields that are not named above: columns of the same name, members of a bag, or unknown. */
  rest: z.union([z.literal("same"), z.object({ prefix: z.string() }), z.object({ bag: z.string() })]).optional(),
  numbers: z.string().default(""),
  codes: z.string().default(""),
  analysed: z.string().default(""),
  booleans: z.string().default(""),
  addresses: z.string().default(""),
  text: z.string().nullable().default(null),
  /** The text writes quotes, backslashes and brackets in another way than the record (JSON, XML). */
  escaped: z.boolean().default(false),
  time: z.string(),
  note: z.string().optional(),
});

export type QuerySource = z.infer<typeof sourceSchema>;

const list = z.array(sourceSchema);
const SOURCES: Readonly<Record<TargetId, readonly QuerySource[]>> = {
  sumo: list.parse(sumo),
  splunk: list.parse(splunk),
  defender: list.parse(defender),
  sentinel: list.parse(sentinel),
  lucene: list.parse(elastic),
  esql: list.parse(elastic),
  postgresql: [],
  athena: [],
};

/** Tables of a target that hold records of a logsource, the usual one first, and the condition that makes the difference there. */
export function sourcesFor(target: TargetId, logsource: SigmaLogsource): { readonly source: QuerySource; readonly condition: Predicate | null }[] {
  const name = [logsource.product, logsource.category, logsource.service].map((one) => one ?? "-").join("/");
  // Elastic's keywords mind case; where the spelling is certain, the plain term says the same as an expression and is fast.
  const exact = target === "lucene" || target === "esql";
  return SOURCES[target].flatMap((source) => {
    const named = source.logsources[name];
    if (named !== undefined) return [{ source, condition: conditionOf(named.map(([column, ...values]) => equal(column, values, { numeric: source.numbers.split(" ").includes(column), cased: exact }))) }];
    const { windows } = source;
    if (windows === undefined || logsource.product !== "windows" || windows.only?.includes(logsource.service ?? logsource.category ?? "-") === false) return [];
    const logs = windowsLogs(logsource);
    return logs.length === 0 ? [] : [{ source, condition: conditionOf([combine("or", logs.map((log) => ofLog(log, windows, exact && CERTAIN.has(log.channel))))]) }];
  });
}

function ofLog({ channel, ids, types }: WindowsLog, columns: NonNullable<QuerySource["windows"]>, cased: boolean): Predicate {
  const parts: Predicate[] = [];
  if (columns.channel !== null) parts.push(equal(columns.channel, columns.prefixes.map((prefix) => prefix + channel), { cased }));
  if (ids !== null) parts.push({ kind: "field", field: columns.id, native: true, matchers: ids.map((value) => ({ kind: "number", value })) });
  if (types !== null) parts.push({ kind: "field", field: "EventType", native: false, matchers: equal("", types).matchers });
  return combine("and", parts);
}

function conditionOf(parts: readonly Predicate[]): Predicate | null {
  const joined = combine("and", parts);
  return joined.kind === "and" && joined.parts.length === 0 ? null : joined;
}

const CERTAIN = new Set(["Security", "System", "Application", "Microsoft-Windows-Sysmon/Operational", "Microsoft-Windows-PowerShell/Operational", "Windows PowerShell", "Microsoft-Windows-Windows Defender/Operational", "Microsoft-Windows-TaskScheduler/Operational"]);

function equal(field: string, values: readonly string[], { numeric = false, cased = false } = {}): Extract<Predicate, { kind: "field" }> {
  return { kind: "field", field, native: true, matchers: values.map((text) => (numeric ? { kind: "number", value: Number(text) } : { kind: "text", pattern: [{ kind: "text", text }], cased })) };
}
