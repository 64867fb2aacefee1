import { backslashLiteral } from "../literal";
import { HOST_PLACEHOLDER, RECORDS_PER_KEY, type Backend, type QueryFacts } from "../types";

const EMPTY = '"", "-", "?", "(null)"';

/** SPL. Names are compared in `where`, never in `search`, where * would be a wildcard. */
export const splunk: Backend = {
  id: "splunk",
  label: "Splunk",
  extension: "spl",
  comment: "```",
  run: "Run each query in Search over all time (it limits itself), choose Export, CSV; the records as raw events.",
  literal: backslashLiteral,
  measure: (facts) =>
    [
      ...head(facts),
      `| stats count, min(_time) as first, max(_time) as last${facts.fields.map(([field, native]) => `, count(eval(${filled(native)})) as fill_${field}`).join("")} by event_key, measured_host`,
      `| eval segment=${backslashLiteral(facts.segment)}, family=${backslashLiteral(facts.family)}, host=measured_host`,
      `| table segment, family, event_key, host, count, first, last${facts.fields.map(([field]) => `, fill_${field}`).join("")}`,
    ].join("\n"),
  records: (facts) => [...head(facts), `| dedup ${RECORDS_PER_KEY} event_key`, "| fields _time, host, source, sourcetype, _raw"].join("\n"),
  silence: (facts) =>
    [
      ...newest(facts),
      `| eval segment=${backslashLiteral(facts.segment)}, family=${backslashLiteral(facts.family)}, event_key="*", host=measured_host`,
      "| table segment, family, event_key, host, count, first, last",
    ].join("\n"),
};

/** tstats reads what is indexed, and of hosts that is `host` alone: where something else stands for one, the events are read. */
function newest(facts: QueryFacts): string[] {
  if (facts.from.host !== "host") return [...head({ ...facts, keys: null }), "| stats count, min(_time) as first, max(_time) as last by measured_host"];
  return [`| tstats count, min(_time) as first, max(_time) as last where ${facts.from.source} earliest=-${facts.days}d latest=now by host`, "| rename host as measured_host", ...hostFilter(facts, "measured_host")];
}

function head(facts: QueryFacts): string[] {
  const { from, keys, days } = facts;
  return [
    `search (${from.source}) earliest=-${days}d latest=now`,
    ...(from.prepare ?? []).map((stage) => `| ${stage}`),
    `| eval event_key=${expression(from.key)}, measured_host=${expression(from.host)}`,
    ...(keys === null ? [] : [`| where in(event_key, ${keys.map(backslashLiteral).join(", ")})`]),
    ...hostFilter(facts, "measured_host"),
  ];
}

function hostFilter({ hosts }: QueryFacts, field: string): string[] {
  const folded = `if(match(${field}, "^[0-9.]+$") OR like(${field}, "%:%"), lower(${field}), lower(mvindex(split(${field}, "."), 0)))`;
  return [`| where in(${folded}, ${(hosts ?? [HOST_PLACEHOLDER]).map(backslashLiteral).join(", ")})`];
}

function filled(native: readonly string[]): string {
  return native.map((name) => `(isnotnull(${expression(name)}) AND NOT in(${expression(name)}, ${EMPTY}))`).join(" OR ");
}

/** A field's name is quoted where it is not one word; what calls a function is an expression already. */
function expression(name: string): string {
  return /^\w+$/.test(name) || name.includes("(") ? name : `'${name}'`;
}
