import { readFlag, techniquesIn } from "../flags";
import type { Row, Rows } from "../read-rows";
import { readWhen } from "../read-when";
import { rulesFile, type ListedAlert, type RuleOrRefusal, type SiemFile, type SiemRefusal } from "../siem-types";

/** Columns of alerts by what SIEMs call them: ours first, then Splunk's, Sentinel's, Elastic's. */
export const ALERT_COLUMNS = {
  rule: ["rule", "rule_name", "ss_name", "search_name", "savedsearch_name", "alertname", "displayname", "kibana.alert.rule.name", "signal.rule.name"],
  host: ["host", "host_name", "hostname", "dest", "dvc", "computer", "compromisedentity", "host.name", "host.hostname"],
  time: ["time", "_time", "trigger_time", "timegenerated", "starttime", "@timestamp", "timestamp", "kibana.alert.original_time"],
  id: ["id", "alert_id", "event_id", "sid", "systemalertid", "kibana.alert.uuid", "_id"],
} as const;

const RULE_COLUMNS = ["name", "enabled"] as const;

/** Alerts: rule, host, time and, where there is one, an id. Null when a column is missing. */
export function readAlertTable({ columns, rows, unread }: Rows): SiemFile | null {
  const has = (names: readonly string[]): boolean => names.some((name) => columns.has(name));
  if (!has(ALERT_COLUMNS.rule) || !has(ALERT_COLUMNS.host) || !has(ALERT_COLUMNS.time)) return null;
  const alerts: ListedAlert[] = [];
  const refused: SiemRefusal[] = unread.map(({ line, message }) => ({ line, name: "", field: "", message, remedy: "Correct the row." }));
  let zoneless = 0;
  for (const row of rows) {
    const read = readAlert(row);
    if ("field" in read) refused.push(read);
    else {
      alerts.push(read.alert);
      if (read.zoneless) zoneless += 1;
    }
  }
  const warnings = zoneless === 0 ? [] : [`${zoneless} of ${rows.length} times name no zone and were read as UTC.`];
  return { format: "Alerts (CSV)", kind: "alerts", rules: [], alerts, refused, warnings };
}

function readAlert(row: Row): { readonly alert: ListedAlert; readonly zoneless: boolean } | SiemRefusal {
  const rule = row.get(ALERT_COLUMNS.rule);
  const host = row.get(ALERT_COLUMNS.host);
  const time = row.get(ALERT_COLUMNS.time);
  const refuse = (field: string, message: string, remedy: string): SiemRefusal => ({ line: row.line, name: rule, field, message, remedy });
  if (rule === "") return refuse("rule", "The alert names no rule.", "Export the name of the rule.");
  if (host === "") return refuse("host", "The alert names no host.", "Export the host that it is about; an alert without one proves nothing anywhere.");
  const when = readWhen(time);
  if (when === null) return refuse("time", `"${time.slice(0, 60)}" is no time.`, "Write it as 2026-11-21T09:00:00Z or in seconds since 1970.");
  return { alert: { line: row.line, rule, host, at: when.ms, id: row.get(ALERT_COLUMNS.id) || null }, zoneless: when.zoneless };
}

/** Our own list of rules, for any SIEM: name,enabled and, where known, id,schedule,last_run,last_alert,query,tags. Null when name or enabled is missing. */
export function readRuleTable({ columns, rows, unread }: Rows): SiemFile | null {
  if (!RULE_COLUMNS.every((name) => columns.has(name))) return null;
  const read = rows.map((row): RuleOrRefusal => {
    const name = row.get(["name"]);
    const refuse = (field: string, message: string, remedy: string): RuleOrRefusal => ({ refused: { line: row.line, name, field, message, remedy } });
    if (name === "") return refuse("name", "The rule has no name.", "Give it one.");
    const enabled = row.get(["enabled"]);
    if (enabled !== "" && readFlag(enabled) === null) return refuse("enabled", `"${enabled.slice(0, 40)}" is neither yes nor no.`, "Write true or false, or leave it empty where nobody knows.");
    for (const field of ["last_run", "last_alert"]) {
      const time = row.get([field]);
      if (time !== "" && readWhen(time) === null) return refuse(field, `"${time.slice(0, 60)}" is no time.`, "Write it as 2026-11-21T09:00:00Z.");
    }
    const tags = row.get(["tags"]).split(/[;,\s]+/).filter((tag) => tag !== "");
    return {
      rule: {
        line: row.line, externalId: row.get(["id"]) || name, name, enabled: readFlag(enabled), schedule: row.get(["schedule"]),
        lastRun: readWhen(row.get(["last_run"]))?.ms ?? null, lastAlert: readWhen(row.get(["last_alert"]))?.ms ?? null,
        query: row.get(["query"]), tags: [...new Set([...techniquesIn(tags.join(" ")), ...tags])], about: row.get(["sigma_id", "description"]),
      },
    };
  });
  return rulesFile("Rules (CSV)", [...read, ...unread.map(({ line, message }): RuleOrRefusal => ({ refused: { line, name: "", field: "", message, remedy: "Correct the row." } }))]);
}
