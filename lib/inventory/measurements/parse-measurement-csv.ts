import { SightlineError } from "@/lib/shared/errors";
import { foldHost } from "@/lib/shared/host-name";
import { familyById } from "@/lib/telemetry/family-of";
import { kindId, splitKind, verdictOnKind } from "@/lib/telemetry/record-kinds";
import { startLossList, type LossList } from "../loss-list";
import { readCsv, type CsvRecord } from "../read-csv";
import { plainCount, readCount, readText, shown } from "../read-field";
import { segmentKey } from "../segment-key";
import type { Loss, Refusal } from "../types";
import { readMeasurementHeader, type MeasurementColumn, type MeasurementHeader } from "./columns";
import { readInstant } from "./read-instant";
import { readPreamble, type StatedOrigin } from "./read-preamble";
import type { MeasuredHost, MeasurementDraft } from "./types";

export interface ParsedMeasurements {
  readonly rows: number;
  readonly measurements: readonly MeasurementDraft[];
  readonly refused: readonly Refusal[];
  readonly losses: readonly Loss[];
  readonly understood: number; // rows
}

/** now: the clock of the import in ms. segment: for rows that name none. stated: said beside the file; it stands before what the file says. */
export interface MeasurementParseOptions {
  readonly now: number;
  readonly segment?: string;
  readonly stated?: StatedOrigin;
}

const SKEW_MS = 5 * 60_000;
const MAX_REFUSALS = 1_000;
const NOT_A_HOST = new Set(["-", "?", "n/a", "null", "(null)", "unknown", "*"]);

/**
 * Reads a measurement CSV: one row per record kind and host. Rows of one kind in one segment make one measurement; names of one
 * host are added up. A row later than the clock proves nothing and is refused (design, section 7). Where a row of a family is
 * refused, absence no longer shows silence, so that no measurement of its family is complete.
 *
 * @throws SightlineError INVALID when the file as a whole is no measurement, or its as_of lies in the future
 */
export function parseMeasurementCsv(file: { readonly name: string; readonly text: string }, options: MeasurementParseOptions): ParsedMeasurements {
  const { stated: said, body } = readPreamble(file.name, file.text);
  const [header, ...records] = readCsv(file.name, body);
  if (!header) throw new SightlineError("INVALID", "The file has no header.", { file: file.name, line: 1 });
  const columns = readMeasurementHeader(file.name, header.line, header.cells);
  const losses = startLossList();
  for (const name of columns.unknown) losses.add("dropped", name, `The column ${shown(name)} is not read.`);
  const stated = { ...said, ...options.stated };
  const asOf = stated.asOf ?? options.now;
  if (asOf > options.now + SKEW_MS) throw new SightlineError("INVALID", "as_of lies in the future.", { file: file.name, field: "as_of", remedy: "Check the clock and the zone of the export." });
  if (stated.asOf === undefined) losses.add("changed", "as_of", "Nobody says when the query ran: the time of the import is taken.");
  const found = new Map<string, Group>();
  const refused: Refusal[] = [];
  const torn = new Set<string>(); // families with a refused row
  const lackingRows = new Map<string, number>(); // by group
  let bad = 0;
  records.forEach((record, index) => {
    const problem = readRow(record, columns, { ...options, found, losses });
    if (problem === null) return;
    bad += 1;
    torn.add(problem.family);
    if (problem.of !== null) lackingRows.set(groupKey(problem.of), (lackingRows.get(groupKey(problem.of)) ?? 0) + 1);
    if (refused.length < MAX_REFUSALS) refused.push({ line: record.line, row: index + 1, field: problem.field, message: problem.message, remedy: problem.remedy });
    else losses.add("dropped", "refused rows", `More than ${MAX_REFUSALS} rows were refused; the others are not listed.`);
  });
  const origin = { asOf, dated: stated.asOf !== undefined, windowFrom: stated.windowFrom ?? null, query: stated.query ?? "", system: stated.system ?? "", ranBy: stated.ranBy ?? "" };
  const complete = stated.complete ?? false;
  const measurements = [...found.values()].map(({ segment, line, kind, hosts }): MeasurementDraft => {
    const lacking = torn.has(ANY) || torn.has(familyOf(kind));
    if (complete && lacking) losses.add("changed", "complete", `${kind}: rows are refused, so that the absence of a host shows nothing; it counts as not complete.`);
    return { segment, line, kind, refusedRows: lackingRows.get(groupKey({ segment, kind })) ?? 0, ...origin, complete: complete && !lacking, hosts: [...hosts.values()] };
  });
  if (origin.query === "") losses.add("dropped", "query", "No query text came with it: nobody can ask again what was asked.");
  return { rows: records.length, measurements, refused, losses: losses.list(), understood: records.length - bad };
}

const ANY = "";

function familyOf(kind: string): string {
  return splitKind(kind).family;
}

interface Name {
  readonly segment: string;
  readonly kind: string;
}

interface Group extends Name {
  readonly line: number;
  readonly hosts: Map<string, MeasuredHost>;
}

interface Problem {
  readonly of: Name | null; // what the row would have counted
  readonly family: string; // ANY: the row does not say
  readonly field: string;
  readonly message: string;
  readonly remedy: string;
}

