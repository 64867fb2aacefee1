import type { Db, Tx } from "./client";

/** A column and its PostgreSQL type: "text", "int", "bigint", "jsonb", "bytea", "text[]", "timestamp(3)", "boolean", ... */
export interface BulkColumn {
  readonly name: string;
  readonly type: string;
}

/** What becomes of a row that meets an existing one: it is left out, or, where these columns are equal, these others take the new values. */
export type BulkConflict = "nothing" | { readonly target: readonly string[]; readonly set: readonly string[] };

/** What a cell may hold. Json values go to jsonb columns; a Date to a timestamp; bytes to bytea. undefined is NULL. */
export type BulkRow = Readonly<Record<string, unknown>>;

const ROWS_PER_BATCH = 5_000;
const BYTES_PER_BATCH = 16 * 1024 * 1024;

/**
 * Inserts rows by one `insert .. select from jsonb_to_recordset($1)` per batch: ten times as fast as createMany.
 * Columns that are not named get their default. A JSON null is SQL's NULL. Text in PostgreSQL cannot hold U+0000 or
 * half of a surrogate pair: both are stored as U+FFFD (the kept file stays the proof of what was there).
 *
 * @returns how many rows were inserted or updated (fewer than given when `onConflict: "nothing"` met existing ones).
 */
export async function bulkInsert(
  tx: Db | Tx,
  table: string,
  columns: readonly BulkColumn[],
  rows: Iterable<BulkRow>,
  options: { readonly onConflict?: BulkConflict } = {},
): Promise<number> {
  const statement = insertStatement(table, columns, options.onConflict);
  let inserted = 0;
  let batch: string[] = [];
  let bytes = 0;
  const flush = async (): Promise<void> => {
    if (batch.length === 0) return;
    const body = `[${batch.join(",")}]`;
    batch = [];
    bytes = 0;
    inserted += await tx.$executeRawUnsafe(statement, body);
  };
  for (const row of rows) {
    const text = rowText(columns, row);
    batch.push(text);
    bytes += text.length;
    if (batch.length >= ROWS_PER_BATCH || bytes >= BYTES_PER_BATCH) await flush();
  }
  await flush();
  return inserted;
}

function insertStatement(table: string, columns: readonly BulkColumn[], onConflict: BulkConflict | undefined): string {
  const names = columns.map(({ name }) => quote(name)).join(", ");
  const record = columns.map(({ name, type }) => `${quote(name)} ${type}`).join(", ");
  return `insert into ${quote(table)} (${names}) select ${names} from jsonb_to_recordset($1::jsonb) as r(${record})${conflictClause(onConflict)}`;
}

function conflictClause(onConflict: BulkConflict | undefined): string {
  if (onConflict === undefined) return "";
  if (onConflict === "nothing") return " on conflict do nothing";
  return ` on conflict (${onConflict.target.map(quote).join(", ")}) do update set ${onConflict.set.map((name) => `${quote(name)} = excluded.${quote(name)}`).join(", ")}`;
}

function rowText(columns: readonly BulkColumn[], row: BulkRow): string {
  const cells: Record<string, unknown> = {};
  for (const { name } of columns) cells[name] = plain(row[name]);
  const text = JSON.stringify(cells, (_, value: unknown) => (typeof value === "bigint" ? value.toString() : value));
  return UNSTORABLE.test(text) ? JSON.stringify(cells, storable) : text;
}

/** JSON that is already written, with what text in PostgreSQL cannot hold replaced as bulkInsert does. */
export function storableJson(text: string): string {
  return UNSTORABLE.test(text) ? JSON.stringify(JSON.parse(text), storable) : text;
}

function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return `\\x${Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("hex")}`;
  return value; // dates and big integers become text in JSON.stringify
}

// JSON.stringify writes exactly these as escapes (a backslash that is itself escaped only costs the slower path).
const UNSTORABLE = /\\u0000|\\ud[89a-f]/;

function storable(_key: string, value: unknown): unknown {
  if (typeof value === "bigint") return value.toString();
  if (typeof value === "string") return repair(value);
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [repair(key), item]));
  }
  return value;
}

function repair(text: string): string {
  return text.toWellFormed().replaceAll("\0", "\ufffd");
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
