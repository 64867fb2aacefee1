import { SightlineError } from "@/lib/shared/errors";
import { startLossList, type LossList } from "../loss-list";
import { INVENTORY_COLUMNS, readClaim, type FieldProblem } from "../read-claim";
import { shown } from "../read-field";
import { readJson } from "../read-json";
import type { Refusal } from "../types";
import type { InventoryFormat, ParsedClaim } from "./inventory-format";

const KNOWN = new Set<string>(INVENTORY_COLUMNS);
const HOSTILE = new Set(["__proto__", "constructor", "prototype"]);

/** Sightline's own inventory as JSON: an array of objects with the CSV's columns as keys; null and absent are "not said". */
export const sightlineJson: InventoryFormat = {
  id: "sightline-json",
  label: "Sightline inventory (JSON)",
  extensions: [".json"],
  guide: { proves: "The same as the CSV: an array of objects with its columns as keys.", not: "Anything by itself: an entry is a claim of the basis that it names.", obtain: [] },

  sniff: ({ text }) => {
    const array = /^\ufeff?\s*\[\s*(\{|\])/.test(text);
    const key = /"(log_source|data_component)"\s*:/.exec(text.slice(0, 100_000))?.[1];
    if (!array || key === undefined || !/"segment"\s*:/.test(text)) return { verdict: "no", evidence: [] };
    return { verdict: "yes", evidence: ["an array of objects", "key segment", `key ${key}`] };
  },

  parse: (file, { latest }) => {
    const rows = readArray(file.name, file.text);
    const losses = startLossList();
    const claims: ParsedClaim[] = [];
    const refused: Refusal[] = [];
    rows.forEach((item, index) => {
      const at = { line: null, row: index + 1 };
      const cells = readObject(item, losses);
      const read = "problems" in cells ? cells : readClaim((column) => cells.values.get(column) ?? "", latest, losses);
      if ("problems" in read) for (const problem of read.problems) refused.push({ ...at, ...problem });
      else claims.push({ ...at, ...read });
    });
    return { rows: rows.length, claims, refused, losses: losses.list(), segments: [] };
  },
};

function readArray(file: string, text: string): unknown[] {
  const value = readJson(file, text, "An inventory is an array of flat objects.");
  if (!Array.isArray(value)) throw new SightlineError("INVALID", "The file is not an array.", { file, remedy: "An inventory is an array of flat objects." });
  return value;
}

function readObject(item: unknown, losses: LossList): { readonly values: ReadonlyMap<string, string> } | { readonly problems: readonly FieldProblem[] } {
  if (typeof item !== "object" || item === null || Array.isArray(item)) {
    return { problems: [{ field: "", message: "The entry is not an object.", remedy: "Write an object with the keys of the template." }] };
  }
  const values = new Map<string, string>();
  const problems: FieldProblem[] = [];
  for (const [key, value] of Object.entries(item)) {
    if (HOSTILE.has(key)) problems.push({ field: key, message: `The key ${key} is not allowed.`, remedy: "Remove it." });
    else if (!KNOWN.has(key)) losses.add("dropped", key, `The key ${shown(key)} is not one of Sightline's; its values were not read.`);
    else if (typeof value === "string") values.set(key, value);
    else if (typeof value === "number") values.set(key, String(value));
    else if (value !== null && value !== undefined) problems.push({ field: key, message: "The value is neither a text nor a number.", remedy: "Write a text, a number or null." });
  }
  return problems.length > 0 ? { problems } : { values };
}
