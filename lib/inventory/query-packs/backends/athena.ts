import { sqlLiteral } from "../literal";
import { HOST_PLACEHOLDER, RECORDS_PER_KEY, type Backend, type QueryFacts } from "../types";

/** Amazon Athena, engine 3 (Trino SQL), over the tables that AWS's own instructions create. */
export const athena: Backend = {
  id: "athena",
  label: "Amazon Athena",
  extension: "sql",
  comment: "--",
  run: "A family has a query for each table that may hold it: take those of the tables that you have. Put your table's name in place of the one after FROM, run each query and download its result as CSV. Of the records, save the texts of the column record, one a line.",
  literal: sqlLiteral,
  measure: (facts) =>
    [
      `SELECT ${sqlLiteral(facts.segment)} AS segment, ${sqlLiteral(facts.family)} AS family, ${facts.from.key} AS event_key, ${facts.from.host} AS host,`,
      `  count(*) AS "count", to_iso8601(min(${time(facts)})) AS "first", to_iso8601(max(${time(facts)})) AS "last"${facts.fields.map(([field, native]) => `,\n  count_if(${filled(native)}) AS fill_${field}`).join("")}`,
      ...tail(facts),
      `GROUP BY ${facts.from.key}, ${facts.from.host}`,
    ].join("\n"),
  records: (facts) =>
    [
      "SELECT record FROM (",
      `  SELECT ${facts.from.record ?? "*"} AS record,`,
      `    row_number() OVER (PARTITION BY ${facts.from.key} ORDER BY ${time(facts)} DESC) AS nth`,
      ...tail(facts).map((line) => `  ${line}`),
      `) WHERE nth <= ${RECORDS_PER_KEY}`,
    ].join("\n"),
};

function tail(facts: QueryFacts): string[] {
  const { from, keys, hosts, days } = facts;
  return [
    `FROM ${from.source}`,
    `WHERE ${time(facts)} > current_timestamp - interval '${days}' day AND ${time(facts)} <= current_timestamp`,
    ...(keys === null ? [] : [`  AND ${from.key} IN (${keys.map(sqlLiteral).join(", ")})`]),
    `  AND lower(${from.host}) IN (${(hosts ?? [HOST_PLACEHOLDER]).map(sqlLiteral).join(", ")})`,
  ];
}

function time({ from }: QueryFacts): string {
  return from.time ?? "eventtime";
}

function filled(native: readonly string[]): string {
  return native.map((name) => `coalesce(${name}, '') NOT IN ('', '-', '?', '(null)')`).join(" OR ");
}
