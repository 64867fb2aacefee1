import { deflateRawSync, inflateRawSync } from "node:zlib";
import type { Series } from "./intern-series";

/** A run of the record index: self-contained, so that it can be read without the rest. */
export interface IndexPart {
  readonly firstHour: number; // hours since 1970 UTC; UNTIMED_HOUR where a record has no time
  readonly lastHour: number;
  readonly bytes: Uint8Array;
}

export interface IndexEntry {
  readonly ms: number | null;
  readonly kind: string;
  readonly host: string;
  readonly shape: readonly string[];
  readonly number: number; // record number
}

type Names = Pick<Series, "kind" | "host" | "shape">;

/**
 * Entries as deltas in variable-length integers behind a table of their series, deflated: about three bytes per record.
 *
 * @param rows [ms or null, series position, record number] per record
 */
export function encodeIndexPart(rows: readonly (readonly [ms: number | null, series: number, number: number])[], series: readonly Names[]): Uint8Array {
  const local = new Map<number, number>();
  const table: [string, string, number][] = [];
  const shapes = new Map<string, number>();
  const out: number[] = [];
  let [lastMs, lastNumber] = [0, 0];
  for (const [ms, id, number] of rows) {
    let position = local.get(id);
    if (position === undefined) {
      const names = series[id];
      if (names === undefined) throw new RangeError(`series ${id} is not in the table`);
      const shapeKey = names.shape.join(",");
      const shape = shapes.get(shapeKey) ?? shapes.size;
      shapes.set(shapeKey, shape);
      position = table.length;
      local.set(id, position);
      table.push([names.kind, names.host, shape]);
    }
    // Series first: its lowest bit says whether a time follows.
    putVarint(out, position * 2 + (ms === null ? 0 : 1));
    putVarint(out, zigzag(number - lastNumber));
    lastNumber = number;
    if (ms !== null) {
      putVarint(out, zigzag(ms - lastMs));
      lastMs = ms;
    }
  }
  const head = Buffer.from(JSON.stringify({ shapes: [...shapes.keys()], series: table, rows: rows.length }));
  const size = Buffer.alloc(4);
  size.writeUInt32LE(head.length);
  return deflateRawSync(Buffer.concat([size, head, Buffer.from(out)]), { level: 6 });
}

/** The entries of a part, in the order in which they were written. */
export function decodeIndexPart(bytes: Uint8Array): IndexEntry[] {
  const plain = inflateRawSync(bytes);
  const headEnd = 4 + plain.readUInt32LE(0);
  const head = readHead(plain.toString("utf8", 4, headEnd));
  const shapes = head.shapes.map((shape) => (shape === "" ? [] : shape.split(",")));
  const entries: IndexEntry[] = [];
  let at = headEnd;
  const next = (): number => {
    let [value, scale] = [0, 1];
    for (;;) {
      const byte = plain[at];
      if (byte === undefined) throw new RangeError("the record index part ends too early");
      at += 1;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
      scale *= 128;
    }
  };
  let [ms, number] = [0, 0];
  for (let i = 0; i < head.rows; i += 1) {
    const mark = next();
    const [kind, host, shape] = head.series[Math.floor(mark / 2)] ?? ["", "", 0];
    number += unzigzag(next());
    const timed = mark % 2 === 1;
    if (timed) ms += unzigzag(next());
    entries.push({ ms: timed ? ms : null, kind, host, shape: shapes[shape] ?? [], number });
  }
  return entries;
}

interface PartHead {
  readonly shapes: readonly string[];
  readonly series: readonly (readonly [string, string, number])[];
  readonly rows: number;
}

/** Written by encodeIndexPart alone and kept in our own table: a wrong shape is a defect, so it throws. */
function readHead(text: string): PartHead {
  const head: PartHead = JSON.parse(text);
  if (!Array.isArray(head.shapes) || !Array.isArray(head.series) || typeof head.rows !== "number") throw new TypeError("not a record index part");
  return head;
}

function putVarint(out: number[], value: number): void {
  let rest = value;
  while (rest >= 128) {
    out.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  out.push(rest);
}

function zigzag(value: number): number {
  return value < 0 ? -value * 2 - 1 : value * 2;
}

function unzigzag(value: number): number {
  return value % 2 === 1 ? -(value + 1) / 2 : value / 2;
}
