import { OSQUERY_TABLES } from "@/lib/telemetry/native-names";
import type { JsonObject } from "../../frame/plain-value";

/** One-word tables that a query's name may hold among other words; other one-word tables must be the whole name. */
const PLAIN = new Set("processes groups users mounts launchd crontab iptables sudoers apps last hash registry services".split(" "));
/** Longest first: es_process_events before process_events. */
const NAMED = [...OSQUERY_TABLES].filter((table) => table.includes("_") || PLAIN.has(table)).sort((a, b) => b.length - a.length);

/**
 * The table that a result's rows come from: the query is called after it, with or without a pack's prefix, else its
 * columns tell. The query's own name where neither does.
 */
export function tableOf(name: string, row: JsonObject): string {
  const last = name.slice(Math.max(name.lastIndexOf("/"), name.lastIndexOf(":")) + 1);
  if (OSQUERY_TABLES.has(last)) return last;
  const words = `_${last.toLowerCase().replace(/[^a-z0-9]+/g, "_")}_`;
  const named = NAMED.find((table) => words.includes(`_${table}_`));
  if (named !== undefined) return named;
  if ("global_seq_num" in row) return "filename" in row ? "es_process_file_events" : "es_process_events";
  if ("remote_address" in row && "action" in row) return "socket_events";
  if ("cmdline" in row && "auid" in row && "path" in row) return "process_events";
  if ("target_path" in row && "action" in row) return "file_events";
  return last;
}
