import { execFile } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { projectRoot } from "@/lib/db/project-root";
import { fileSource } from "@/lib/files/byte-source";
import { zipEntries } from "@/lib/files/zip-entries";
import { runProcess } from "./testing/run-process";
import { writeSmallFleet, type SmallFleet } from "./testing/small-fleet";

/*
 * An auditor reads VERIFY.md and types what it says. Here a shell does, on a package of really imported records: every command
 * that the file prints is run, and one that this test does not know fails it.
 */
const run = promisify(execFile);
const LIMITS = { entries: 1_000, entryBytes: 1e9, totalBytes: 1e9, ratio: 1e6, ratioFreeBytes: 1e9 };
const lineSchema = z.looseObject({ fileDigest: z.string(), offset: z.number(), length: z.number(), raw: z.string() });

let folder: string;
let bag: string;
let fleet: SmallFleet;
let commands: string[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "sightline-verify-"));
  chmodSync(folder, 0o711);
  fleet = writeSmallFleet(folder);
  const env = { SIGHTLINE_DATA: join(folder, "data"), DATABASE_URL: "" };
  for (const words of [
    ["catalog", "import", fleet.bundle, "--release", "19.1"],
    ["segments", "import", fleet.segments],
    ["events", "import", fleet.events, "--segment", "zebra", "--host", "mac-1"],
    ["assess", "--at", "2026-02-04T00:00:00Z"],
    ["evidence", "export", "--out", join(folder, "FILE.zip")],
  ]) {
    expect(await runProcess(words, env), words.join(" ")).toMatchObject({ code: 0 });
  }
  bag = join(folder, "unpacked");
  for await (const { name, content } of zipEntries(await fileSource(join(folder, "FILE.zip")), "FILE.zip", LIMITS)) {
    mkdirSync(dirname(join(bag, name)), { recursive: true });
    const parts: Uint8Array[] = [];
    for await (const part of content) parts.push(part);
    writeFileSync(join(bag, name), Buffer.concat(parts));
  }
  commands = readFileSync(join(bag, "VERIFY.md"), "utf8").split("\n").filter((line) => line.startsWith("    ")).map((line) => line.trim());
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const shell = (command: string, cwd: string, env: Record<string, string> = {}): Promise<string> => run("/bin/sh", ["-c", command], { cwd, env: { ...process.env, ...env } }).then(({ stdout }) => stdout);
const printed = (pattern: RegExp): string[] => commands.filter((command) => pattern.test(command));

test("every command of VERIFY.md is one that a test below runs", () => {
  expect(commands).toEqual([...printed(/^sha256sum -c /), ...printed(/^sha256sum data/), ...printed(/^npm run /), ...printed(/^sha256sum FILE$/), ...printed(/^tail /)]);
  expect(commands).toHaveLength(6);
});

test("both manifests hold, line by line", async () => {
  for (const command of printed(/^sha256sum -c /)) {
    const lines = (await shell(command, bag)).trim().split("\n");
    expect(lines.filter((line) => !line.endsWith(": OK"))).toEqual([]);
  }
});

test("the digests of input and result are those that the text names", async () => {
  const text = readFileSync(join(bag, "VERIFY.md"), "utf8");
  const named = [/^must print ([0-9a-f]{64})$/m, /^and ([0-9a-f]{64})\.$/m].map((line) => line.exec(text)?.[1]);
  for (const command of printed(/^sha256sum data/)) {
    expect((await shell(command, bag)).trim().split("\n").map((line) => line.slice(0, 64))).toEqual(named);
  }
});

test("scoring again from the package alone gives the same results", async () => {
  const [command = ""] = printed(/^npm run /);
  const said = await shell(command.replace("FILE.zip", join(folder, "FILE.zip")), projectRoot(), { SIGHTLINE_DATA: join(folder, "nothing-here"), DATABASE_URL: "postgresql://nobody@127.0.0.1:1/none" });
  expect(said).toContain("results identical when scored again");
});

test("the byte range of every example record prints the record as it stands in the file", async () => {
  copyFileSync(fleet.events, join(bag, "FILE"));
  const records = readFileSync(join(bag, "data/evidence/records.ndjson"), "utf8").trim().split("\n").map((line) => lineSchema.parse(JSON.parse(line)));
  expect(records.length).toBeGreaterThan(0);
  const [sum = ""] = printed(/^sha256sum FILE$/);
  const [range = ""] = printed(/^tail /);
  expect((await shell(sum, bag)).slice(0, 64)).toBe(records[0]?.fileDigest);
  for (const { offset, length, raw } of records) {
    const record = await shell(range.replace("LENGTH", String(length)), bag, { OFFSET: String(offset) });
    expect(record).toBe(raw);
    expect(readFileSync(fleet.events, "utf8").split("\n")).toContain(record);
  }
});
