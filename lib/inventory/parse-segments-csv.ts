import { checkSegment, MAX_ASSETS, type SegmentForm } from "./check-segment";
import { readCount, shown } from "./read-field";
import { readTable, type TableRow } from "./read-table";
import { segmentKey } from "./segment-key";
import type { Refusal, Segment, SegmentDraft } from "./types";

export const SEGMENT_COLUMNS = ["name", "platforms", "assets", "criticality", "owner", "tags", "time_zone"] as const;
export const DEFAULT_CRITICALITY = 3;

export interface ParsedSegments {
  readonly rows: number;
  readonly understood: readonly { readonly line: number; readonly draft: SegmentDraft }[];
  readonly refused: readonly Refusal[];
  readonly unknownColumns: readonly string[];
}

/**
 * Reads the segments CSV (name,platforms,assets,criticality,owner,tags,time_zone; columns after platforms may be absent).
 * A segment that is there already keeps what the file has no column for, and its target. assets may be empty where every
 * platform has its count: then it is their sum.
 *
 * @param find the segment of this name as stored, or undefined
 * @throws SightlineError when the file as a whole is no such CSV; single rows are refused in the result.
 */
export function parseSegmentsCsv(file: string, text: string, find: (key: string) => Segment | undefined): ParsedSegments {
  const table = readTable(file, text, SEGMENT_COLUMNS, ["name", "platforms"]);
  const understood: { line: number; draft: SegmentDraft }[] = [];
  const refused: Refusal[] = [];
  const seen = new Map<string, number>();
  for (const row of table.rows) {
    const key = segmentKey(row.get("name"));
    const stored = find(key);
    const refuse = (field: string, message: string, remedy: string): void => {
      refused.push({ line: row.line, row: row.row, field, message, remedy });
    };
    const earlier = seen.get(key);
    if (row.extra) refuse("", "The row has more cells than the header.", "Quote cells that hold a comma.");
    else if (earlier !== undefined) refuse("name", `${shown(row.get("name"))} stands on line ${earlier} already.`, "Keep one row per segment.");
    else if (stored?.retiredAt) refuse("name", `The segment ${stored.name} is retired.`, "Restore it, or choose another name.");
    else {
      const result = readRow(row, table.columns, stored);
      if ("problems" in result) for (const { field, message, remedy } of result.problems) refuse(field, message, remedy);
      else understood.push({ line: row.line, draft: result.draft });
    }
    if (key !== "" && earlier === undefined) seen.set(key, row.line);
  }
  return { rows: table.rows.length, understood, refused, unknownColumns: table.unknown };
}

type Problems = { readonly problems: readonly { readonly field: string; readonly message: string; readonly remedy: string }[] };

function readRow(row: TableRow, columns: ReadonlySet<string>, stored: Segment | undefined): { readonly draft: SegmentDraft } | Problems {
  const problems: { field: string; message: string; remedy: string }[] = [];
  const number = (field: string, text: string, max: number): number | null => {
    const read = readCount(text, max);
    if ("value" in read) return read.value;
    problems.push({ field, message: read.problem, remedy: read.remedy });
    return null;
  };
  const platforms = splitList(row.get("platforms")).map((item) => {
    const equals = item.indexOf("=");
    return equals < 0 ? { name: item, hosts: null } : { name: item.slice(0, equals).trim(), hosts: number("platforms", item.slice(equals + 1), MAX_ASSETS) };
  });
  let assets = columns.has("assets") ? number("assets", row.get("assets"), MAX_ASSETS) : (stored?.assets ?? null);
  if (assets === null && problems.length === 0) {
    if (platforms.length > 0 && platforms.every(({ hosts }) => hosts !== null)) assets = platforms.reduce((sum, { hosts }) => sum + (hosts ?? 0), 0);
    else problems.push({ field: "assets", message: "The number of assets is missing.", remedy: "Write it, or a count for every platform: Windows=300;Linux=100." });
  }
  const criticality = columns.has("criticality") ? number("criticality", row.get("criticality"), 1_000) : (stored?.criticality ?? null);
  if (problems.length > 0) return { problems };

  const form: SegmentForm = {
    name: row.get("name"),
    platforms,
    assets: assets ?? 0,
    criticality: criticality ?? DEFAULT_CRITICALITY,
    owner: columns.has("owner") ? row.get("owner") : (stored?.owner ?? ""),
    tags: columns.has("tags") ? splitList(row.get("tags")) : [...(stored?.tags ?? [])],
    timeZone: columns.has("time_zone") ? row.get("time_zone") : (stored?.timeZone ?? null),
    target: stored?.target ?? null,
  };
  const checked = checkSegment(form);
  if (checked.draft) return { draft: checked.draft };
  return { problems: checked.problems.map((problem) => ({ ...problem, field: problem.field === "timeZone" ? "time_zone" : problem.field })) };
}

function splitList(text: string): string[] {
  return text
    .split(";")
    .map((item) => item.trim())
    .filter((item) => item !== "");
}