interface RowContext extends MeasurementParseOptions {
  readonly found: Map<string, Group>;
  readonly losses: LossList;
}

function openGroup(found: Map<string, Group>, name: Name, line: number): Group {
  const key = groupKey(name);
  const known = found.get(key) ?? { ...name, line, hosts: new Map<string, MeasuredHost>() };
  found.set(key, known);
  return known;
}

function groupKey({ segment, kind }: Name): string {
  return JSON.stringify([segmentKey(segment), kind]);
}

/** Adds a row to what was found, or says what is wrong with it. */
function readRow(record: CsvRecord, { positions, fills, utc }: MeasurementHeader, { now, segment: chosen = "", found, losses }: RowContext): Problem | null {
  const cell = (position: number | undefined): string => (position === undefined ? "" : (record.cells[position] ?? "").trim());
  const get = (column: MeasurementColumn): string => cell(positions.get(column));
  const refuse = (of: Name | null, field: string, message: string, remedy: string): Problem => ({ of, family: of === null ? ANY : familyOf(of.kind), field, message, remedy });
  for (const column of ["segment", "family", "event_key", "host"] as const) {
    const read = readText(get(column), 400);
    if ("problem" in read) return refuse(null, column, read.problem, read.remedy);
  }
  const named = get("segment");
  const segment = named || chosen.trim();
  if (segment === "") return refuse(null, "segment", "The row names no segment.", "Fill the column, or choose a segment for the file (--segment NAME).");
  if (named !== "" && chosen.trim() !== "" && segmentKey(named) !== segmentKey(chosen)) return refuse(null, "segment", `The row is of ${shown(named)}, not of ${shown(chosen.trim())}.`, "Import it for the segment that it names.");
  const family = get("family").toLowerCase();
  const key = get("event_key");
  if (familyById(family) === null) return refuse(null, "family", `There is no log-source family ${shown(family)}.`, "Use the query pack's own columns, or an id of the list of families.");
  if (key === "") return refuse(null, "event_key", "The row names no event.", "Fill the column; * stands for every record of the family.");
  const group: Name = { segment, kind: kindId(family, key) };
  const host = get("host");
  if (host === "" || NOT_A_HOST.has(host.toLowerCase())) return refuse(group, "host", "The row names no host.", "Records without a host are of nobody: name what stands for a host there (an account, a sensor).");
  const count = readCount(plainCount(get("count")), Number.MAX_SAFE_INTEGER);
  if ("problem" in count || count.value === null) return refuse(group, "count", "problem" in count ? count.problem : "The row has no count.", "remedy" in count ? count.remedy : "Write a whole number.");
  const [first, last] = [readInstant(get("first")), readInstant(get("last"))];
  if (first === undefined || last === undefined) return refuse(group, first === undefined ? "first" : "last", `${shown(get(first === undefined ? "first" : "last"))} is no time.`, "Write ISO times, or seconds since 1970.");
  if (last === null && count.value > 0) return refuse(group, "last", "Records are counted, but not when the newest came.", "Fill the column.");
  if (last !== null && last.ms > now + SKEW_MS) return refuse(group, "last", "Its newest record lies in the future: the clock of the host or of the export is wrong.", "Correct the clock, and ask for records up to now.");
  if (first !== null && last !== null && first.ms > last.ms) return refuse(group, "first", "Its first record is newer than its last.", "Check the order of the columns.");
  if ((first?.zoneless && !utc.has("first")) || (last?.zoneless && !utc.has("last"))) losses.add("changed", "zone", "Times name no zone: they are read as UTC.");
  const filled: Record<string, number> = {};
  for (const { field, position } of fills) {
    const read = readCount(plainCount(cell(position)), Number.MAX_SAFE_INTEGER);
    if ("problem" in read) return refuse(group, `fill_${field}`, read.problem, read.remedy);
    if (read.value === null) continue;
    if (read.value > count.value) return refuse(group, `fill_${field}`, `${read.value} of ${count.value} records cannot have it filled.`, "Count the records with the field, not its values.");
    filled[field] = read.value;
  }
  if (key !== "*" && verdictOnKind(group.kind) === "unknown") losses.add("unused", group.kind, `${group.kind} is no record whose meaning Sightline knows: it is kept and counts for nothing yet.`);
  const into = openGroup(found, group, record.line);
  const own: MeasuredHost = { host, key: foldHost(host), count: count.value, first: first?.ms ?? null, last: last?.ms ?? null, fills: filled };
  const before = into.hosts.get(own.key);
  if (before) losses.add("changed", "host", "Several rows of one host are added up.");
  into.hosts.set(own.key, before ? addUp(before, own) : own);
  return null;
}

/** A field that one of two rows did not count is not known for both. */
function addUp(a: MeasuredHost, b: MeasuredHost): MeasuredHost {
  const fields = Object.keys(a.fills).filter((field) => b.fills[field] !== undefined);
  const later = (x: number | null, y: number | null, pick: (...all: number[]) => number): number | null => (x === null ? y : y === null ? x : pick(x, y));
  return { ...a, count: a.count + b.count, first: later(a.first, b.first, Math.min), last: later(a.last, b.last, Math.max), fills: Object.fromEntries(fields.map((field) => [field, (a.fills[field] ?? 0) + (b.fills[field] ?? 0)])) };
}
