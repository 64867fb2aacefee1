import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { sha256 } from "@/lib/shared/digest";
import { createFileStore } from "./file-store";

const folder = mkdtempSync(join(tmpdir(), "sightline-files-"));
const store = createFileStore(folder);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const pathOf = (digest: string): string => join(folder, digest.slice(0, 2), `${digest.slice(2)}.gz`);
async function readAll(digest: string): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of store.open(digest)) parts.push(part);
  return Buffer.concat(parts);
}
async function* chunked(content: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < content.length; at += size) yield content.subarray(at, at + size);
}
const lines = Buffer.from(Array.from({ length: 60_000 }, (_, i) => `{"EventID":1,"RecordId":${i},"Image":"C:\\\\Windows\\\\System32\\\\cmd.exe"}\n`).join(""));

describe("the file store", () => {
  test("what was put comes back, under the SHA-256 of its content, whatever the chunks were", async () => {
    const kept = await store.put(chunked(lines, 70_001));
    expect(kept).toEqual({ digest: sha256(lines), bytes: lines.length });
    expect((await readAll(kept.digest)).equals(lines)).toBe(true);
    expect(await store.has(kept.digest)).toBe(true);
  });

  test("a kept file is a gzip file that other programs read, much smaller than logs are", async () => {
    const { digest } = await store.put(lines);
    const stored = readFileSync(pathOf(digest));
    expect(gunzipSync(stored).equals(lines)).toBe(true);
    expect(stored.length).toBeLessThan(lines.length / 8);
  });

  test("any range is read as a slice of the content, block borders and the end included", async () => {
    const { digest } = await store.put(lines);
    await fc.assert(
      fc.asyncProperty(fc.nat(lines.length + 10), fc.nat(200_000), async (offset, length) => {
        expect(Buffer.from(await store.openAt(digest, offset, length)).equals(lines.subarray(offset, offset + length))).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test("an empty file is kept like any other", async () => {
    const { digest, bytes } = await store.put(new Uint8Array());
    expect({ bytes, content: (await readAll(digest)).length }).toEqual({ bytes: 0, content: 0 });
  });

  test("a source that fails half way leaves nothing behind", async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield lines.subarray(0, 3_000_000);
      throw new Error("the connection was lost");
    }
    await expect(store.put(broken())).rejects.toThrow("the connection was lost");
    expect(readdirSync(join(folder, "incoming"))).toEqual([]);
  });

  test("what a killed process was writing goes a day later; what another one writes now stays", async () => {
    const [old, fresh] = [join(folder, "incoming", "1-1-0"), join(folder, "incoming", "1-2-0")];
    for (const path of [old, fresh]) writeFileSync(path, "half of a file");
    const dayAgo = Date.now() / 1000 - 25 * 3600;
    utimesSync(old, dayAgo, dayAgo);
    await store.put(Buffer.from("something else"));
    expect(readdirSync(join(folder, "incoming"))).toEqual(["1-2-0"]);
    rmSync(fresh);
  });

  test("a kept file that was changed on disk is refused, not read", async () => {
    const { digest } = await store.put(Buffer.from("evidence of 21 November"));
    const other = await store.put(Buffer.from("evidence of 22 November"));
    writeFileSync(pathOf(digest), readFileSync(pathOf(other.digest))); // sound blocks, other content
    await expect(readAll(digest)).rejects.toMatchObject({ code: "CONFLICT" });
    const bytes = readFileSync(pathOf(other.digest));
    bytes[30] = (bytes[30] ?? 0) ^ 1;
    writeFileSync(pathOf(other.digest), bytes);
    await expect(readAll(other.digest)).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(store.openAt(other.digest, 0, 5)).rejects.toMatchObject({ code: "CONFLICT" });
  });

  test("a digest that leads out of the folder is refused, an unknown one is not found", async () => {
    await expect(store.has("../../etc/passwd")).rejects.toMatchObject({ code: "INVALID" });
    await expect(readAll("0".repeat(64))).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});
