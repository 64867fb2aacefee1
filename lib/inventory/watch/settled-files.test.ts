import { describe, expect, test } from "vitest";
import { settledFiles, sidecarOf, type FolderFile } from "./settled-files";

const file = (name: string, size = 10, mtimeMs = 1_000): FolderFile => ({ name, size, mtimeMs });
const names = (before: FolderFile[], now: FolderFile[]) => settledFiles(before, now).map(({ name }) => name);

describe("a file of a watched folder is finished", () => {
  test("when size and time stood still between two polls", () => {
    expect(names([], [file("a.json")])).toEqual([]);
    expect(names([file("a.json", 5)], [file("a.json")])).toEqual([]);
    expect(names([file("a.json", 10, 999)], [file("a.json")])).toEqual([]);
    expect(names([file("a.json")], [file("a.json")])).toEqual(["a.json"]);
  });

  test.each(["a.json.tmp", "a.PART", ".a.json", "day/.hidden/a.json", "a.json~", "a.crdownload", "a.query.txt"])("never under the name %s", (name) => {
    expect(names([file(name)], [file(name)])).toEqual([]);
  });

  test("never while it is empty", () => {
    expect(names([file("a.json", 0)], [file("a.json", 0)])).toEqual([]);
  });

  test("a table waits for the query beside it", () => {
    const [table, query] = [file("day/a.csv"), file("day/a.query.txt")];
    expect(sidecarOf(table.name)).toBe(query.name);
    expect(names([table], [table, query])).toEqual([]);
    expect(names([table, query], [table, query])).toEqual(["day/a.csv"]);
  });
});
