import type { Refusal } from "@/lib/inventory/types";
import type { CliIo } from "./cli-io";
import { refusalsJson } from "./print-refusals";

/**
 * The one rule of every import: exit 0 when everything that was given is taken or was there already; exit 1 with one sentence
 * on stderr when a row or a file was refused, whatever else was applied. (Broken records inside an event file that could be
 * read, and odd objects of a catalogue, are listed and refuse nothing.)
 *
 * @param refused one sentence for each file of which something was refused
 * @param files how many files were given
 */
export function failImport(io: CliIo, refused: readonly string[], files: number): void {
  const [first] = refused;
  if (first === undefined) return;
  io.note(files === 1 ? first : `${refused.length} of ${files} files ${refused.length === 1 ? "was" : "were"} not taken whole, the first ${first}`);
  io.fail();
}

/**
 * The sentence about the rows of a file that were refused; null when none was.
 *
 * @param rows how many the file has
 * @param others what became of the other rows, e.g. "are imported"
 */
export function refusedRowsSentence(file: string, rows: number, refused: readonly Refusal[], others: string): string | null {
  const [first] = refused;
  if (first === undefined) return null;
  const { count } = refusalsJson(refused);
  const at = [first.line === null ? `entry ${first.row}` : `line ${first.line}`, first.field].filter((part) => part !== "").join(", ");
  const rest = count >= rows ? "nothing is imported" : `the others ${others}`;
  return `${file}: ${count} of ${rows} ${rows === 1 ? "row" : "rows"} ${count === 1 ? "was" : "were"} refused, ${rest}; the first is ${at}: ${first.message} ${first.remedy}`.trimEnd();
}
