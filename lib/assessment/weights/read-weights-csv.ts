import { readTable } from "@/lib/inventory/read-table";
import { SightlineError } from "@/lib/shared/errors";
import type { TechniqueWeights } from "./weight-profile";

export const WEIGHT_COLUMNS = ["technique", "weight"] as const;
/** The greatest weight of a technique; the least is 0, which takes its analytics out of every weighted number. */
const MOST = 1_000;

/**
 * Reads a CSV of technique weights (technique,weight; a decimal number of at most six places, 1 = as in `uniform`).
 *
 * @throws SightlineError INVALID naming file, line and field of the first bad row, and how many there are: weights that lack
 *   a row would be others than those that were meant
 */
export function readWeightsCsv(file: string, text: string): TechniqueWeights {
  const table = readTable(file, text, WEIGHT_COLUMNS, WEIGHT_COLUMNS);
  const weights = new Map<string, number>();
  const lines = new Map<string, number>();
  const problems: { readonly line: number; readonly field: string; readonly message: string; readonly remedy: string }[] = [];
  for (const row of table.rows) {
    const technique = row.get("technique").trim().toUpperCase();
    const weight = readWeight(row.get("weight").trim());
    const earlier = lines.get(technique);
    const refuse = (field: string, message: string, remedy: string): void => void problems.push({ line: row.line, field, message, remedy });
    if (row.extra) refuse("", "The row has more cells than the header.", "Write decimals with a point.");
    else if (!/^T\d{4}(\.\d{3})?$/.test(technique)) refuse("technique", `"${technique.slice(0, 40)}" is not the id of a technique.`, "Write it as T1059 or T1059.001.");
    else if (earlier !== undefined) refuse("technique", `${technique} stands on line ${earlier} already.`, "Keep one row per technique.");
    else if (weight === null) refuse("weight", `"${row.get("weight").slice(0, 40)}" is not a weight.`, `Write a number from 0 to ${MOST} with at most six decimals, such as 2.5.`);
    else weights.set(technique, weight);
    if (earlier === undefined) lines.set(technique, row.line);
  }
  const [first] = problems;
  if (first !== undefined) {
    const more = problems.length === 1 ? "" : ` ${problems.length - 1} more ${problems.length === 2 ? "row is" : "rows are"} wrong. Nothing was imported.`;
    throw new SightlineError("INVALID", `${first.message}${more}`, { file, line: first.line, field: first.field, remedy: first.remedy });
  }
  if (weights.size === 0) throw new SightlineError("INVALID", "The file has no row.", { file, remedy: `Its header is ${WEIGHT_COLUMNS.join(",")}.` });
  return Object.fromEntries([...weights].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Decimal text to millionths without going through a fraction; null when it is none. */
function readWeight(text: string): number | null {
  const match = /^(\d{1,4})(?:\.(\d{1,6}))?$/.exec(text);
  if (match === null) return null;
  const millionths = Number(match[1]) * 1_000_000 + Number((match[2] ?? "").padEnd(6, "0"));
  return millionths <= MOST * 1_000_000 ? millionths : null;
}
