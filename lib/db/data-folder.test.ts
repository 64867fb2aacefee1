import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ensureDataFolder } from "./data-folder";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "sightline-folder-"));
  writeFileSync(join(folder, "file"), "");
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("the data folder", () => {
  test("is made with its parents, and found again", () => {
    ensureDataFolder(join(folder, "a/b/c"));
    ensureDataFolder(join(folder, "a/b/c"));
    expect(statSync(join(folder, "a/b/c")).mode & 0o777).toBe(0o711);
  });

  test.each([
    ["/proc/sightline/data", /^The data folder \/proc\/sightline\/data cannot be written: no folder can be made there\. Set SIGHTLINE_DATA to a folder that you may write\.$/],
    ["/sys/kernel/sightline/data", /cannot be written: /],
    ["FOLDER/file", /cannot be written: something of this name is there already/],
    ["FOLDER/file/below", /cannot be written: a part of this path is a file/],
    [`FOLDER/${"x".repeat(300)}`, /cannot be written: the name is too long/],
  ])("that cannot be (%s) is refused in one sentence, at once", (path, words) => {
    let said = "";
    try {
      ensureDataFolder(path.replace("FOLDER", folder));
    } catch (error) {
      said = error instanceof Error && "sentence" in error && typeof error.sentence === "function" ? String(error.sentence()) : String(error);
    }
    expect(said).toMatch(words);
    expect(existsSync(path)).toBe(false);
  });
});
