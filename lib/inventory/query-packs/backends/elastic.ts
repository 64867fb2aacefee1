import { backslashLiteral } from "../literal";
import { HOST_PLACEHOLDER, RECORDS_PER_KEY, type Backend, type QueryFacts } from "../types";

const ROWS = 10_000; // more than this ES|QL never returns: the pack's chunks of hosts keep below it where they can

/** ES|QL. `first` and `last` are reserved words up to 9.1; as texts they keep their zone, which Kibana's CSV takes off times. */
export const elastic: Backend = {
  id: "elastic",
  label: "Elastic (ES|QL)",
  extension: "esql",
  comment: "//",
  run: "Run each query in Discover (ES|QL), choose Share, CSV; a result of 10,000 rows was cut: split the hosts. The records as JSON through POST /_query. A field that no index maps is an error there: put null in its place.",
  literal: backslashLiteral,
  measure: (facts) =>
    [
      ...head(facts, facts.keys),
      `| STATS count = COUNT(*), \`first\` = MIN(@timestamp), \`last\` = MAX(@timestamp)${facts.fields.map(([field, native]) => `, fill_${field} = COUNT(CASE(${filled(native)}, 1, NULL))`).join("")} BY event_key, host = TO_STRING(${facts.from.host})`,
      `| EVAL segment = ${backslashLiteral(facts.segment)}, family = ${backslashLiteral(facts.family)}, \`first\` = TO_STRING(\`first\`), \`last\` = TO_STRING(\`last\`)`,
      `| KEEP segment, family, event_key, host, count, \`first\`, \`last\`${facts.fields.map(([field]) => `, fill_${field}`).join("")}`,
      `| LIMIT ${ROWS}`,
    ].join("\n"),
  // ES|QL limits a whole result, not each group: one query for each event key.
  records: (facts) => (facts.keys ?? [null]).map((key) => ["// one query for each event key", ...head(facts, key === null ? null : [key], " METADATA _source"), "| SORT @timestamp DESC", `| LIMIT ${RECORDS_PER_KEY}`, "| KEEP _source"].join("\n")).join("\n\n"),
};

function head({ from, hosts, days }: QueryFacts, keys: readonly string[] | null, more = ""): string[] {
  const host = `TO_STRING(${from.host})`;
  return [
    `FROM logs-*${more}`,
    `| WHERE @timestamp > NOW() - ${days} days AND @timestamp <= NOW() AND ${from.source}`,
    `| EVAL event_key = ${from.key}, host_key = TO_LOWER(CASE(${host} RLIKE "[0-9.]+" OR ${host} LIKE "*:*", ${host}, MV_FIRST(SPLIT(${host}, "."))))`,
    ...(keys === null ? [] : [`| WHERE event_key IN (${keys.map(backslashLiteral).join(", ")})`]),
    `| WHERE host_key IN (${(hosts ?? [HOST_PLACEHOLDER]).map(backslashLiteral).join(", ")})`,
  ];
}

function filled(native: readonly string[]): string {
  return native.map((name) => `(${name} IS NOT NULL AND NOT TO_STRING(${name}) IN ("", "-", "?", "(null)"))`).join(" OR ");
}
