import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cutWindow, mergeWindowed, straddles, type WindowedRow } from "./cut-window";
import { decodeIndexPart, encodeIndexPart, type IndexPart } from "./index-codec";
import { SeriesInterner } from "./intern-series";
import { attach } from "./read-events";
import type { AggregateRow, ParsedRecord } from "./types";
import { aggregatesVisitor } from "./visitors/aggregates";
import { examplesVisitor } from "./visitors/examples";
import { recordIndexVisitor } from "./visitors/record-index";

const HOUR = 3_600_000;
const BASE = Date.UTC(2026, 2, 1);
interface Raw {
  readonly ms: number | null;
  readonly kind: string;
  readonly host: string;
  readonly shape: readonly string[];
}

const toRecord = (raw: Raw, i: number): ParsedRecord => ({
  number: i + 1,
  offset: i * 10,
  length: 10,
  time: raw.ms === null ? null : { ms: raw.ms, text: String(raw.ms), precision: "ms", zone: "known", field: "t" },
  host: raw.host,
  kind: { family: "f", key: raw.kind },
  fields: Object.fromEntries(raw.shape.map((id) => [id, "x"])),
  native: null,
});

function derive(raws: readonly Raw[]): { rows: AggregateRow[]; parts: IndexPart[] } {
  const interner = new SeriesInterner();
  const parts: IndexPart[] = [];
  const aggregates = attach(aggregatesVisitor(interner));
  const index = attach(recordIndexVisitor(interner, (part) => parts.push(part)));
  raws.map(toRecord).forEach((record) => {
    aggregates.record(record, record.host ?? "");
    index.record(record, record.host ?? "");
  });
  index.finish();
  return { rows: [...aggregates.finish()], parts };
}

/** The definition, record by record. */
function cutRaw(raws: readonly Raw[], from: number, to: number): WindowedRow[] {
  const one = ({ ms, kind, host, shape }: Raw): WindowedRow => {
    const fresh = ms !== null && ms >= from && ms <= to;
    const stale = ms !== null && ms < from;
    return { kind: `f:${kind}`, host, shape: [...shape].sort(), fresh: fresh ? 1 : 0, freshFirst: fresh ? ms : null, freshLast: fresh ? ms : null, stale: stale ? 1 : 0, staleLast: stale ? ms : null, future: ms !== null && ms > to ? 1 : 0, untimed: ms === null ? 1 : 0 };
  };
  return mergeWindowed(raws.map(one));
}

const raw = fc.record({
  ms: fc.option(fc.integer({ min: 0, max: 6 * HOUR }).map((x) => BASE + x), { freq: 10 }),
  kind: fc.constantFrom("1", "3"),
  host: fc.constantFrom("a", "b", ""),
  shape: fc.constantFrom(["ts"], ["ts", "image"], ["image", "ts"], []),
});

describe("cutting aggregates at a window", () => {
  test("gives what the raw records give, for any records and any window", () => {
    fc.assert(
      fc.property(fc.array(raw, { maxLength: 60 }), fc.integer({ min: -HOUR, max: 7 * HOUR }), fc.integer({ min: 0, max: 5 * HOUR }), (raws, start, span) => {
        const [from, to] = [BASE + start, BASE + start + span];
        const { rows, parts } = derive(raws);
        expect(cutWindow(rows, parts, { from, to })).toEqual(cutRaw(raws, from, to));
      }),
      { numRuns: 1000 },
    );
  });

  test("gives the same proof at any T, freshDays and minEvents as counting raw records does", () => {
    fc.assert(
      fc.property(fc.array(raw, { minLength: 1, maxLength: 40 }), fc.integer({ min: 0, max: 40 * 24 * HOUR }), fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 5 }), (raws, late, freshDays, minEvents) => {
        const at = BASE + late;
        const window = { from: at - freshDays * 24 * HOUR, to: at + 300_000 };
        const { rows, parts } = derive(raws);
        const proven = cutWindow(rows, parts, window).reduce((n, { fresh }) => n + fresh, 0) >= minEvents;
        expect(proven).toBe(raws.filter(({ ms }) => ms !== null && ms >= window.from && ms <= window.to).length >= minEvents);
      }),
    );
  });

  test("needs the index only for hours that an edge divides", () => {
    const { rows } = derive([{ ms: BASE + 10, kind: "1", host: "a", shape: [] }, { ms: BASE + 20, kind: "1", host: "a", shape: [] }]);
    expect(rows.map((row) => straddles(row, { from: BASE + 10, to: BASE + 20 }))).toEqual([false]);
    expect(rows.map((row) => straddles(row, { from: BASE + 11, to: BASE + 20 }))).toEqual([true]);
    expect(cutWindow(rows, [], { from: BASE, to: BASE + HOUR })).toMatchObject([{ fresh: 2 }]);
  });
});

describe("the record index", () => {
  test("reads back what was written, in file order within an hour", () => {
    fc.assert(
      fc.property(fc.array(raw, { minLength: 1, maxLength: 50 }), (raws) => {
        const { parts } = derive(raws);
        const entries = parts.flatMap((part) => decodeIndexPart(part.bytes));
        expect(entries).toHaveLength(raws.length);
        for (const { number, ms, kind, host, shape } of entries) {
          expect({ ms, kind, host, shape }).toEqual({ ms: raws[number - 1]?.ms, kind: `f:${raws[number - 1]?.kind}`, host: raws[number - 1]?.host, shape: [...(raws[number - 1]?.shape ?? [])].sort() });
        }
      }),
    );
  });

  test("costs a few bytes per record", () => {
    const rows = Array.from({ length: 32_768 }, (_, i): [number, number, number] => [BASE + i * 37, i % 5, i + 1]);
    const series = Array.from({ length: 5 }, (_, i) => ({ kind: `f:${i}`, host: "h", shape: ["ts", "host", "image"] }));
    expect(encodeIndexPart(rows, series).length / rows.length).toBeLessThan(4);
  });
});

describe("examples", () => {
  test("at most 20 per kind and shape, spread over hosts, the same every time", () => {
    const raws = Array.from({ length: 500 }, (_, i): Raw => ({ ms: BASE + i, kind: "1", host: i < 400 ? "loud" : `quiet-${i % 7}`, shape: ["ts"] }));
    const run = () => {
      const visitor = attach(examplesVisitor(new SeriesInterner()));
      raws.map(toRecord).forEach((record) => visitor.record(record, record.host ?? ""));
      return visitor.finish();
    };
    const found = run();
    expect(found).toHaveLength(20);
    expect(new Set(found.map(({ host }) => host)).size).toBe(8);
    expect(run()).toEqual(found);
  });
});
