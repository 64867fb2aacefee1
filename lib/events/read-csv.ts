import { claimUnit, readsSingleRecords } from "./claim-unit";
import type { CsvMapping } from "./csv-mapping";
import { put, type FieldBag } from "./fill-fields";
import { CsvFrames, guessSeparator, type CsvFrame } from "./frame/csv-frames";
import type { JsonObject } from "./frame/plain-value";
import { viewRecord } from "./frame/view-record";
import { itemMaker, type Mapped } from "./make-item";
import { othersOf } from "./read-others";
import type { RecordFormat } from "./record-format";
import { ENOUGH } from "./sniff-units";
import { readEnvelopeTime } from "./time/read-syslog-time";
import type { EventFormat, FormatReader, Head, Item, ReadLimits, Sniff } from "./types";

export const CSV_ID = "csv";
const FEWEST_COLUMNS = 3;
const ROWS_LOOKED_AT = 50;

/**
 * Tables with a header row. A person's mapping says what the columns mean; without one, each row is offered to the other
 * formats as an object of its columns, so that exports of known records (Zeek, Defender, M365, Splunk with _raw) are read as
 * what they are.
 */
export function csvFormat(all: readonly (EventFormat | RecordFormat)[]): EventFormat {
  const formats = all.filter(readsSingleRecords);
  return { id: CSV_ID, label: "CSV (table with a header)", extensions: [".csv", ".tsv"], sniff: (head) => sniffCsv(head, formats), open: (limits) => openCsv(limits, formats) };
}

/** Header and first rows of a text that is a table; null when it is none. */
export function readTableHead({ bytes }: Pick<Head, "bytes">): { columns: readonly string[]; rows: readonly (readonly string[])[] } | null {
  const frames = new CsvFrames(bytes.length, guessSeparator).push(bytes).flatMap((frame) => ("cells" in frame ? [frame.cells] : []));
  const [columns, ...rows] = frames.filter(([first]) => first?.startsWith("#TYPE") !== true);
  if (columns === undefined || columns.length < FEWEST_COLUMNS || columns.some((name) => name.length > 100)) return null;
  const fitting = rows.filter((row) => row.length === columns.length).slice(0, ROWS_LOOKED_AT);
  return rows.length > 0 && fitting.length >= ENOUGH * Math.min(rows.length, ROWS_LOOKED_AT) && new Set(columns).size === columns.length ? { columns, rows: fitting } : null;
}

function sniffCsv(head: Head, formats: readonly RecordFormat[]): Sniff {
  const table = /^\s*[{[<]/.test(head.text) ? null : readTableHead(head);
  if (table === null) return { verdict: "no", evidence: [] };
  const found = new Map<string, number>();
  for (const row of table.rows) {
    const [only, ...others] = claimUnit(viewRecord({ json: toObject(table.columns, row) }, 64), formats);
    if (only !== undefined && others.length === 0) found.set(only.id, (found.get(only.id) ?? 0) + 1);
  }
  const [best] = [...found].sort((a, b) => b[1] - a[1]);
  const evidence = [`columns ${table.columns.slice(0, 8).join(", ")}${table.columns.length > 8 ? ", ..." : ""}`];
  if (best === undefined || best[1] < ENOUGH * table.rows.length) return { verdict: "maybe", evidence };
  return { verdict: "yes", evidence: [...evidence, `${best[1]} of ${table.rows.length} rows ${best[0]}`] };
}

function openCsv(limits: ReadLimits, formats: readonly RecordFormat[]): FormatReader {
  const frames = new CsvFrames(limits.maxRecordBytes, guessSeparator);
  const make = itemMaker();
  const others = othersOf(formats, null)(limits, make);
  const { mapping } = limits;
  let columns: readonly string[] | null = null;

  const readRow = (items: Item[], frame: Extract<CsvFrame, { cells: readonly string[] }>): void => {
    const { offset, length, cells } = frame;
    if (columns === null) {
      items.push(make.skipped(offset, length, "header"));
      if (cells[0]?.startsWith("#TYPE") !== true) columns = cells; // PowerShell's first line names a .NET type
      return;
    }
    const refuse = (reason: string, message: string): void => void items.push(make.refused({ offset, length, reason, message, example: cells.join(", ").slice(0, 160) }));
    if (cells.length !== columns.length) return refuse("wrong-columns", `The row at byte ${offset} has ${cells.length} columns where the header names ${columns.length}.`);
    const row = toObject(columns, cells);
    if (mapping !== undefined) return void items.push(make.record(offset, length, mapRow(row, mapping, limits), row));
    const unit = { offset, length, ...viewRecord({ json: row }, limits.maxDepth) };
    others.read(items, unit, () => ({ reason: "unknown-record", message: `The row at byte ${offset} is of no known format; a mapping of its columns is needed.` }));
  };

  const read = (found: readonly CsvFrame[]): Item[] => {
    const items: Item[] = [];
    for (const frame of found) {
      if ("cells" in frame) readRow(items, frame);
      else items.push(make.refused(frame));
    }
    return items;
  };
  return { push: (chunk) => read(frames.push(chunk)), end: () => [...read(frames.end()), ...others.end()] };
}

function mapRow(row: JsonObject, mapping: CsvMapping, { zone, reference }: ReadLimits): Mapped {
  const text = (column: string | undefined) => (column !== undefined && typeof row[column] === "string" ? row[column] : "");
  const fields: FieldBag = {};
  for (const [id, column] of Object.entries(mapping.fields)) put(fields, id, text(column));
  const time = text(mapping.time.column).trim();
  const { family, key } = mapping.kind;
  return {
    time: time === "" ? { untimed: "no-time" } : readEnvelopeTime(time, zone, reference),
    host: text(mapping.host?.column) || null,
    family,
    key: ("value" in key ? key.value : text(key.column)) || "unknown",
    fields,
  };
}

/** Empty cells are absent; a Map's way, since names come from the file. */
function toObject(columns: readonly string[], cells: readonly string[]): JsonObject {
  return Object.fromEntries(columns.flatMap((name, i) => (cells[i] === undefined || cells[i] === "" || name === "__proto__" ? [] : [[name.trim(), cells[i]]])));
}
