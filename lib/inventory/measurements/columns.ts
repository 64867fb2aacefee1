import { CANONICAL_FIELDS } from "@/lib/telemetry/canonical-fields";
import { SightlineError } from "@/lib/shared/errors";

/** The columns that every measurement has, in the order in which query packs write them. */
export const MEASUREMENT_COLUMNS = ["segment", "family", "event_key", "host", "count", "first", "last"] as const;
export type MeasurementColumn = (typeof MEASUREMENT_COLUMNS)[number];

const NEEDED = ["family", "event_key", "host", "count", "last"] as const; // without these a table is something else
const FILL = "fill_";

export interface MeasurementHeader {
  readonly positions: ReadonlyMap<MeasurementColumn, number>;
  readonly fills: readonly { readonly field: string; readonly position: number }[];
  readonly unknown: readonly string[]; // columns that are not read, fields that Sightline does not know among them
}

/** Whether a header row is that of a measurement. */
export function isMeasurementHeader(cells: readonly string[]): boolean {
  const names = new Set(cells.map(nameOf));
  return NEEDED.every((name) => names.has(name));
}

/** @throws SightlineError INVALID naming the column that is missing or stands twice. */
export function readMeasurementHeader(file: string, line: number, cells: readonly string[]): MeasurementHeader {
  const positions = new Map<MeasurementColumn, number>();
  const fills: { field: string; position: number }[] = [];
  const unknown: string[] = [];
  const seen = new Set<string>();
  cells.forEach((cell, position) => {
    const name = nameOf(cell);
    if (seen.has(name) && name !== "") throw new SightlineError("INVALID", `The column ${name} stands twice.`, { file, line, field: name, remedy: "Leave one." });
    seen.add(name);
    const column = MEASUREMENT_COLUMNS.find((known) => known === name);
    const field = name.startsWith(FILL) ? name.slice(FILL.length) : null;
    if (column !== undefined) positions.set(column, position);
    else if (field !== null && CANONICAL_FIELDS.has(field)) fills.push({ field, position });
    else if (name !== "") unknown.push(cell.trim());
  });
  const missing = NEEDED.find((name) => !positions.has(name));
  if (missing !== undefined) throw new SightlineError("INVALID", `The column ${missing} is missing.`, { file, line, field: missing, remedy: `A measurement has the columns ${MEASUREMENT_COLUMNS.join(",")} and fill_FIELD.` });
  return { positions, fills, unknown };
}

function nameOf(cell: string): string {
  return cell.trim().toLowerCase();
}
