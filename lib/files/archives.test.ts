import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import yazl from "yazl";
import { sha256 } from "@/lib/shared/digest";
import { detectArchive, unpack } from "./archives";
import type { ArchiveLimits } from "./archive-limits";
import type { ByteSource } from "./byte-source";

const source = (content: Uint8Array): ByteSource => ({
  size: content.length,
  readAt: async (offset, length) => content.subarray(offset, offset + length),
  stream: async function* () {
    for (let at = 0; at < content.length; at += 50_000) yield content.subarray(at, at + 50_000);
  },
});

async function files(content: Uint8Array, name: string, limits: Partial<ArchiveLimits> = {}): Promise<[string, string][]> {
  const found: [string, string][] = [];
  for await (const file of unpack(source(content), name, limits)) {
    const parts: Uint8Array[] = [];
    for await (const part of file.content) parts.push(part);
    found.push([file.name, Buffer.concat(parts).toString("latin1")]);
  }
  return found;
}

function zip(entries: readonly (readonly [string, Buffer, { mode?: number }?])[]): Promise<Buffer> {
  const file = new yazl.ZipFile();
  for (const [name, content, options] of entries) file.addBuffer(content, name, options);
  file.end();
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    file.outputStream.on("data", (part: Buffer) => parts.push(part)).on("end", () => resolve(Buffer.concat(parts))).on("error", reject);
  });
}

// yazl writes no bad names: they are put in afterwards, at equal length, in the local header and in the directory.
const rename = (content: Buffer, from: string, to: string): Buffer => Buffer.from(content.toString("latin1").replaceAll(from, to), "latin1");
const log = Buffer.from('{"event":"exec"}\n'.repeat(1000));

