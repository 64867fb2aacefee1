import { isJsonObject, type JsonObject } from "./plain-value";

/**
 * The rows of an answer that names its columns once: {columns: [{name}], values|rows: [[...]]} of Elastic (ES|QL) and
 * {tables: [{columns, rows}]} of Log Analytics, each row as an object of its filled cells. null: the value is no such answer.
 */
export function tableRows(value: JsonObject): readonly JsonObject[] | null {
  if (!("columns" in value) && !("tables" in value)) return null;
  const tables: readonly unknown[] = Array.isArray(value["tables"]) ? value["tables"] : [value];
  const rows = tables.flatMap((table: unknown) => (isJsonObject(table) ? rowsOf(table) : []));
  return rows.length === 0 ? null : rows;
}

function rowsOf({ columns, values, rows }: JsonObject): readonly JsonObject[] {
  const cells = values ?? rows;
  if (!Array.isArray(columns) || !Array.isArray(cells)) return [];
  const names = columns.map((column: unknown) => (isJsonObject(column) && typeof column["name"] === "string" ? column["name"] : ""));
  return cells.flatMap((row: unknown) => (Array.isArray(row) && row.length === names.length ? [toObject(names, row)] : []));
}

function toObject(names: readonly string[], row: readonly unknown[]): JsonObject {
  return Object.fromEntries(names.flatMap((name, i) => (name === "" || name === "__proto__" || row[i] === null || row[i] === "" ? [] : [[name, row[i]]])));
}
