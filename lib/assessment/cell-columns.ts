import { SightlineError } from "@/lib/shared/errors";
import type { ScoringInput } from "./scoring-input";
import type { CellResult, ScoringResult } from "./scoring-result";
import { flagBits, flagsOf, statusRank, STATUSES } from "./status";
import { techniqueWeight } from "./technique-weight";

/**
 * Every applicable cell of a result, column by column: what the numbers rest on, without the reasons. A fleet of 500 segments
 * is a few megabytes, so that totals of any level are added up from it while a page waits.
 */
export interface CellColumns {
  readonly weights: Float64Array; // technique weight by analytic, millionths
  readonly criticality: Uint8Array; // by segment
  readonly segment: Uint16Array; // position, by cell, as all below
  readonly analytic: Uint16Array; // position
  readonly status: Uint8Array; // position in STATUSES
  readonly linked: Uint8Array; // 1: a rule is linked
  readonly flags: Uint32Array; // bits over FLAGS
  readonly hosts: Uint32Array;
  readonly reach: Uint32Array; // millionths, as the next two
  readonly lower: Uint32Array;
  readonly upper: Uint32Array;
}

/** What a sum of cells needs of each. */
export type CountedCell = Pick<CellResult, "status" | "flags" | "weight" | "reach" | "lower" | "upper" | "linked">;

/** The columns of a result, in the order of its cells. */
export function columnsOf(input: Pick<ScoringInput, "analytics" | "segments" | "weights">, result: Pick<ScoringResult, "cells">): CellColumns {
  const { cells } = result;
  return {
    weights: Float64Array.from(input.analytics, (analytic) => techniqueWeight(analytic, input.weights)),
    criticality: Uint8Array.from(input.segments, ({ criticality }) => criticality),
    segment: Uint16Array.from(cells, (cell) => cell.segment),
    analytic: Uint16Array.from(cells, (cell) => cell.analytic),
    status: Uint8Array.from(cells, (cell) => statusRank(cell.status)),
    linked: Uint8Array.from(cells, (cell) => (cell.linked ? 1 : 0)),
    flags: Uint32Array.from(cells, (cell) => flagBits(cell.flags)),
    hosts: Uint32Array.from(cells, (cell) => cell.hosts),
    reach: Uint32Array.from(cells, (cell) => cell.reach),
    lower: Uint32Array.from(cells, (cell) => cell.lower),
    upper: Uint32Array.from(cells, (cell) => cell.upper),
  };
}

/** The cell in a row of the columns, as sums count it; null past their end. */
export function countedCell(columns: CellColumns, row: number): CountedCell | null {
  const { status, flags, hosts, reach, lower, upper, linked } = columns;
  const [rank, bits, population, share, low, high] = [status[row], flags[row], hosts[row], reach[row], lower[row], upper[row]];
  const name = rank === undefined ? undefined : STATUSES[rank];
  if (name === undefined || bits === undefined || population === undefined || share === undefined || low === undefined || high === undefined) return null;
  return { status: name, flags: flagsOf(bits), weight: population * (columns.criticality[columns.segment[row] ?? 0] ?? 0), reach: share, lower: low, upper: high, linked: linked[row] === 1 };
}

const MAGIC = 0x53434331; // "SCC1": the layout below
const HEAD = 16;
/** Widest first, so that every column begins at a multiple of its own width. */
const WIDE = ["flags", "hosts", "reach", "lower", "upper"] as const;
const NARROW = ["segment", "analytic"] as const;
const BYTES = ["status", "linked"] as const;

/** Columns as bytes, little endian: magic, analytics, segments, cells; weights; then the columns, widest first. */
export function packColumns(columns: CellColumns): Uint8Array<ArrayBuffer> {
  const { weights, criticality, segment } = columns;
  const cells = segment.length;
  const bytes = new Uint8Array(sizeOf(weights.length, criticality.length, cells));
  const view = new DataView(bytes.buffer);
  [MAGIC, weights.length, criticality.length, cells].forEach((value, index) => view.setUint32(4 * index, value, true));
  let at = HEAD;
  weights.forEach((value, index) => view.setFloat64(at + 8 * index, value, true));
  at += 8 * weights.length;
  for (const name of WIDE) {
    columns[name].forEach((value, row) => view.setUint32(at + 4 * row, value, true));
    at += 4 * cells;
  }
  for (const name of NARROW) {
    columns[name].forEach((value, row) => view.setUint16(at + 2 * row, value, true));
    at += 2 * cells;
  }
  for (const name of BYTES) {
    bytes.set(columns[name], at);
    at += cells;
  }
  bytes.set(criticality, at);
  return bytes;
}

/** The same back. @throws SightlineError UNSUPPORTED when the bytes are of another layout or were cut off */
export function unpackColumns(packed: Uint8Array): CellColumns {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  const known = packed.byteLength >= HEAD && view.getUint32(0, true) === MAGIC;
  const [analytics, segments, cells] = known ? [view.getUint32(4, true), view.getUint32(8, true), view.getUint32(12, true)] : [0, 0, 0];
  if (!known || packed.byteLength !== sizeOf(analytics, segments, cells)) {
    throw new SightlineError("UNSUPPORTED", `The columns of an assessment cannot be read: ${packed.byteLength} bytes, of another layout or cut off.`, { remedy: "Run the assessment again." });
  }
  let at = HEAD;
  const take = <T extends Float64Array | Uint32Array | Uint16Array>(column: T, width: number, read: (offset: number) => number): T => {
    for (let row = 0; row < column.length; row += 1) column[row] = read(at + width * row);
    at += width * column.length;
    return column;
  };
  const weights = take(new Float64Array(analytics), 8, (offset) => view.getFloat64(offset, true));
  const wide = () => take(new Uint32Array(cells), 4, (offset) => view.getUint32(offset, true));
  const [flags, hosts, reach, lower, upper] = [wide(), wide(), wide(), wide(), wide()];
  const narrow = () => take(new Uint16Array(cells), 2, (offset) => view.getUint16(offset, true));
  const [segment, analytic] = [narrow(), narrow()];
  const bytes = (length: number): Uint8Array => packed.slice(at, (at += length));
  const [status, linked, criticality] = [bytes(cells), bytes(cells), bytes(segments)];
  return { weights, criticality, segment, analytic, status, linked, flags, hosts, reach, lower, upper };
}

function sizeOf(analytics: number, segments: number, cells: number): number {
  return HEAD + 8 * analytics + cells * (4 * WIDE.length + 2 * NARROW.length + BYTES.length) + segments;
}
