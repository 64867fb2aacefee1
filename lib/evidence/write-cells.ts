import type { CellJson, RequirementJson } from "@/lib/assessment/cell-json";
import { csvLine, type CsvCell } from "./write-csv";

/** A JSON array with one element per line, without ever holding the whole. */
export function* writeJsonArray(items: Iterable<unknown>): Generator<string> {
  let before = "[\n";
  for (const item of items) {
    yield before + JSON.stringify(item);
    before = ",\n";
  }
  yield before === "[\n" ? "[]\n" : "\n]\n";
}

/** One JSON document per line. */
export async function* writeLines(items: AsyncIterable<unknown> | Iterable<unknown>): AsyncGenerator<string> {
  for await (const item of items) yield `${JSON.stringify(item)}\n`;
}

/** One line per cell. score and reach in millionths. */
export function* writeCellsCsv(cells: Iterable<CellJson>): Generator<string> {
  yield csvLine(["analytic", "segment", "status", "score", "reach", "source", "matched_in", "flags", "reason"]);
  for (const { analytic, segment, status, score, reach, source, matchedIn, flags, reason } of cells) {
    yield csvLine([analytic, segment, status, score, reach, source, matchedIn ?? null, flags.join(" "), reason]);
  }
}

const LINE = ["evidence", "met", "kind", "records", "hosts", "newest", "why_code", "why", "family", "basis"];

/** One line per requirement of every applicable cell: its best alternative. */
export function* writeRequirementsCsv(cells: Iterable<CellJson>): Generator<string> {
  yield csvLine(["analytic", "segment", "component_id", "component", "log_source", "channel", "critical", "hosts_total", ...LINE, "flags"]);
  for (const { analytic, segment, requirements } of cells) for (const requirement of requirements) yield csvLine([analytic, segment, ...requirementCells(requirement)]);
}

function requirementCells({ component, name, channel, critical, hostsTotal, evidence, met, kind, records, hosts, newest, whyCode, why, family, basis, flags }: RequirementJson): CsvCell[] {
  return [component.id, component.name, name, channel, critical, hostsTotal, evidence, met, kind, records, hosts, newest, whyCode, why, family, basis, flags.join(" ")];
}
