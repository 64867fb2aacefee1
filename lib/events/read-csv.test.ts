import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { csvMappingSchema } from "./csv-mapping";
import { detectFormat, headOf } from "./detect-format";
import { CSV } from "./formats/index";
import { readAll, recordsOf, refusedOf, TEST_LIMITS, unaccountedBytes } from "./testing/read-all";

const mapping = csvMappingSchema.parse({ time: { column: "When" }, host: { column: "PC" }, kind: { family: "windows-sysmon", key: { value: "1" } }, fields: { image: "Program", cmd: "Command line" } });
const own = Buffer.from('When;PC;Program;Command line\r\n2026-02-03T10:00:00Z;ws-7;C:\\a.exe;"a ""b""; c\r\nd"\r\n\r\n2026-02-03 10:00:01;ws-8;C:\\b.exe;\r\nonly;two\r\n');

describe("a table with a mapping", () => {
  const limits = { ...TEST_LIMITS, mapping };
  const items = readAll(CSV, own, [9999], limits);

  test("is read as the mapping says, cells in quotes over several lines included", () => {
    expect(recordsOf(items).map(({ kind, host, fields, time }) => [kind, host, fields["image"], fields["cmd"], time?.zone])).toEqual([
      [{ family: "windows-sysmon", key: "1" }, "ws-7", "C:\\a.exe", 'a "b"; c\r\nd', "known"],
      [{ family: "windows-sysmon", key: "1" }, "ws-8", "C:\\b.exe", undefined, "unknown"],
    ]);
    expect(refusedOf(items).map(({ reason }) => reason)).toEqual(["wrong-columns"]);
  });

  test("accounts for every byte, whatever the chunks", () => {
    expect(unaccountedBytes(own, items)).toBeNull();
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }), (sizes) => {
        expect(readAll(CSV, own, sizes, limits)).toEqual(items);
      }),
    );
  });

  test("loses one row to a quote that is never closed, however long the file goes on", () => {
    const broken = Buffer.from(`When;PC;Program;Command line\n2026-02-03T10:00:00Z;a;"b;c\n${"2026-02-03T10:00:01Z;ws-8;x;y\n".repeat(50)}`);
    const found = readAll(CSV, broken, [64], { ...limits, maxRecordBytes: 100 });
    expect(refusedOf(found).map(({ reason }) => reason)).toEqual(["too-long"]);
    expect(recordsOf(found).length).toBeGreaterThan(44);
    expect(unaccountedBytes(broken, found)).toBeNull();
  });
});

describe("a table without a mapping", () => {
  const zeek = Buffer.from("ts,uid,id.orig_h,id.orig_p,id.resp_h,id.resp_p,proto,conn_state\n1770112800.1,C1,10.0.0.1,4000,198.51.100.7,443,tcp,SF\n1770112801.1,C2,10.0.0.1,4001,198.51.100.7,443,tcp,SF\n");

  test("is known by what its rows are", () => {
    expect(detectFormat(headOf(zeek))).toMatchObject({ kind: "format", format: "csv", evidence: expect.arrayContaining(["2 of 2 rows zeek-json"]) });
    expect(recordsOf(readAll(CSV, zeek)).map(({ kind, format }) => [kind.key, format])).toEqual([["conn", "zeek-json"], ["conn", "zeek-json"]]);
  });

  test("of unknown columns asks for a mapping", () => {
    expect(detectFormat(headOf(own.subarray(0, own.length - 10)))).toMatchObject({ kind: "unknown", message: expect.stringMatching(/is a table/), remedy: expect.stringMatching(/--map/) });
  });

  test("text that only has commas is no table", () => {
    expect(detectFormat(headOf(Buffer.from("dear colleague,\nhere are the logs, sorted, by day")))).toMatchObject({ kind: "unknown", message: expect.stringMatching(/no known event format/) });
  });
});

test("a mapping names known families and fields only", () => {
  for (const wrong of [{ ...mapping, fields: { nonsense: "a" } }, { ...mapping, kind: { family: "nobody", key: { value: "1" } } }, { time: { column: "" } }]) {
    expect(csvMappingSchema.safeParse(wrong).success).toBe(false);
  }
});
