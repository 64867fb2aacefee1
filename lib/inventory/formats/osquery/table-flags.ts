import { z } from "zod";
import table from "./evented-tables.json";
import type { OsqueryConfig } from "./config-file";

const ROWS = z.array(z.object({ tables: z.array(z.string()), platforms: z.array(z.string()), flags: z.array(z.tuple([z.string(), z.string(), z.string()])), section: z.string().optional() })).parse(table);

/** Whether a table of events is fed at all: on, off with the reason, or on under conditions that another file decides. null: a table of states. */
export type TableFeed = { readonly state: "on" } | { readonly state: "off"; readonly why: string } | { readonly state: "if"; readonly condition: string } | null;

/**
 * What the options say about a table of events. Each needs its flags; a flag that the file does not name has osquery's default,
 * unless a flag file, which is elsewhere, says otherwise.
 */
export function feedOf(name: string, config: OsqueryConfig): TableFeed {
  const row = ROWS.find(({ tables }) => tables.includes(name));
  if (!row) return name.endsWith("_events") ? { state: "if", condition: "as long as osquery's flags feed this table, which the file does not tell" } : null;
  if (optionOf(config, "disable_events") === "true") return { state: "off", why: "The option disable_events switches every table of events off." };
  const open: string[] = [];
  for (const [flag, byDefault, needed] of row.flags) {
    const set = optionOf(config, flag);
    if (set !== null && set !== needed) return { state: "off", why: `The option ${flag} is ${set}; this table needs ${needed}.` };
    if (set === null && byDefault !== needed) open.push(`--${flag}=${needed}`);
  }
  const section = row.section === undefined || Object.keys(config.file_paths ?? {}).length > 0 ? "" : `only where another file names the paths (${row.section})`;
  const flags = open.length === 0 ? "" : `only where the flag ${open.join(" and ")} is set, which this file does not tell`;
  const condition = [flags, section].filter((part) => part !== "").join("; ");
  return condition === "" ? { state: "on" } : { state: "if", condition };
}

/** An option as "true" or "false" (numbers count), else as written; null when the file does not name it. */
function optionOf({ options }: OsqueryConfig, name: string): string | null {
  const value = options !== undefined && Object.hasOwn(options, name) ? options[name] : undefined;
  if (value === undefined || value === null) return null;
  const text = String(value).trim().toLowerCase();
  if (text === "1") return "true";
  return text === "0" ? "false" : text;
}
