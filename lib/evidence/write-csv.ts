export type CsvCell = string | number | boolean | null;

/**
 * One CSV line (RFC 4180, CRLF). A text that a spreadsheet would read as a formula (it begins with = + - @, a tab or a
 * carriage return) gets an apostrophe in front; the JSON twin of each CSV holds the text unchanged.
 */
export function csvLine(cells: readonly CsvCell[]): string {
  return `${cells.map(writeCell).join(",")}\r\n`;
}

function writeCell(cell: CsvCell): string {
  if (cell === null) return "";
  if (typeof cell !== "string") return String(cell);
  const text = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n\t]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
