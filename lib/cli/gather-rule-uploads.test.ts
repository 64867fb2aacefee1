import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { gatherRuleUploads, uploadedAsIs } from "./gather-rule-uploads";

let root = "";
const at = (path: string): string => join(root, path);
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "sightline-rules-"));
  for (const folder of ["team/sub", "team/.git", "empty"]) mkdirSync(at(folder), { recursive: true });
  for (const path of ["team/a.yml", "team/sub/b.YAML", "team/LICENSE", "team/notes.txt", "team/.git/c.yml", "one.yml", "two.rule", "sub.yml"]) writeFileSync(at(path), "title: x\n");
  writeFileSync(at("pack.tar.gz"), gzipSync("anything"));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

test("a folder and an archive are uploads of their own; single files, whatever they are called, go together", async () => {
  const uploads = await gatherRuleUploads([at("team"), at("one.yml"), at("pack.tar.gz"), at("two.rule")]);
  expect(uploads.map(({ name, archive, loose, files }) => ({ name, archive, loose, files: files.map(({ path }) => path).sort() }))).toEqual([
    { name: "team", archive: null, loose: false, files: ["LICENSE", "a.yml", "sub/b.YAML"] },
    { name: "pack.tar.gz", archive: at("pack.tar.gz"), loose: false, files: [] },
    { name: "2 rule files", archive: null, loose: true, files: ["one.yml", "two.rule"] },
  ]);
});

test("what holds no rule, is not there, or stands twice is refused by its path", async () => {
  await expect(gatherRuleUploads([at("empty")])).rejects.toMatchObject({ code: "INVALID", place: { file: at("empty") } });
  await expect(gatherRuleUploads([at("nowhere")])).rejects.toMatchObject({ code: "NOT_FOUND", place: { file: at("nowhere") } });
  await expect(gatherRuleUploads([at("one.yml"), at("one.yml")])).rejects.toMatchObject({ code: "INVALID", place: { file: at("one.yml") } });
});

test("a folder with one file is the whole of its source, as one with many; a file alone and an archive are kept as they stand", async () => {
  mkdirSync(at("solo"));
  writeFileSync(at("solo/only.yml"), "title: Only\n");
  const uploads = await gatherRuleUploads([at("solo"), at("team"), at("pack.tar.gz")]);
  expect(uploads.map(uploadedAsIs)).toEqual([null, null, at("pack.tar.gz")]);
  expect((await gatherRuleUploads([at("one.yml")])).map(uploadedAsIs)).toEqual([at("one.yml")]);
  expect((await gatherRuleUploads([at("one.yml"), at("two.rule")])).map(uploadedAsIs)).toEqual([null]);
});
