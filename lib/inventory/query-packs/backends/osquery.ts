import { sqlLiteral } from "../literal";
import { HOST_PLACEHOLDER, RECORDS_PER_KEY, type Backend, type QueryFacts } from "../types";

const HOST = "(SELECT hostname FROM system_info)";
const NOW = "(SELECT unix_time FROM time)";
const HOST_KEY = "(SELECT lower(substr(hostname, 1, instr(hostname || '.', '.') - 1)) FROM system_info)";

/** SQLite as osquery speaks it, run on the hosts themselves (Fleet's live query, or a schedule). */
export const osquery: Backend = {
  id: "osquery",
  label: "osquery and Fleet",
  extension: "sql",
  comment: "--",
  run: "Run each query as a live query on the segment's hosts, choose Export results (CSV). Only what a host still buffers is counted. A host that is not asked answers nothing: complete is true only when every host answered.",
  literal: sqlLiteral,
  measure: (facts) =>
    each(facts, (table, columns) =>
      [
        `SELECT ${sqlLiteral(facts.segment)} AS segment, ${sqlLiteral(facts.family)} AS family, ${sqlLiteral(table)} AS event_key, ${HOST} AS host,`,
        `  count(*) AS count, ${isList(table) ? `${NOW} AS first, ${NOW} AS last` : "min(time) AS first, max(time) AS last"}${facts.fields.map(([field]) => `, ${filled(columns[field])} AS fill_${field}`).join("")}`,
        ...tail(facts, table),
        "GROUP BY event_key", // no group where nothing is there
      ].join("\n"),
    ).join("\nUNION ALL\n"),
  // Tables have columns of their own: one query for each. Named as the table, so that its result says what it is.
  records: (facts) => each(facts, (table) => [`-- name the query ${tableOf(table)}${isList(table) ? ", and schedule it as a snapshot" : ""}`, "SELECT *", ...tail(facts, table), `${isList(table) ? "" : "ORDER BY time DESC "}LIMIT ${RECORDS_PER_KEY};`].join("\n")).join("\n\n"),
};

function each(facts: QueryFacts, make: (table: string, columns: Readonly<Record<string, readonly string[]>>) => string): string[] {
  return Object.entries(facts.from.tables ?? {})
    .filter(([table]) => facts.keys === null || facts.keys.includes(table))
    .map(([table, columns]) => make(table, columns));
}

/** A table without times is asked as it stands: what comes back is the list now, a state, and never says when something came to be in it. */
function isList(key: string): boolean {
  return key.endsWith("#snapshot");
}

function tableOf(key: string): string {
  return key.replace(/#snapshot$/, "");
}

function tail({ hosts, days }: QueryFacts, table: string): string[] {
  if (isList(table)) return [`FROM ${tableOf(table)}`, `WHERE ${HOST_KEY} IN (${(hosts ?? [HOST_PLACEHOLDER]).map(sqlLiteral).join(", ")})`];
  return [`FROM ${table}`, `WHERE time > (SELECT unix_time FROM time) - ${days * 86_400} AND time <= (SELECT unix_time FROM time)`, `  AND ${HOST_KEY} IN (${(hosts ?? [HOST_PLACEHOLDER]).map(sqlLiteral).join(", ")})`];
}

/** A table without the column counts nothing of it: an empty cell, which is not known and never 0. */
function filled(columns: readonly string[] | undefined): string {
  return columns === undefined ? "''" : `sum(${columns.map((name) => `coalesce(${name}, '') NOT IN ('', '-', '?', '(null)')`).join(" OR ")})`;
}
