import { backslashLiteral } from "../literal";
import { HOST_PLACEHOLDER, RECORDS_PER_KEY, type Backend, type QueryFacts } from "../types";

/** KQL of Microsoft Sentinel and Log Analytics. Times leave as texts: the portal's CSV writes a time in the reader's own way, and renames its column. */
export const sentinel: Backend = {
  id: "sentinel",
  label: "Microsoft Sentinel",
  extension: "kql",
  comment: "//",
  run: "Run each query in Logs, choose Export, CSV (all columns); the records as JSON through the API or az monitor log-analytics query.",
  literal: backslashLiteral,
  measure: (facts) =>
    [
      ...head(facts),
      `| summarize ['count'] = count(), ['first'] = min(TimeGenerated), ['last'] = max(TimeGenerated)${facts.fields.map(([field, native]) => `, fill_${field} = countif(${filled(native)})`).join("")} by event_key, host = tostring(${facts.from.host})`,
      `| extend segment = ${backslashLiteral(facts.segment)}, family = ${backslashLiteral(facts.family)}, ['first'] = tostring(['first']), ['last'] = tostring(['last'])`,
      `| project segment, family, event_key, host, ['count'], ['first'], ['last']${facts.fields.map(([field]) => `, fill_${field}`).join("")}`,
    ].join("\n"),
  records: (facts) => [...head(facts), `| partition hint.strategy=native by event_key (top ${RECORDS_PER_KEY} by TimeGenerated)`, "| project-away event_key, host_key"].join("\n"),
};

function head({ from, keys, hosts, days }: QueryFacts): string[] {
  const host = `tostring(${from.host})`;
  return [
    from.source,
    `| where TimeGenerated > ago(${days}d) and TimeGenerated <= now()`,
    `| extend event_key = ${from.key}, host_key = tolower(iff(${host} matches regex "^[0-9.]+$" or ${host} contains ":", ${host}, tostring(split(${host}, ".")[0])))`,
    ...(keys === null ? [] : [`| where event_key in (${keys.map(backslashLiteral).join(", ")})`]),
    `| where host_key in (${(hosts ?? [HOST_PLACEHOLDER]).map(backslashLiteral).join(", ")})`,
  ];
}

function filled(native: readonly string[]): string {
  return native.map((name) => `tostring(${name}) !in ("", "-", "?", "(null)")`).join(" or ");
}
