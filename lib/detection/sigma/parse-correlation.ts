import { isJsonObject, type JsonObject } from "@/lib/events/frame/plain-value";
import { parseMeta } from "./parse-meta";
import { RuleFault } from "./rule-fault";
import { CORRELATION_TYPES, type CorrelationType, type SigmaCorrelation, type ThresholdOp } from "./rule-types";

const UNITS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const OPS: ReadonlyMap<string, ThresholdOp> = new Map([["gt", "gt"], ["gte", "gte"], ["lt", "lt"], ["lte", "lte"], ["eq", "eq"], ["neq", "neq"]]);
const MOST_STAGES = 64; // what one record may touch grows with their square
const KEYS = new Set(["type", "rules", "timespan", "group-by", "aliases", "condition", "generate"]);

/**
 * A correlation document of Sigma 2.1. group-by may be absent (the text of the specification says both, its schema does
 * not require it): then all events stand in one group.
 *
 * @throws RuleFault for unknown types and keys, missing thresholds, and a timespan that is none
 */
export function parseCorrelation(document: JsonObject, position: number): SigmaCorrelation {
  const meta = parseMeta(document);
  const body = document["correlation"];
  if (!isJsonObject(body)) throw new RuleFault(["correlation"], "The correlation is empty.", "Give it a type, rules and a timespan.");
  for (const key of Object.keys(body)) {
    if (!KEYS.has(key)) throw new RuleFault(["correlation", key], `"${key}" is no key of a correlation.`, `Known are: ${[...KEYS].join(", ")}.`);
  }
  const type = typeOf(body["type"]);
  const rules = textList(body["rules"], ["correlation", "rules"]);
  if (rules.length === 0) throw new RuleFault(["correlation", "rules"], "The correlation refers to no rule.", "List rules by id or name.");
  if ((type === "temporal" || type === "temporal_ordered") && rules.length > MOST_STAGES) {
    throw new RuleFault(["correlation", "rules"], `A correlation of type ${type} may list ${MOST_STAGES} rules, and here are ${rules.length}.`, "Split it, or count events instead.");
  }
  const { thresholds, fields, percentile } = parseThresholds(body["condition"], type);
  const generate = document["generate"] ?? body["generate"];
  return {
    kind: "correlation",
    meta,
    document: position,
    type,
    rules,
    timespanMs: timespanOf(body["timespan"]),
    groupBy: textList(body["group-by"], ["correlation", "group-by"]),
    aliases: parseAliases(body["aliases"]),
    thresholds,
    fields,
    percentile,
    generate: generate === true,
  };
}

function typeOf(value: unknown): CorrelationType {
  const type = CORRELATION_TYPES.find((known) => known === value);
  if (type === undefined) throw new RuleFault(["correlation", "type"], `The correlation type ${JSON.stringify(value)} is unknown.`, `Known are: ${CORRELATION_TYPES.join(", ")}.`);
  return type;
}

function timespanOf(value: unknown): number {
  if (value === undefined || value === null) throw new RuleFault(["correlation", "timespan"], "The correlation has no timespan.", "Say how far apart its events may lie, such as 15m.");
  const match = typeof value === "string" ? /^(\d{1,9})([smhd])$/.exec(value.trim()) : null;
  const ms = Number(match?.[1]) * (UNITS[match?.[2] ?? ""] ?? NaN);
  if (!Number.isFinite(ms) || ms <= 0) throw new RuleFault(["correlation", "timespan"], `The timespan ${JSON.stringify(value)} is none.`, "Write a number and s, m, h or d, such as 15m.");
  return ms;
}

function parseThresholds(value: unknown, type: CorrelationType): { thresholds: SigmaCorrelation["thresholds"]; fields: string[]; percentile: number | null } {
  const path = ["correlation", "condition"];
  const temporal = type === "temporal" || type === "temporal_ordered";
  if (value === undefined && temporal) return { thresholds: [], fields: [], percentile: null };
  if (!isJsonObject(value)) throw new RuleFault(path, `${type} needs a condition.`, "Give a threshold such as gte: 10.");
  const thresholds: { op: ThresholdOp; value: number }[] = [];
  for (const [key, one] of Object.entries(value)) {
    if (key === "field" || key === "percentile") continue;
    const op = OPS.get(key);
    if (op === undefined) throw new RuleFault([...path, key], `"${key}" is no comparison.`, "Known are gt, gte, lt, lte, eq, neq, and beside them field and percentile.");
    if (typeof one !== "number" || !Number.isFinite(one)) throw new RuleFault([...path, key], `${JSON.stringify(one)} is no number.`, "Give a number.");
    thresholds.push({ op, value: one });
  }
  if (thresholds.length === 0 && !temporal) throw new RuleFault(path, "The condition has no threshold.", "Give one such as gte: 10.");
  const fields = textList(value["field"], [...path, "field"]);
  const needsField = type.startsWith("value_");
  if (needsField && fields.length === 0) throw new RuleFault([...path, "field"], `${type} needs a field.`, "Name the field whose values it works on.");
  if (needsField && type !== "value_count" && fields.length > 1) throw new RuleFault([...path, "field"], `${type} works on one field.`, "Name one.");
  const percentile = value["percentile"];
  if (type === "value_percentile" && !(typeof percentile === "number" && percentile >= 0 && percentile <= 100)) {
    throw new RuleFault([...path, "percentile"], "value_percentile needs a percentile from 0 to 100.", "Write percentile: 95.");
  }
  return { thresholds, fields, percentile: typeof percentile === "number" ? percentile : null };
}

function parseAliases(value: unknown): Map<string, Map<string, string>> {
  const aliases = new Map<string, Map<string, string>>();
  if (value === undefined || value === null) return aliases;
  if (!isJsonObject(value)) throw new RuleFault(["correlation", "aliases"], "The aliases are no map.", "Write alias: {rule: field}.");
  for (const [alias, fields] of Object.entries(value)) {
    if (!isJsonObject(fields)) throw new RuleFault(["correlation", "aliases", alias], "An alias maps rules to fields.", "Write {rule: field}.");
    const map = new Map<string, string>();
    for (const [rule, field] of Object.entries(fields)) {
      if (typeof field !== "string") throw new RuleFault(["correlation", "aliases", alias, rule], "A field is a name.", "Write it as text.");
      map.set(rule, field);
    }
    aliases.set(alias, map);
  }
  return aliases;
}

function textList(value: unknown, path: readonly string[]): string[] {
  if (value === undefined || value === null) return [];
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  const texts = list.filter((one) => typeof one === "string");
  if (texts.length !== list.length) throw new RuleFault(path, "Only names belong here.", "Write them as text.");
  return texts;
}
