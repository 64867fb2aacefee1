import type { JsonObject } from "../frame/plain-value";
import { jsonFormat } from "../record-format";
import { mapRow } from "./zeek/map-row";
import { ZEEK_BY_COLUMNS } from "./zeek/zeek-fields";

/** Zeek logs as JSON, with or without a path in the record, dots or underscores in the names of the connection's id. */
export const zeekJson = jsonFormat({
  id: "zeek-json",
  label: "Zeek (JSON)",
  extensions: [".json", ".log", ".ndjson"],
  record: "a Zeek record",
  evidence: ["ts", "_path | @stream | columns of a Zeek log"],
  isMine: (value) => logOf(value) !== null,
  map: (value, limits) => {
    const log = logOf(value);
    return log === null ? null : [mapRow(log, (column) => value[column] ?? value[column.replaceAll(".", "_")], limits.zone)];
  },
});

function logOf(value: JsonObject): string | null {
  if (!("ts" in value) || (typeof value["ts"] !== "number" && typeof value["ts"] !== "string")) return null;
  for (const key of ["_path", "@stream", "_stream"]) {
    const path = value[key];
    if (typeof path === "string" && /^[a-z][a-z0-9_]{1,40}$/i.test(path)) return path;
  }
  const has = (column: string) => column in value || column.replaceAll(".", "_") in value;
  if (!has("uid") && !has("fuid") && !has("fingerprint") && !has("id.orig_h")) return null;
  return ZEEK_BY_COLUMNS.find(([, columns]) => columns.every(has))?.[0] ?? null;
}
