import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatById } from "../formats/index";
import { encodeIndexPart } from "../index-codec";
import { openReader } from "../open-reader";
import { DEFAULT_LIMITS } from "../read-events";
import { canResume } from "./can-resume";
import { firstAtLeast, holdsText, POINT_EVERY, RecordScan, type ResumePoint, type ScannedRow } from "./scan-records";
import { fitsFilter, hoursOf, isOpen, refusedNumbers, selectInPart, type IndexFilter } from "./select-records";

const OPEN: IndexFilter = { kind: null, host: null, from: null, to: null };
const HOUR = 3_600_000;

describe("what the record index decides", () => {
  const series = [
    { kind: "windows-sysmon:1", host: "WS-1", shape: ["cmd"] },
    { kind: "windows-sysmon:10", host: "ws-2", shape: ["cmd"] },
    { kind: "macos-esf:exec", host: "mac-1", shape: [] },
  ];
  const part = encodeIndexPart([[HOUR, 0, 1], [2 * HOUR, 1, 3], [null, 2, 4], [3 * HOUR, 0, 7]], series);

  test("a kind is a whole key, a family all of its keys", () => {
    expect(selectInPart(part, { ...OPEN, kind: "windows-sysmon:1" })).toEqual([1, 7]);
    expect(selectInPart(part, { ...OPEN, kind: "windows-sysmon" })).toEqual([1, 3, 7]);
    expect(selectInPart(part, { ...OPEN, kind: "windows" })).toEqual([]);
  });
  test("a host is found by part of its name in any case", () => expect(selectInPart(part, { ...OPEN, host: "ws-" })).toEqual([1, 3, 7]));
  test("both ends of a range of times belong to it, and a record without a time is in none", () => {
    expect(selectInPart(part, { ...OPEN, from: HOUR, to: 2 * HOUR })).toEqual([1, 3]);
    expect(selectInPart(part, { ...OPEN, to: 9 * HOUR })).toEqual([1, 3, 7]);
    expect(fitsFilter({ kind: "a:b", host: "", ms: null }, OPEN)).toBe(true);
  });
  test("only parts of the hours asked for are read", () => {
    expect(hoursOf({ ...OPEN, from: HOUR + 5, to: 2 * HOUR })).toEqual({ first: 1, last: 2 });
    expect(hoursOf({ ...OPEN, kind: "a" })).toBeNull();
    expect(isOpen(OPEN)).toBe(true);
    expect(isOpen({ ...OPEN, to: 0 })).toBe(false);
  });
  test("what is not in the index was refused", () => expect(refusedNumbers([1, 3, 4, 7], 8)).toEqual([2, 5, 6, 8]));
  test("property: indexed and refused numbers are all numbers, none twice", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 60 })), (indexed) => {
        expect([...indexed, ...refusedNumbers(indexed, 60)].sort((a, b) => a - b)).toEqual(Array.from({ length: 60 }, (_, n) => n + 1));
      }),
    );
  });
  test("property: the first number that is at least another is where a linear search finds it", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 99 })), fc.integer({ min: 0, max: 100 }), (numbers, least) => {
        const rising = [...numbers].sort((a, b) => a - b);
        const found = rising.findIndex((number) => number >= least);
        expect(firstAtLeast(rising, least)).toBe(found < 0 ? rising.length : found);
      }),
    );
  });
});

const FIXTURES = join(import.meta.dirname, "../formats/__fixtures__");
const fixtures = readdirSync(FIXTURES).flatMap((file) => {
  const format = formatById(file.replace(/\.[^.]+$/, ""));
  return format === undefined ? [] : [{ file, format }];
});

function scan(bytes: Uint8Array, format: (typeof fixtures)[number]["format"], base: ResumePoint, last = Infinity): RecordScan {
  const reader = openReader(format, DEFAULT_LIMITS);
  const found = new RecordScan({ wanted: null, first: base.number, limit: Infinity, last, base, hostOf: ({ host }) => host ?? "", accepts: () => true, every: 1 });
  found.take(reader.push(bytes.subarray(base.offset)));
  found.take(reader.end());
  return found;
}

const told = (row: ScannedRow): unknown => ("record" in row ? { number: row.record.number, offset: row.record.offset, kind: row.record.kind, ms: row.record.time?.ms, fields: row.record.fields, host: row.host } : { number: row.refused.number, offset: row.refused.offset, reason: row.refused.reason });

