import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { expect, test } from "vitest";
import { isTar, readTar } from "./read-tar";
import { writeTar } from "./write-tar";

async function pack(files: Readonly<Record<string, string>>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  const open = (text: string) =>
    async function* (): AsyncGenerator<Uint8Array> {
      yield Buffer.from(text);
    };
  for await (const chunk of writeTar(Object.entries(files).map(([path, text]) => ({ path, open: open(text) })))) chunks.push(chunk);
  return Buffer.concat(chunks);
}

test("what is packed comes out as it went in, whatever the names and contents are", async () => {
  const name = fc.string({ unit: "grapheme", minLength: 1, maxLength: 150 }).filter((text) => !text.includes("\0") && text.isWellFormed());
  await fc.assert(
    fc.asyncProperty(fc.dictionary(name, fc.string({ maxLength: 700 }).map((text) => text.toWellFormed()), { minKeys: 1, maxKeys: 4, noNullPrototype: true }), async (files) => {
      const packed = await pack(files);
      expect(isTar(packed)).toBe(true);
      expect(Object.fromEntries(readTar(packed, "x.tar").map(({ name: path, content }) => [path, Buffer.from(content).toString("utf8")]))).toEqual(files);
    }),
    { numRuns: 60 },
  );
});

test("tar itself reads it", async () => {
  const long = `${"folder/".repeat(20)}rule.yml`;
  const listed = execFileSync("tar", ["-tf", "-"], { input: await pack({ "a.yml": "title: a\n", [long]: "x".repeat(1000) }), encoding: "utf8" });
  expect(listed.trim().split("\n")).toEqual(["a.yml", long]);
});
