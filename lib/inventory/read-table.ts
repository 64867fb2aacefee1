import { SightlineError } from "@/lib/shared/errors";
import { readCsv } from "./read-csv";

/** A row of a table by column name. Absent columns and short rows give "". */
export interface TableRow {
  readonly line: number;
  readonly row: number; // 1-based, header not counted
  readonly get: (column: string) => string;
  readonly extra: boolean; // more filled cells than the header has columns
}

export interface Table {
  readonly columns: ReadonlySet<string>; // known ones that are present
  readonly unknown: readonly string[]; // columns that nobody reads, as written
  readonly rows: readonly TableRow[];
}

/**
 * Reads a CSV file with a header row. Column names may come in any order, case and spacing ("Log Source" = "log_source").
 *
 * @throws SightlineError INVALID when a required column is absent or a column stands there twice, and what readCsv throws.
 */
export function readTable(file: string, text: string, known: readonly string[], required: readonly string[]): Table {
  const [header, ...records] = readCsv(file, text);
  if (!header) throw new SightlineError("INVALID", "The file has no header row.", { file, remedy: `Its first row names the columns: ${known.join(",")}.` });
  const positions = new Map<string, number>();
  const unknown: string[] = [];
  header.cells.forEach((cell, position) => {
    const name = columnName(cell);
    if (name === "") return;
    if (positions.has(name)) throw new SightlineError("INVALID", `The column ${cell.trim()} stands there twice.`, { file, line: header.line, field: name, remedy: "Keep one." });
    positions.set(name, position);
    if (!known.includes(name)) unknown.push(cell.trim());
  });
  const missing = required.filter((name) => !positions.has(name));
  if (missing.length > 0) {
    throw new SightlineError("INVALID", `The column ${missing.join(", ")} is missing.`, { file, line: header.line, remedy: `The first row names the columns: ${known.join(",")}.` });
  }
  const rows = records.map(({ line, cells }, index) => ({
    line,
    row: index + 1,
    get: (column: string) => (cells[positions.get(column) ?? -1] ?? "").trim(),
    extra: cells.slice(header.cells.length).some((cell) => cell.trim() !== ""),
  }));
  return { columns: new Set(known.filter((name) => positions.has(name))), unknown, rows };
}

function columnName(cell: string): string {
  return cell.trim().toLowerCase().replace(/[\s-]+/g, "_");
}
