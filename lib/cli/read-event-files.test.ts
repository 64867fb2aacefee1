import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, expect, test } from "vitest";
import { ZipFile } from "yazl";
import { readEventFiles } from "./read-event-files";

const folder = mkdtempSync(join(tmpdir(), "sightline-events-"));
afterAll(() => rmSync(folder, { recursive: true }));

async function textOf(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts).toString();
}

async function zipOf(entries: Readonly<Record<string, string>>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, text] of Object.entries(entries)) zip.addBuffer(Buffer.from(text), name);
  zip.end();
  const parts: Buffer[] = [];
  for await (const part of zip.outputStream) parts.push(Buffer.from(part));
  return Buffer.concat(parts);
}

test("every file of events can be read again from its beginning: plain, packed, inside an archive", async () => {
  writeFileSync(join(folder, "a.json"), "plain");
  writeFileSync(join(folder, "b.json.gz"), gzipSync("packed"));
  writeFileSync(join(folder, "c.zip"), await zipOf({ "one.json": "first", "two.json": "second" }));
  const read: string[][] = [];
  for await (const { name, open, host, format } of readEventFiles([folder], { format: "windows-json", host: "ws-1" })) {
    expect([host, format]).toEqual(["ws-1", "windows-json"]);
    read.push([name.slice(folder.length + 1), await textOf(open()), await textOf(open())]);
  }
  expect(read).toEqual([["a.json", "plain", "plain"], ["b.json.gz", "packed", "packed"], ["c.zip/one.json", "first", "first"], ["c.zip/two.json", "second", "second"]]);
});
