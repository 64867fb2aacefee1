import { LineFrames, type LineFrame } from "../frame/line-frames";
import { itemMaker } from "../make-item";
import type { EventFormat, FormatReader, Item, ReadLimits } from "../types";
import { mapRow } from "./zeek/map-row";

/** Zeek's own tab-separated logs. The header may come again in the middle: rotated files are often joined. */
export const zeekTsv: EventFormat = {
  id: "zeek-tsv",
  label: "Zeek (TSV)",
  extensions: [".log"],
  sniff: (head) => {
    const fields = head.lines.some((line) => line.startsWith("#fields"));
    const marks = head.lines.some((line) => line.startsWith("#separator") || line.startsWith("#path"));
    if (fields && marks) return { verdict: "yes", evidence: ["#separator", "#path", "#fields"] };
    return { verdict: "no", evidence: [] };
  },
  open: (limits) => openTsv(limits),
};

interface Header {
  separator: string;
  unset: string;
  empty: string;
  path: string;
  fields: readonly string[] | null;
}

function openTsv(limits: ReadLimits): FormatReader {
  const lines = new LineFrames(limits.maxRecordBytes);
  const make = itemMaker();
  const header: Header = { separator: "\t", unset: "-", empty: "(empty)", path: "unknown", fields: null };
  const read = (frames: readonly LineFrame[]): Item[] => {
    const items: Item[] = [];
    for (const frame of frames) {
      if (!("text" in frame)) items.push(make.refused(frame));
      else if (frame.text.startsWith("#")) {
        readHeader(header, frame.text);
        items.push(make.skipped(frame.offset, frame.length, "header"));
      }
      else items.push(readRow(header, frame.text, frame.offset, frame.length));
    }
    return items;
  };
  const readRow = ({ fields, separator, unset, empty, path }: Header, text: string, offset: number, length: number): Item => {
    const cells = text.split(separator);
    const refuse = (message: string) => make.refused({ offset, length, reason: "unknown-record", message, example: text.slice(0, 160) });
    if (fields === null) return refuse(`The line at byte ${offset} stands before any #fields line.`);
    if (cells.length !== fields.length) return refuse(`The line at byte ${offset} has ${cells.length} columns where #fields names ${fields.length}.`);
    const row = new Map<string, string>();
    for (const [i, name] of fields.entries()) {
      const cell = cells[i] ?? unset;
      if (cell !== unset && cell !== empty && cell !== "") row.set(name, unescape(cell));
    }
    return make.record(offset, length, { ...mapRow(path, (column) => row.get(column), limits.zone), native: Object.fromEntries(row) }, null);
  };
  return { push: (chunk) => read(lines.push(chunk)), end: () => read(lines.end()) };
}

function readHeader(header: Header, text: string): void {
  const separator = /^#separator (\S+)/.exec(text);
  if (separator !== null) {
    header.separator = unescape(separator[1] ?? "\t");
    return;
  }
  const [name, ...rest] = text.split(header.separator);
  if (name === "#fields") header.fields = rest;
  else if (name === "#path") header.path = rest[0] ?? "unknown";
  else if (name === "#unset_field") header.unset = rest[0] ?? "-";
  else if (name === "#empty_field") header.empty = rest[0] ?? "(empty)";
}

/** Zeek writes separators and unprintable bytes inside values as \xNN. */
function unescape(text: string): string {
  return text.includes("\\x") ? text.replace(/\\x([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))) : text;
}
