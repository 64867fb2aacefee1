import { CANONICAL_FIELDS } from "@/lib/telemetry/canonical-fields";
import { SightlineError } from "@/lib/shared/errors";

/** The columns that every measurement has, in the order in which query packs write them. */
export const MEASUREMENT_COLUMNS = ["segment", "family", "event_key", "host", "count", "first", "last"] as const;
export type MeasurementColumn = (typeof MEASUREMENT_COLUMNS)[number];

/** Without these a table is something else. */
export const NEEDED_COLUMNS = ["family", "event_key", "host", "count", "last"] as const;
const FILL = "fill_";

export interface MeasurementHeader {
  readonly positions: ReadonlyMap<MeasurementColumn, number>;
  readonly fills: readonly { readonly field: string; readonly position: number }[];
  readonly utc: ReadonlySet<string>; // columns of times whose name says that they are in UTC
  readonly unknown: readonly string[]; // columns that are not read, fields that Sightline does not know among them
}

/** Whether a header row is that of a measurement. */
export function isMeasurementHeader(cells: readonly string[]): boolean {
  const names = new Set(cells.map(nameOf));
  return NEEDED_COLUMNS.every((name) => names.has(name));
}

/** @throws SightlineError INVALID naming the column that is missing or stands twice. */
export function readMeasurementHeader(file: string, line: number, cells: readonly string[]): MeasurementHeader {
  const positions = new Map<MeasurementColumn, number>();
  const fills: { field: string; position: number }[] = [];
  const unknown: string[] = [];
  const seen = new Set<string>();
  const utc = new Set<string>();
  cells.forEach((cell, position) => {
    const name = nameOf(cell);
    if (saysUtc(file, line, cell)) utc.add(name);
    if (seen.has(name) && name !== "") throw new SightlineError("INVALID", `The column ${name} stands twice.`, { file, line, field: name, remedy: "Leave one." });
    seen.add(name);
    const column = MEASUREMENT_COLUMNS.find((known) => known === name);
    const field = name.startsWith(FILL) ? name.slice(FILL.length) : null;
    if (column !== undefined) positions.set(column, position);
    else if (field !== null && CANONICAL_FIELDS.has(field)) fills.push({ field, position });
    else if (name !== "") unknown.push(cell.trim());
  });
  const missing = NEEDED_COLUMNS.find((name) => !positions.has(name));
  if (missing !== undefined) throw new SightlineError("INVALID", `The column ${missing} is missing.`, { file, line, field: missing, remedy: `A measurement has the columns ${MEASUREMENT_COLUMNS.join(",")} and fill_FIELD.` });
  return { positions, fills, utc, unknown };
}

/** Azure's portal writes the zone of a time behind its column's name: "last [UTC]". */
const ZONED = /^(first|last) \[(.+)\]$/;

function nameOf(cell: string): string {
  const name = cell.trim().toLowerCase();
  return ZONED.exec(name)?.[1] ?? name;
}

/** Whether a column's name says that its times are in UTC. @throws SightlineError INVALID for a zone that the file does not explain */
function saysUtc(file: string, line: number, cell: string): boolean {
  const [, field, zone] = ZONED.exec(cell.trim().toLowerCase()) ?? [];
  if (field === undefined || zone === "utc") return zone === "utc";
  throw new SightlineError("INVALID", `The times of ${field} are in the zone "${zone}", which the file does not explain.`, { file, line, field, remedy: "Show times in UTC in the portal's settings of Logs and export again, or run the pack's query, which writes them as texts." });
}
