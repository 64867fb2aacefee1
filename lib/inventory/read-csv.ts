import { SightlineError } from "@/lib/shared/errors";

/** One record of a CSV file. line: 1-based line on which it begins. */
export interface CsvRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

const MAX_CELL = 10_000;
const MAX_CELLS = 200;
const MAX_RECORDS = 200_000;

/**
 * Reads CSV as RFC 4180 has it, and as spreadsheets write it: quoted cells may hold the delimiter, doubled quotes and line
 * breaks; lines end in LF, CRLF or CR; blank lines are skipped; the delimiter is the comma, or the tab or semicolon when
 * the header line has no comma outside quotes.
 *
 * @throws SightlineError INVALID for a quote left open or text around a quoted cell; TOO_LARGE for huge cells, rows or files.
 */
export function readCsv(file: string, text: string): CsvRecord[] {
  const body = text.startsWith("\ufeff") ? text.slice(1) : text;
  const delimiter = delimiterOf(body);
  const records: CsvRecord[] = [];
  let cells: string[] = [];
  let line = 1;
  let recordLine = 1;
  let at = 0;

  const endRecord = (): void => {
    if (cells.some((cell) => cell.trim() !== "")) records.push({ line: recordLine, cells });
    if (records.length > MAX_RECORDS) throw new SightlineError("TOO_LARGE", `More than ${MAX_RECORDS} rows.`, { file, line, remedy: "Split the file." });
    cells = [];
  };
  while (at < body.length) {
    if (cells.length === 0) recordLine = line;
    let cell: string;
    if (body[at] === '"') {
      const quoted = readQuoted(body, at);
      if (quoted === null) throw new SightlineError("INVALID", "A quoted cell is never closed.", { file, line, remedy: 'Add the closing "; a quote inside a cell is written "".' });
      cell = quoted.cell;
      at = quoted.end;
      if (!isCellEnd(body, at, delimiter)) {
        throw new SightlineError("INVALID", "Text follows a closing quote.", { file, line, remedy: 'Quote the whole cell and write a quote inside it as "".' });
      }
      line += cell.split(/\r\n|\n|\r/).length - 1;
    } else {
      let end = at;
      while (!isCellEnd(body, end, delimiter)) end++;
      cell = body.slice(at, end);
      at = end;
    }
    if (cell.length > MAX_CELL) throw new SightlineError("TOO_LARGE", `A cell has ${cell.length} characters; ${MAX_CELL} are allowed.`, { file, line });
    cells.push(cell);
    if (cells.length > MAX_CELLS) throw new SightlineError("TOO_LARGE", `A row has more than ${MAX_CELLS} cells.`, { file, line });
    if (body[at] === delimiter) {
      at++;
      if (at === body.length) cells.push("");
      continue;
    }
    endRecord();
    at += body.startsWith("\r\n", at) ? 2 : 1;
    line++;
  }
  if (cells.length > 0) endRecord();
  return records;
}

function readQuoted(text: string, start: number): { cell: string; end: number } | null {
  for (let at = start + 1; ; ) {
    const quote = text.indexOf('"', at);
    if (quote < 0) return null;
    if (text[quote + 1] !== '"') return { cell: text.slice(start + 1, quote).replaceAll('""', '"'), end: quote + 1 };
    at = quote + 2;
  }
}

function isCellEnd(text: string, at: number, delimiter: string): boolean {
  const char = text[at];
  return char === undefined || char === delimiter || char === "\n" || char === "\r";
}

function delimiterOf(text: string): string {
  const header = (/^[^\r\n]*/.exec(text.trimStart())?.[0] ?? "").replace(/"[^"]*"/g, "");
  if (header.includes(",")) return ",";
  if (header.includes("\t")) return "\t";
  return header.includes(";") ? ";" : ",";
}
