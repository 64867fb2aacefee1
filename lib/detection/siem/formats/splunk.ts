import { z } from "zod";
import { readFlag, techniquesIn } from "../flags";
import type { Rows } from "../read-rows";
import { readWhen } from "../read-when";
import { rulesFile, type RuleOrRefusal, type SiemFile } from "../siem-types";

/** Settings of one saved search, by name. */
type Settings = ReadonlyMap<string, string>;

/** A saved search runs by itself only when it is scheduled: one that is not is deployed, and does not run. */
function readSearch(line: number, name: string, settings: Settings): RuleOrRefusal {
  const get = (...names: readonly string[]): string => names.map((one) => settings.get(one) ?? "").find((one) => one !== "") ?? "";
  const query = get("search", "qualifiedsearch");
  if (name === "") return { refused: { line, name, field: "title", message: "The search has no name.", remedy: "Export it with its title." } };
  if (query === "") return { refused: { line, name, field: "search", message: "There is no search text.", remedy: "Export the column search." } };
  const disabled = readFlag(get("disabled"));
  const scheduled = readFlag(get("is_scheduled", "enablesched"));
  const about = [get("description"), get("action.correlationsearch.annotations"), get("action.escu.mappings"), get("action.correlationsearch.metadata")].join("\n");
  return {
    rule: {
      line,
      externalId: get("id", "eai:acl.id") || name,
      name,
      enabled: disabled === true ? false : scheduled,
      schedule: scheduled === false ? "" : get("cron_schedule"),
      lastRun: readWhen(get("last_run", "last_run_time", "lastrun", "dispatch_time"))?.ms ?? null,
      lastAlert: readWhen(get("last_alert", "last_triggered", "trigger_time"))?.ms ?? null,
      query,
      tags: techniquesIn(about),
      about,
    },
  };
}

const restSchema = z.object({ entry: z.array(z.object({ name: z.string(), content: z.record(z.string(), z.unknown()) })) });

/** saved/searches as the REST API gives it with output_mode=json. Null when it is something else. */
export function readSplunkRest(value: unknown): SiemFile | null {
  const read = restSchema.safeParse(value);
  if (!read.success) return null;
  const entries = read.data.entry.map(({ name, content }, i) => readSearch(i + 1, name, new Map(Object.entries(content).flatMap(([key, one]) => (one === null || typeof one === "object" ? [] : [[key.toLowerCase(), String(one)] as const])))));
  return rulesFile("Splunk, saved searches (REST, JSON); lines count entries", entries);
}

const COLUMNS = ["title", "name", "search", "qualifiedsearch", "disabled", "is_scheduled", "enablesched", "cron_schedule", "description", "id", "last_run", "last_run_time", "last_alert", "last_triggered", "action.correlationsearch.annotations", "action.escu.mappings"];

/** The table of `| rest /services/saved/searches`. Null when its columns are others. */
export function readSplunkTable({ columns, rows, unread }: Rows): SiemFile | null {
  if (!columns.has("search") || !(columns.has("title") || columns.has("name")) || !["disabled", "is_scheduled", "cron_schedule"].some((name) => columns.has(name))) return null;
  const read = rows.map((row) => readSearch(row.line, row.get(["title", "name"]), new Map(COLUMNS.map((name) => [name, row.get([name])]))));
  return rulesFile("Splunk, saved searches (CSV)", [...read, ...unread.map(({ line, message }): RuleOrRefusal => ({ refused: { line, name: "", field: "", message, remedy: "Correct the row." } }))]);
}

/** savedsearches.conf: [stanza], key = value, a backslash at the line's end goes on; [default] holds for all. Null without such a stanza. */
export function readSplunkConf(text: string): SiemFile | null {
  if (!/^\s*\[[^\]]+\]/m.test(text) || !/^\s*(?:search|cron_schedule|enableSched)\s*=/m.test(text)) return null;
  const stanzas: { line: number; name: string; settings: Map<string, string> }[] = [];
  let defaults = new Map<string, string>();
  let current: Map<string, string> | null = null;
  let open: { key: string; value: string } | null = null;
  const close = (): void => {
    if (open !== null) current?.set(open.key, open.value);
    open = null;
  };
  for (const [i, line] of text.split(/\r\n|\n|\r/).entries()) {
    const goesOn = line.endsWith("\\");
    const body = goesOn ? line.slice(0, -1) : line;
    if (open !== null) {
      open.value += `\n${body}`;
      if (!goesOn) close();
      continue;
    }
    const stanza = /^\s*\[(.+)\]\s*$/.exec(line);
    if (stanza !== null) {
      current = new Map();
      const name = (stanza[1] ?? "").trim();
      if (name === "default") defaults = current;
      else stanzas.push({ line: i + 1, name, settings: current });
      continue;
    }
    const equals = body.indexOf("=");
    if (/^\s*[#;]/.test(body) || equals < 0) continue;
    open = { key: body.slice(0, equals).trim().toLowerCase(), value: body.slice(equals + 1).trim() };
    if (!goesOn) close();
  }
  close();
  // What a stanza does not say about its schedule is Splunk's default: enabled, and not scheduled.
  const known = (settings: Settings): Settings => new Map([["disabled", "0"], ["enablesched", "0"], ...defaults, ...settings]);
  return rulesFile("Splunk, savedsearches.conf", stanzas.map(({ line, name, settings }) => readSearch(line, name, known(settings))));
}
