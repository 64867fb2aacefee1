import type { Mapped } from "../../make-item";
import { mapRow } from "./map-row";

/** The first line of a header, told by itself; the lines below it are known by the separator that it names. */
const HEADER = /^#(?:separator \S|(?:set_separator|empty_field|unset_field|path|open|close|fields|types)\t)/;
const NAMES: ReadonlySet<string> = new Set(["#set_separator", "#empty_field", "#unset_field", "#path", "#open", "#close", "#fields", "#types"]);

export function isHeaderLine(line: string): boolean {
  return HEADER.test(line);
}

/** Rows of Zeek's tab-separated logs, read by the header above them. The header may come again: rotated files are often joined. */
export class TsvRows {
  #separator = "\t";
  #unset = "-";
  #empty = "(empty)";
  #path = "unknown";
  #fields: readonly string[] | null = null;
  #places: ReadonlyMap<string, number> = new Map(); // of the columns

  constructor(private readonly zone: string) {}

  /** Takes a line that begins with "#". */
  readHeader(text: string): void {
    const separator = /^#separator (\S+)/.exec(text);
    if (separator !== null) {
      this.#separator = unescape(separator[1] ?? "\t");
      return;
    }
    const [name, ...rest] = text.split(this.#separator);
    if (name === "#fields") {
      this.#fields = rest;
      this.#places = new Map(rest.map((column, i) => [column, i]));
    } else if (name === "#path") this.#path = rest[0] ?? "unknown";
    else if (name === "#unset_field") this.#unset = rest[0] ?? "-";
    else if (name === "#empty_field") this.#empty = rest[0] ?? "(empty)";
  }

  /** Whether a line fits below the header: another line of a header, or as many cells as #fields names. */
  fits(line: string): boolean {
    const cells = line.split(this.#separator);
    return line.startsWith("#") ? NAMES.has(cells[0] ?? "") : this.#fields !== null && this.#fields.length > 1 && cells.length === this.#fields.length;
  }

  /** What a row says, or why it cannot be read, as the end of a sentence that names it. */
  readRow(text: string): { readonly mapped: Mapped } | { readonly because: string } {
    const fields = this.#fields;
    const cells = text.split(this.#separator);
    if (fields === null) return { because: "stands before any #fields line" };
    if (cells.length !== fields.length) return { because: `has ${cells.length} columns where #fields names ${fields.length}` };
    const escaped = text.includes("\\x");
    const filled: [string, string][] = [];
    for (let i = 0; i < cells.length; i += 1) {
      const cell = cells[i] ?? "";
      if (cell === this.#unset || cell === this.#empty || cell === "") cells[i] = "";
      else {
        if (escaped) cells[i] = unescape(cell);
        filled.push([fields[i] ?? "", cells[i] ?? ""]);
      }
    }
    const get = (column: string): string | undefined => cells[this.#places.get(column) ?? -1] || undefined;
    return { mapped: { ...mapRow(this.#path, get, this.zone), native: Object.fromEntries(filled) } };
  }
}

/** Zeek writes separators and unprintable bytes inside values as \xNN. */
function unescape(text: string): string {
  return text.replace(/\\x([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
