import { notProducible } from "@/lib/telemetry/not-producible";
import { formOfRow, keyOfRow } from "@/lib/telemetry/polled-rows";
import { componentsOfKind, kindId } from "@/lib/telemetry/record-kinds";
import { SightlineError } from "@/lib/shared/errors";
import { matchShape, readJson } from "../read-json";
import { shown } from "../read-field";
import { startConfiguration, type ConfigurationReader } from "../start-configuration";
import type { InventoryFile, InventoryFormat } from "./inventory-format";
import { configSchema, packSchema, plainJson, platformsOfQuery, querySchema, type OsqueryConfig } from "./osquery/config-file";
import { readTables } from "./osquery/read-tables";
import { feedOf } from "./osquery/table-flags";

const LOGS = { macOS: { logSource: "macos:osquery", family: "macos-osquery" }, Linux: { logSource: "linux:osquery", family: "linux-osquery" } } as const;

/** osquery configuration or pack (JSON): which tables are queried, how often, with which filters, and whether their events are fed. */
export const osqueryConfig: InventoryFormat = {
  id: "osquery-config",
  label: "osquery configuration or pack (JSON)",
  extensions: [".conf", ".json"],
  segment: "asked",
  guide: {
    proves: "Which tables are queried on which platform, how often, with which filters, and which tables of events the options switch on or off.",
    not: "That osqueryd runs, which flags its flag file sets, or that results are collected.",
    obtain: [{ product: "osquery", text: "osqueryi --json \"select name, query, interval from osquery_schedule\"\ncat /etc/osquery/osquery.conf /etc/osquery/osquery.flags" }],
  },

  sniff: ({ text }) => {
    const keys = ["schedule", "packs", "queries"].filter((key) => new RegExp(`"${key}"\\s*:\\s*\\{`).test(text));
    const query = /"query"\s*:\s*"\s*(?:select|with)\b/i.test(text);
    return { verdict: /^\ufeff?\s*(?:(?:#|\/\/)[^\n]*\n\s*)*\{/.test(text) && keys.length > 0 && query ? "yes" : "no", evidence: [...keys.map((key) => `key ${key}`), "a query"] };
  },

  parse: (file, options) => {
    const config = readConfig(file);
    const reader = startConfiguration(file, options, { source: config.pack === null ? "osquery configuration" : "osquery pack", product: "osquery", basis: "configuration" });
    const wanted = options.platforms ?? [];
    const context = { config: config.config, reader, wanted };
    if (config.pack !== null) readPack(context, file.name.replace(/\.[^.]*$/, ""), config.pack);
    for (const [name, query] of Object.entries(config.config.schedule ?? {})) readQuery(context, `schedule.${name}`, query, NO_PACK);
    for (const [name, pack] of Object.entries(config.config.packs ?? {})) readPack(context, name, pack);
    for (const key of Object.keys(config.config)) if (!KNOWN.has(key)) reader.losses.add("unused", key, `The section ${shown(key)} schedules no query; it is not taken over.`);
    return reader.finish({ whole: config.pack === null });
  },
};

const KNOWN = new Set(["options", "schedule", "packs", "file_paths", "queries", "platform", "version", "discovery", "shard"]);

interface Context {
  readonly config: OsqueryConfig;
  readonly reader: ConfigurationReader;
  readonly wanted: readonly string[]; // platforms of the segment; empty: not known
}

interface PackFacts {
  readonly platform: string;
  readonly conditions: readonly string[];
}
const NO_PACK: PackFacts = { platform: "", conditions: [] };

function readConfig(file: InventoryFile): { readonly config: OsqueryConfig; readonly pack: unknown } {
  const value = readJson(file.name, plainJson(file.text), "An osquery configuration has a schedule or packs; a pack has queries.");
  const config = matchShape(configSchema, value);
  const pack = matchShape(packSchema, value);
  if (config === null || (pack === null && config.schedule === undefined && config.packs === undefined)) {
    throw new SightlineError("INVALID", "The file has neither a schedule, nor packs, nor queries.", { file: file.name, remedy: "Import osquery.conf, or a pack with its queries." });
  }
  return { config, pack: pack === null ? null : value };
}

function readPack(context: Context, name: string, value: unknown): void {
  const { reader } = context;
  if (typeof value === "string") {
    reader.losses.add("dropped", name, `The pack ${shown(name)} stands in another file (${shown(value)}); import that file too.`);
    return;
  }
  const pack = matchShape(packSchema, value);
  if (pack === null) {
    reader.nextRow();
    reader.refuse(null, `packs.${name}`, `The pack ${shown(name)} has no queries.`, "Compare it with osquery's documentation of packs.");
    return;
  }
  const conditions = [
    (pack.discovery?.length ?? 0) > 0 ? `only on hosts where the pack's discovery query finds something (${pack.discovery?.join("; ")})` : "",
    sayShard(pack.shard),
  ].filter((part) => part !== "");
  for (const [query, item] of Object.entries(pack.queries)) readQuery(context, `packs.${name}.${query}`, item, { platform: pack.platform ?? "", conditions });
}

function readQuery({ config, reader, wanted }: Context, where: string, value: unknown, pack: PackFacts): void {
  reader.nextRow();
  const query = matchShape(querySchema, value);
  if (query === null) {
    reader.refuse(null, where, "The entry has no query text.", "A scheduled query has query and interval.");
    return;
  }
  const interval = Number(query.interval ?? "");
  if (!Number.isFinite(interval) || interval <= 0 || (query.interval ?? "").trim() === "") {
    reader.refuse(null, where, "The query has no interval above 0, so osquery never runs it.", "Write an interval in seconds.");
    return;
  }
  const { tables, filter } = readTables(query.query);
  if (tables.length === 0) {
    reader.refuse(null, where, "No table was found in the query, or it is too long to be read.", "Check that it is a SELECT ... FROM.");
    return;
  }
  const own = platformsOfQuery(query.platform ?? "");
  const platforms = platformsOfQuery(pack.platform).filter((platform) => own.includes(platform) && (wanted.length === 0 || wanted.includes(platform)));
  if (platforms.length === 0) {
    reader.losses.add("unused", where, `${where} is for other platforms than those of the segment.`);
    return;
  }
  const shared = [filter === "" ? "" : `only rows where ${filter}`, ...pack.conditions, sayShard(query.shard)].filter((part) => part !== "");
  const snapshot = /^(?:true|1)$/i.test((query.snapshot ?? "").trim());
  // A state that is joined to events completes their rows; it is not collected as a state.
  const events = tables.filter((table) => feedOf(table, config) !== null);
  let carried = false;
  for (const table of events.length > 0 ? events : tables) for (const platform of platforms) if (platform !== "Windows") carried = sayTable({ config, reader, wanted }, { table, platform, where, interval, shared, snapshot }) || carried;
  if (!carried) reader.losses.add("unused", where, `No data component of ATT&CK rests on ${tables.join(", ")} on ${platforms.join(", ")}.`);
}

interface TableUse {
  readonly table: string;
  readonly platform: "macOS" | "Linux";
  readonly where: string;
  readonly interval: number;
  readonly shared: readonly string[]; // conditions of the query and its pack
  readonly snapshot: boolean; // every run gives the whole list: rows of it are states
}

function sayTable({ config, reader }: Context, { table, platform, where, interval, shared, snapshot }: TableUse): boolean {
  const { logSource, family } = LOGS[platform];
  const key = snapshot ? keyOfRow(table, formOfRow(table, "snapshot", Number.NaN)) : table; // tables of events give acts all the same
  const fact = { logSource, channel: key, where, line: null };
  const never = notProducible(kindId(family, table), "");
  if (never !== null) {
    reader.off(fact, `${never.reason}. In its place: ${never.substitute}.`);
    return true;
  }
  if (componentsOfKind(kindId(family, table)).length === 0) return false;
  if (componentsOfKind(kindId(family, key)).length === 0) {
    reader.off({ ...fact, channel: table }, `Read as a snapshot, ${table} shows what there is and nothing that happened. In its place: the query without "snapshot", which logs what changed.`);
    return true;
  }
  const feed = feedOf(table, config);
  if (feed?.state === "off") reader.off(fact, feed.why);
  else {
    const own = feed === null ? `a state read every ${interval} s: what comes and goes in between is not seen` : feed.state === "if" ? feed.condition : "";
    reader.claim({ ...fact, condition: [own, ...shared].filter((part) => part !== "").join("; "), note: `Asked every ${interval} s.` });
  }
  return true;
}

function sayShard(shard: string | undefined): string {
  const share = Number(shard ?? "");
  return shard !== undefined && shard !== "" && share > 0 && share < 100 ? `only on about ${share} % of the hosts (shard)` : "";
}
