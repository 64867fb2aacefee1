import { CsvFrames, guessSeparator } from "@/lib/events/frame/csv-frames";

/** A row of a table by column; names fold to lower case with underscores. */
export interface Row {
  readonly line: number;
  /** The first of these columns that is not empty. */
  readonly get: (names: readonly string[]) => string;
}

export interface Rows {
  readonly columns: ReadonlySet<string>;
  readonly rows: readonly Row[];
  readonly unread: readonly { readonly line: number; readonly message: string }[];
}

const MOST_ROW_BYTES = 4 * 1024 * 1024;

/** A CSV file (comma, semicolon, tab) with a header; null when it has none. */
export function readRows(bytes: Uint8Array): Rows | null {
  const frames = new CsvFrames(MOST_ROW_BYTES, guessSeparator);
  const all = [...frames.push(bytes), ...frames.end()];
  const [header, ...body] = all;
  if (header === undefined || !("cells" in header)) return null;
  const at = new Map<string, number>();
  for (const [i, cell] of header.cells.entries()) if (!at.has(fold(cell))) at.set(fold(cell), i);
  const lines = lineCounter(bytes);
  const rows: Row[] = [];
  const unread: { line: number; message: string }[] = [];
  for (const frame of body) {
    const line = lines(frame.offset);
    if (!("cells" in frame)) unread.push({ line, message: frame.message });
    else if (frame.cells.some((cell) => cell.trim() !== "")) {
      const { cells } = frame;
      rows.push({ line, get: (names) => names.map((name) => (cells[at.get(name) ?? -1] ?? "").trim()).find((cell) => cell !== "") ?? "" });
    }
  }
  return { columns: new Set(at.keys()), rows, unread };
}

/** "kibana.alert.rule.name" and "Rule Name" -> "kibana.alert.rule.name", "rule_name". */
export function fold(name: string): string {
  return name.trim().toLowerCase().replace(/[\s-]+/g, "_");
}

/** The line of rising offsets. */
function lineCounter(bytes: Uint8Array): (offset: number) => number {
  let [line, at] = [1, 0];
  return (offset) => {
    for (; at < offset; at += 1) if (bytes[at] === 10) line += 1;
    return line;
  };
}
