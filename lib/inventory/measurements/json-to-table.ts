import { z } from "zod";
import { parseJson } from "@/lib/shared/parse-json";
import { isMeasurementHeader, NEEDED_COLUMNS } from "./columns";

const CELL = z.union([z.string(), z.number(), z.boolean(), z.null()]).optional();
const ROWS = z.array(z.record(z.string(), CELL)).min(1);
const NAMED = z.object({ columns: z.array(z.object({ name: z.string() })).min(1), rows: z.array(z.array(CELL)).optional(), values: z.array(z.array(CELL)).optional() });
const TABLES = z.object({ tables: z.array(NAMED).min(1) });
const HOST_ROWS = z.object({ host: z.string(), rows: z.array(z.record(z.string(), CELL)) });

type Cell = z.infer<typeof CELL>;

/**
 * A measurement that came as JSON, as the CSV that a query tool would have written: a list of objects (osqueryi, az monitor,
 * Fleet), columns named once with rows or values (Log Analytics, ES|QL), one object per host with its rows (fleetctl query).
 *
 * @returns null for a text that is no such JSON, or whose columns are not a measurement's
 */
export function tableOfJson(text: string): string | null {
  const trimmed = text.replace(/^\ufeff/, "").trim();
  if (!/^[[{]/.test(trimmed)) return null;
  const found = readRows(trimmed);
  if (found === null || !isMeasurementHeader(found.names)) return null;
  return [found.names, ...found.rows].map((cells) => cells.map(quoted).join(",")).join("\n");
}

/** Whether the beginning of a text looks like such JSON: every column that a measurement needs is named in it. */
export function looksLikeJsonMeasurement(head: string): boolean {
  return /^\ufeff?\s*[[{]/.test(head) && NEEDED_COLUMNS.every((name) => head.includes(`"${name}"`));
}

interface Table {
  readonly names: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

function readRows(text: string): Table | null {
  const whole = parseJson(text);
  if (whole === undefined) {
    const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "");
    const hosts = z.array(HOST_ROWS).safeParse(lines.map(parseJson));
    return hosts.success ? ofObjects(hosts.data.flatMap(({ rows }) => rows)) : null;
  }
  const objects = ROWS.safeParse(whole);
  if (objects.success) return ofObjects(objects.data);
  const host = HOST_ROWS.safeParse(whole);
  if (host.success) return ofObjects(host.data.rows);
  const tables = TABLES.safeParse(whole);
  const named = NAMED.safeParse(tables.success ? tables.data.tables[0] : whole);
  return named.success ? { names: named.data.columns.map(({ name }) => name), rows: named.data.rows ?? named.data.values ?? [] } : null;
}

/** Keys in the order in which they are met first. */
function ofObjects(rows: readonly Readonly<Record<string, Cell>>[]): Table {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const maps = rows.map((row) => new Map(Object.entries(row)));
  return { names, rows: maps.map((row) => names.map((name) => row.get(name))) };
}

function quoted(cell: Cell): string {
  return `"${String(cell ?? "").replaceAll('"', '""').replaceAll(/[\r\n]+/g, " ")}"`;
}