describe("a scan of a file", () => {
  test("finds fixtures of many formats", () => expect(fixtures.length).toBeGreaterThan(35));

  test.each(fixtures.map(({ file, format }) => [file, format] as const))("%s: begun at any record that a reader may begin at, it gives the records from there", (file, format) => {
    const bytes = readFileSync(join(FIXTURES, file));
    const { rows: whole, points } = scan(bytes, format, { number: 1, offset: 0 });
    expect(whole.length).toBeGreaterThan(0);
    for (const point of canResume(format, bytes) ? points : []) {
      const resumed = scan(bytes, format, point, whole.length);
      expect(resumed.rows.map(told)).toEqual(whole.slice(point.number - 1).map(told));
    }
  });
  test("most formats of lines and JSON can be begun in the middle", () => {
    const begun = fixtures.filter(({ file, format }) => {
      const bytes = readFileSync(join(FIXTURES, file));
      return canResume(format, bytes) && scan(bytes, format, { number: 1, offset: 0 }).points.length > 0;
    });
    expect(begun.length).toBeGreaterThan(25);
  });

  test("what needs its beginning never begins in the middle", () => {
    for (const id of ["zeek-tsv", "auditd", "evtx", "csv", "mixed"]) {
      const format = formatById(id);
      expect(format && canResume(format, Buffer.from("{}")), id).toBe(false);
    }
    const json = formatById("eslogger");
    expect(json && canResume(json, Uint8Array.from([0xff, 0xfe]))).toBe(false);
    expect(json && canResume(json, Buffer.from("{}"))).toBe(true);
  });

  const lines = Array.from({ length: 2500 }, (_, n) => JSON.stringify({ EventID: 1, Channel: "Microsoft-Windows-Sysmon/Operational", Hostname: "ws-1", UtcTime: "2026-03-01 00:00:00.000", Image: `C:\\p${n + 1}.exe`, ProcessId: n })).join("\n");
  const format = formatById("windows-json");
  const read = (request: Partial<ConstructorParameters<typeof RecordScan>[0]>): RecordScan => {
    if (format === undefined) throw new Error("no windows-json");
    const reader = openReader(format, DEFAULT_LIMITS);
    const found = new RecordScan({ wanted: null, first: 1, limit: 10, last: 2500, base: { number: 1, offset: 0 }, hostOf: () => "h", accepts: () => true, every: POINT_EVERY, ...request });
    for (const chunk of [lines.slice(0, 100_000), lines.slice(100_000)]) if (!found.done) found.take(reader.push(Buffer.from(chunk)));
    if (!found.done) found.take(reader.end());
    return found;
  };
  const numbers = ({ rows }: RecordScan): number[] => rows.map((row) => ("record" in row ? row.record.number : row.refused.number));

  test("stops at its limit and says how far it came", () => {
    const found = read({ first: 41 });
    expect(numbers(found)).toEqual([41, 42, 43, 44, 45, 46, 47, 48, 49, 50]);
    expect(found.reached).toBe(50);
    expect(found.done).toBe(true);
  });
  test("takes the wanted numbers alone", () => expect(numbers(read({ wanted: [3, 700, 2400] }))).toEqual([3, 700, 2400]));
  test("counts what it looked at for a text, not only what it found", () => {
    const found = read({ accepts: (row) => holdsText(row, "P12.exe", "image") });
    expect(numbers(found)).toEqual([12]);
    expect(found.looked).toBe(2500);
    expect(found.done).toBe(false);
  });
  test("looks for a text in the named field only", () => {
    expect(numbers(read({ accepts: (row) => holdsText(row, "p12.exe", "cmd") }))).toEqual([]);
    expect(numbers(read({ accepts: (row) => holdsText(row, "p12.EXE", null) }))).toEqual([12]);
  });
  test("notes where a later scan may begin", () => {
    const { points } = read({ wanted: [2500] });
    expect(points.map(({ number }) => number)).toEqual([1001, 2001]);
    expect(lines.slice(points[0]?.offset).startsWith("{")).toBe(true);
    expect(lines.slice(points[0]?.offset, (points[0]?.offset ?? 0) + 200)).toContain("p1001.exe");
  });
});