describe("archives", () => {
  test("a plain file is itself", async () => {
    expect(await files(log, "mac.ndjson")).toEqual([["mac.ndjson", log.toString()]]);
  });

  test("gzip is told by its first bytes and loses its ending, several members in a row are one file", async () => {
    expect(detectArchive(gzipSync(log))).toBe("gzip");
    expect(await files(Buffer.concat([gzipSync(log), gzipSync(log)]), "mac.ndjson.gz")).toEqual([["mac.ndjson", log.toString() + log.toString()]]);
  });

  test("a zip gives its files in order, without folders and what macOS adds", async () => {
    const content = await zip([["a/one.json", log], ["two.json", Buffer.from("[]")], ["__MACOSX/._two.json", Buffer.from("x")]]);
    expect((await files(content, "logs.zip")).map(([name, text]) => [name, text.length])).toEqual([["a/one.json", log.length], ["two.json", 2]]);
  });

  test("a gzip cut anywhere is refused in words", async () => {
    const whole = gzipSync(Buffer.from(Array.from({ length: 3000 }, (_, i) => sha256(String(i))).join("\n")));
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 10, max: whole.length - 1 }), async (cut) => {
        await expect(files(whole.subarray(0, cut), "cut.gz")).rejects.toMatchObject({ code: "INVALID" });
      }),
      { numRuns: 25 },
    );
  });

  test("a zip cut anywhere is refused in words", async () => {
    const whole = await zip([["a.json", log], ["b.json", log]]);
    for (const cut of [30, 100, Math.floor(whole.length / 2), whole.length - 5]) await expect(files(whole.subarray(0, cut), "cut.zip")).rejects.toMatchObject({ code: "INVALID", message: expect.stringMatching(/[^.]\.$/) });
  });

  test("a gzip bomb stops after the first megabytes", async () => {
    const bomb = gzipSync(Buffer.alloc(60 * 1024 * 1024));
    let read = 0;
    const reading = (async () => {
      for await (const file of unpack(source(bomb), "bomb.gz")) for await (const part of file.content) read += part.length;
    })();
    await expect(reading).rejects.toMatchObject({ code: "TOO_LARGE" });
    expect(read).toBeLessThan(14 * 1024 * 1024);
  });

  test("a zip bomb is refused from its directory, before anything is unpacked", async () => {
    const bomb = await zip([["zeros.json", Buffer.alloc(60 * 1024 * 1024)]]);
    await expect(files(bomb, "bomb.zip")).rejects.toMatchObject({ code: "TOO_LARGE", place: { file: "bomb.zip: zeros.json" } });
  });

  test("limits on entries, one file and all files hold", async () => {
    const content = await zip([["a", log], ["b", log], ["c", log]]);
    await expect(files(content, "x.zip", { entries: 2 })).rejects.toMatchObject({ code: "TOO_LARGE" });
    await expect(files(content, "x.zip", { entryBytes: 1000 })).rejects.toMatchObject({ code: "TOO_LARGE" });
    await expect(files(content, "x.zip", { totalBytes: 2 * log.length })).rejects.toMatchObject({ code: "TOO_LARGE" });
    await expect(files(log, "x.json", { entryBytes: 1000 })).rejects.toMatchObject({ code: "TOO_LARGE" });
    await expect(files(gzipSync(log), "x.gz", { entryBytes: 1000 })).rejects.toMatchObject({ code: "TOO_LARGE" });
  });

  test("an entry that claims to be smaller than it is cannot slip more through", async () => {
    const content = await zip([["a", log]]);
    const lying = Buffer.from(content);
    const directory = lying.indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
    lying.writeUInt32LE(10, directory + 24);
    await expect(files(lying, "x.zip")).rejects.toMatchObject({ code: "INVALID" });
  });

  test.each([["../evil", "up"], ["/abs/ev", "absolute"], ["C:/evil", "a drive"]])("a name such as %s (%s) is refused", async (bad) => {
    const content = await zip([["g".repeat(bad.length), log]]);
    await expect(files(rename(content, "g".repeat(bad.length), bad), "x.zip")).rejects.toMatchObject({ code: "INVALID" });
  });

  test("a name that comes twice, a symbolic link and an encrypted file are refused", async () => {
    const two = await zip([["name1", log], ["name2", log]]);
    await expect(files(rename(two, "name2", "name1"), "x.zip")).rejects.toMatchObject({ code: "INVALID" });
    await expect(files(await zip([["link", Buffer.from("/etc/passwd"), { mode: 0o120777 }]]), "x.zip")).rejects.toThrow("symbolic link");
    const secret = await zip([["a", log]]);
    const directory = secret.indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
    secret.writeUInt16LE(secret.readUInt16LE(directory + 8) | 1, directory + 8);
    await expect(files(secret, "x.zip")).rejects.toThrow("encrypted");
  });

  test("a zip of gzip files gives what they hold, under their names", async () => {
    const content = await zip([["day/a.json.gz", gzipSync(log)], ["b.json", Buffer.from("[]")], ["c.gz", Buffer.concat([gzipSync(log), gzipSync(log)])]]);
    expect((await files(content, "logs.zip")).map(([name, text]) => [name, text.length])).toEqual([["day/a.json.gz", log.length], ["b.json", 2], ["c.gz", 2 * log.length]]);
  });

  test("gzip files in a zip keep the limits: each, all together, and none may be a bomb or cut short", async () => {
    const noise = Buffer.from(Array.from({ length: 3000 }, (_, i) => sha256(String(i))).join("\n"));
    const two = await zip([["a.gz", gzipSync(noise)], ["b.gz", gzipSync(noise)]]);
    await expect(files(two, "x.zip", { totalBytes: Math.round(1.5 * noise.length) })).rejects.toMatchObject({ code: "TOO_LARGE", place: { file: "x.zip: b.gz" } });
    await expect(files(two, "x.zip", { entryBytes: noise.length - 1 })).rejects.toMatchObject({ code: "TOO_LARGE" });
    await expect(files(await zip([["a.gz", gzipSync(Buffer.alloc(300_000))]]), "x.zip", { ratio: 100, ratioFreeBytes: 100_000 })).rejects.toMatchObject({ code: "TOO_LARGE" });
    await expect(files(await zip([["a.gz", gzipSync(noise).subarray(0, 5000)]]), "x.zip")).rejects.toMatchObject({ code: "INVALID", place: { file: "x.zip: a.gz" } });
  });

  test("an archive inside an archive is refused", async () => {
    await expect(files(gzipSync(gzipSync(log)), "x.gz")).rejects.toMatchObject({ code: "UNSUPPORTED" });
    await expect(files(await zip([["a.zip", await zip([["b", log]])]]), "x.zip")).rejects.toMatchObject({ code: "UNSUPPORTED" });
    await expect(files(await zip([["a.gz", gzipSync(gzipSync(log))]]), "x.zip")).rejects.toMatchObject({ code: "UNSUPPORTED" });
  });

  test("no bytes at all make it fail in another way than by a sentence", async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom([0x1f, 0x8b, 8], [0x50, 0x4b, 3, 4], []), fc.uint8Array({ maxLength: 300 }), async (magic, rest) => {
        const outcome = await files(Buffer.concat([Buffer.from(magic), rest]), "x").catch((error: unknown) => error);
        if (outcome instanceof Error) expect(outcome.name).toBe("SightlineError");
      }),
    );
  });
});
