import { readText, shown, type Read } from "@/lib/inventory/read-field";
import { readTable, type TableRow } from "@/lib/inventory/read-table";
import type { Refusal } from "@/lib/inventory/types";
import { familyById } from "@/lib/telemetry/family-of";
import { MOST_MONEY, type CostRow } from "../costs";

/** Columns of a file of costs; only the first two must be there. */
export const COST_COLUMNS = ["segment", "collection", "licence", "volume_gb_day", "effort_days", "shared_licence", "note"] as const;

export interface ParsedCosts {
  readonly rows: number;
  readonly understood: readonly CostRow[];
  readonly refused: readonly Refusal[];
  readonly unknownColumns: readonly string[];
}

const COLLECTION = /^(?:licence:.+|[a-z0-9-]+(?::\S.*)?)$/;

/**
 * Reads what collections cost: a row for a family ("windows-sysmon"), for one of its collections ("windows-sysmon:7") or for a shared
 * licence ("licence:NAME"), in one segment or in all ("*" or empty). An empty cell states nothing.
 *
 * @param segments names of the live segments, folded by fold
 * @throws SightlineError when the file as a whole is no such CSV; single rows are refused in the result
 */
export function readCostsCsv(file: string, text: string, segments: ReadonlySet<string>, fold: (name: string) => string): ParsedCosts {
  const table = readTable(file, text, COST_COLUMNS, ["segment", "collection"]);
  const understood: CostRow[] = [];
  const refused: Refusal[] = [];
  const seen = new Map<string, number>();
  for (const row of table.rows) {
    const read = readRow(row, segments, fold);
    const key = "row" in read ? `${fold(read.row.segment)}\n${fold(read.row.collection)}` : "";
    const earlier = seen.get(key);
    if ("refusal" in read) refused.push({ line: row.line, row: row.row, ...read.refusal });
    else if (earlier !== undefined) refused.push({ line: row.line, row: row.row, field: "collection", message: `${shown(read.row.collection)} in ${shown(read.row.segment)} stands on line ${earlier} already.`, remedy: "Keep one row." });
    else {
      seen.set(key, row.line);
      understood.push(read.row);
    }
  }
  return { rows: table.rows.length, understood, refused, unknownColumns: table.unknown };
}

type ReadRow = { readonly row: CostRow } | { readonly refusal: Pick<Refusal, "field" | "message" | "remedy"> };

function readRow(row: TableRow, segments: ReadonlySet<string>, fold: (name: string) => string): ReadRow {
  const refuse = (field: string, message: string, remedy: string): ReadRow => ({ refusal: { field, message, remedy } });
  if (row.extra) return refuse("", "The row has more cells than the header.", "Quote cells that hold a comma.");
  const segment = row.get("segment") === "" ? "*" : row.get("segment");
  if (segment !== "*" && !segments.has(fold(segment))) return refuse("segment", `There is no segment ${shown(segment)}.`, "Write its name, or * for all.");
  const collection = row.get("collection");
  if (!COLLECTION.test(collection)) return refuse("collection", collection === "" ? "The collection is missing." : `${shown(collection)} is no collection.`, "Write a family (windows-sysmon), a collection (windows-sysmon:7) or licence:NAME.");
  const family = collection.split(":", 1)[0] ?? "";
  if (family !== "licence" && familyById(family) === null) return refuse("collection", `No family is called ${shown(family)}.`, "Write it as sightline plan collections names it.");
  const money = (field: string): Read<number | null> => readAmount(row.get(field));
  const values: Record<string, number | null> = {};
  for (const field of ["licence", "volume_gb_day", "effort_days"]) {
    const read = money(field);
    if ("problem" in read) return refuse(field, read.problem, read.remedy);
    values[field] = read.value;
  }
  const [shared, note] = [readText(row.get("shared_licence"), 120), readText(row.get("note"), 500)];
  if ("problem" in shared) return refuse("shared_licence", shared.problem, shared.remedy);
  if ("problem" in note) return refuse("note", note.problem, note.remedy);
  if (collection.startsWith("licence:") && segment !== "*") return refuse("segment", "A shared licence is paid once for all segments.", "Write * as its segment.");
  return { row: { segment, collection, licence: values["licence"] ?? null, volumeGbPerDay: values["volume_gb_day"] ?? null, effortDays: values["effort_days"] ?? null, sharedLicence: shared.value === "" ? null : shared.value, note: note.value } };
}

/** A number of at least 0, its decimals behind a point; null for an empty text. */
export function readAmount(text: string): Read<number | null> {
  const value = text.trim();
  if (value === "") return { value: null };
  if (!/^\d{1,10}(?:\.\d{1,6})?$/.test(value)) return { problem: `${shown(value)} is not an amount.`, remedy: "Write digits, with a point before decimals: 12000 or 0.5." };
  return Number(value) > MOST_MONEY ? { problem: `${value} is absurdly large.`, remedy: "Write the price of a year." } : { value: Number(value) };
}
