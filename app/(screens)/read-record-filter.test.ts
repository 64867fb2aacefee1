import { describe, expect, test } from "vitest";
import { readRecordFilter, recordQuery } from "./read-record-filter";

describe("what an address asks of the event browser", () => {
  test("nothing, where it says nothing", () => {
    expect(readRecordFilter({})).toEqual({ kind: null, host: null, from: null, to: null, text: "", field: null, refused: false, columns: [], page: 1, after: 0 });
    expect(recordQuery(readRecordFilter({}))).toBe("");
  });
  test("is read whole and written back as it was", () => {
    const given = { kind: "windows-sysmon:1", host: "ws", from: "2026-03-02T10:00", to: "2026-03-02T10:05", q: "a b", field: "cmd", refused: "1", cols: "cmd,user", page: "3", after: "9" };
    const filter = readRecordFilter(given);
    expect(filter).toMatchObject({ from: Date.UTC(2026, 2, 2, 10), to: Date.UTC(2026, 2, 2, 10, 5, 59, 999), columns: ["cmd", "user"], page: 3, after: 9, refused: true });
    expect(Object.fromEntries(new URLSearchParams(recordQuery(filter, { page: 3, after: 9 })))).toEqual(given);
  });
  test("what cannot be read asks nothing", () => {
    expect(readRecordFilter({ from: "yesterday", to: "2026-13-40T99:99", page: "-4", after: "x", cols: ",,", kind: ["a", "b"] })).toEqual(readRecordFilter({}));
    expect(readRecordFilter({ page: "1e99" }).page).toBe(1);
  });
  test("a change of the filter begins at its first page", () => expect(recordQuery(readRecordFilter({ page: "7", after: "50", host: "a" }), { host: "b" })).toBe("host=b"));
});
