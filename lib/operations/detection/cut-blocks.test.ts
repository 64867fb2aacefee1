import { describe, expect, test } from "vitest";
import { BLOCK_BYTES, cutBlocks, type Block } from "./cut-blocks";

async function blocksOf(content: Buffer, chunk: number, alone: boolean): Promise<Block[]> {
  async function* chunks() {
    for (let at = 0; at < content.length; at += chunk) yield await Promise.resolve(content.subarray(at, at + chunk));
  }
  const blocks: Block[] = [];
  for await (const block of cutBlocks(chunks(), alone)) blocks.push(block);
  return blocks;
}

const line = (i: number): string => (i % 5_000 === 0 ? `{"n":${i},\n"a":[\n{"x":1},\n{"y":2}\n]}` : `{"n":${i},"text":"${"x".repeat(i % 300)}"}`);
const lines = Buffer.from(Array.from({ length: 30_000 }, (_, i) => line(i)).join("\n"));

describe("blocks of a content", () => {
  test("are the content, whatever chunks it came in, and end a unit only between two records", async () => {
    const blocks = await blocksOf(lines, 65_536, true);
    expect(Buffer.compare(Buffer.concat(blocks.map(({ bytes }) => bytes)), lines)).toBe(0);
    expect(blocks.map(({ unit, ends }) => [unit, ends])).toEqual(blocks.map((_, i) => [i, true]));
    expect(blocks.length).toBeGreaterThan(2);
    for (const { bytes } of blocks) expect([bytes[0], Buffer.from(bytes).toString().trimEnd().at(-1)]).toEqual([0x7b, "}"]);
    const otherwise = await blocksOf(lines, 777_777, true);
    expect(otherwise.map(({ bytes }) => bytes.length)).toEqual(blocks.map(({ bytes }) => bytes.length));
  });

  test("where records need one another, or no place to cut is near, are one unit in parts that stay small", async () => {
    for (const [content, alone] of [[lines, false], [Buffer.from(`{"a":[${"1,\n".repeat(1_500_000)}1]}`), true]] as const) {
      const blocks = await blocksOf(content, 300_000, alone);
      expect(new Set(blocks.map(({ unit }) => unit))).toEqual(new Set([0]));
      expect(blocks.map(({ ends }) => ends)).toEqual(blocks.map((_, i) => i === blocks.length - 1));
      expect(Math.max(...blocks.map(({ bytes }) => bytes.length))).toBeLessThanOrEqual(2 * BLOCK_BYTES + 300_000);
    }
  });

  test("of nothing are one empty block, so that a reader ends", async () => {
    expect(await blocksOf(Buffer.alloc(0), 10, true)).toMatchObject([{ unit: 0, ends: true }]);
  });
});
