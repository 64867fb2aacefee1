import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { SightlineError } from "@/lib/shared/errors";
import { readCsv } from "./read-csv";
import { readTable } from "./read-table";

const cells = (text: string): (readonly string[])[] => readCsv("f.csv", text).map((record) => record.cells);

describe("a CSV file as spreadsheets write it", () => {
  test("may begin with a byte order mark and end its lines in CRLF, LF or CR", () => {
    expect(cells("\ufeffa,b\r\n1,2\n3,4\r5,6")).toEqual([["a", "b"], ["1", "2"], ["3", "4"], ["5", "6"]]);
  });

  test("may quote commas, quotes and line breaks, and the next record still knows its line", () => {
    const records = readCsv("f.csv", 'name,note\n"Smith, ""Jo""","two\r\nlines"\nx,y\n');
    expect(records.map(({ line }) => line)).toEqual([1, 2, 4]);
    expect(records[1]?.cells).toEqual(['Smith, "Jo"', "two\r\nlines"]);
  });

  test("may use semicolons or tabs when the header has no comma", () => {
    expect(cells("host;platform\na;Windows")).toEqual([["host", "platform"], ["a", "Windows"]]);
    expect(cells("host\tplatform\na\tWindows")).toEqual([["host", "platform"], ["a", "Windows"]]);
  });

  test("keeps empty cells, also the last one, and skips blank lines without losing count", () => {
    const records = readCsv("f.csv", "a,b,c\n\n,x,\n");
    expect(records.map(({ cells: row }) => row)).toEqual([["a", "b", "c"], ["", "x", ""]]);
    expect(records[1]?.line).toBe(3);
    expect(cells("a,b\n1,")).toEqual([["a", "b"], ["1", ""]]);
  });

  test("is refused with the line when a quote is never closed or text follows it", () => {
    expect(() => readCsv("f.csv", 'a,b\n1,"x')).toThrow(expect.objectContaining({ code: "INVALID", place: expect.objectContaining({ line: 2 }) }));
    expect(() => readCsv("f.csv", 'a,b\n\n"x"y,1')).toThrow(expect.objectContaining({ code: "INVALID", place: expect.objectContaining({ line: 3 }) }));
  });

  test("is refused when a cell or a row is huge", () => {
    expect(() => readCsv("f.csv", `a\n${"x".repeat(10_001)}`)).toThrow(expect.objectContaining({ code: "TOO_LARGE" }));
    expect(() => readCsv("f.csv", `a\n${",".repeat(300)}`)).toThrow(expect.objectContaining({ code: "TOO_LARGE" }));
  });
});

test("a column that stands there twice refuses the file, also when the two are spelt differently", () => {
  expect(() => readTable("f.csv", "host,Host\na,b", ["host"], ["host"])).toThrow(/twice/);
});

test("__proto__ and constructor are columns like any other unknown one", () => {
  const table = readTable("f.csv", "host,__proto__,constructor\na,b,c", ["host"], ["host"]);
  expect(table.unknown).toEqual(["__proto__", "constructor"]);
  expect(table.rows[0]?.get("host")).toBe("a");
});

test("any text is read or refused in words; nothing else is thrown", () => {
  const text = fc.string({ unit: fc.constantFrom("a", ",", '"', "\n", "\r", ";", "\t", " ", "\ufeff", "é", "\u0000"), maxLength: 60 });
  fc.assert(
    fc.property(text, (input) => {
      try {
        for (const { line, cells: row } of readCsv("f.csv", input)) {
          expect(line).toBeGreaterThan(0);
          expect(row.length).toBeGreaterThan(0);
        }
      } catch (error) {
        expect(error).toBeInstanceOf(SightlineError);
      }
    }),
    { numRuns: 3_000 },
  );
});
