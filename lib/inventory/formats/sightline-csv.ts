import { startLossList } from "../loss-list";
import { INVENTORY_COLUMNS, readClaim } from "../read-claim";
import { readTable } from "../read-table";
import type { Refusal } from "../types";
import type { InventoryFormat, ParsedClaim } from "./inventory-format";

/** Sightline's own inventory as CSV (docs: columns segment,source,product,log_source,...). */
export const sightlineCsv: InventoryFormat = {
  id: "sightline-csv",
  label: "Sightline inventory (CSV)",
  extensions: [".csv", ".tsv", ".txt"],
  guide: {
    proves: "What you write: which segment collects which log source, on how many hosts, since when, on what basis.",
    not: "Anything by itself: a row is a claim of the basis that it names.",
    obtain: [],
  },

  sniff: ({ text }) => {
    const header = text.replace(/^\ufeff/, "").trimStart().split(/[\r\n]/, 1)[0] ?? "";
    const columns = header.split(/[,;\t]/).map((cell) => cell.replaceAll('"', "").trim().toLowerCase().replace(/[\s-]+/g, "_"));
    const found = ["segment", "log_source", "data_component"].filter((name) => columns.includes(name));
    return { verdict: found.includes("segment") && found.length > 1 ? "yes" : "no", evidence: found.map((name) => `column ${name}`) };
  },

  parse: (file, { latest }) => {
    const table = readTable(file.name, file.text, INVENTORY_COLUMNS, ["segment"]);
    const losses = startLossList();
    for (const column of table.unknown) losses.add("dropped", column, `The column ${column} is not one of Sightline's; its cells were not read.`);
    const claims: ParsedClaim[] = [];
    const refused: Refusal[] = [];
    for (const { line, row, get, extra } of table.rows) {
      const read = extra ? { problems: [{ field: "", message: "The row has more cells than the header.", remedy: "Quote cells that hold a comma." }] } : readClaim(get, latest, losses);
      if ("problems" in read) for (const problem of read.problems) refused.push({ line, row, ...problem });
      else claims.push({ line, row, ...read });
    }
    return { rows: table.rows.length, claims, refused, losses: losses.list(), segments: [] };
  },
};
