/** A part of a content. A unit, which one reader reads whole, is one block or several: the last of them `ends` it. */
export interface Block {
  readonly bytes: Uint8Array;
  readonly unit: number;
  readonly ends: boolean;
}

export const BLOCK_BYTES = 1024 * 1024;
const NEWLINE = 10;
const FURTHEST = BLOCK_BYTES; // looked through for a place to cut; beyond it, the unit goes on

/**
 * A content in blocks. Where records stand alone (`alone`: JSON objects, one per line), a unit ends at a line that begins
 * with "{" behind one that ends with "}": valid JSON has no other value across such a place, so every unit can be read by a
 * reader of its own. Elsewhere the whole content is one unit. Where it is cut depends on the content alone, not on its chunks.
 */
export async function* cutBlocks(chunks: AsyncIterable<Uint8Array>, alone: boolean): AsyncGenerator<Block, void> {
  let [waiting, bytes, unit]: [Uint8Array[], number, number] = [[], 0, 0];
  for await (const chunk of chunks) {
    waiting.push(chunk);
    bytes += chunk.length;
    while (bytes >= BLOCK_BYTES + FURTHEST) {
      const kept = Buffer.concat(waiting);
      const cut = alone ? findCut(kept) : null;
      const end = cut ?? BLOCK_BYTES;
      yield { bytes: new Uint8Array(kept.subarray(0, end)), unit, ends: cut !== null };
      if (cut !== null) unit += 1;
      waiting = [kept.subarray(end)];
      bytes -= end;
    }
  }
  yield { bytes: new Uint8Array(Buffer.concat(waiting)), unit, ends: true };
}

/** Position behind the first newline after BLOCK_BYTES - 1 that parts two records; null when none is near. */
function findCut(bytes: Buffer): number | null {
  for (let at = bytes.indexOf(NEWLINE, BLOCK_BYTES - 1); at !== -1 && at + 1 < BLOCK_BYTES + FURTHEST; at = bytes.indexOf(NEWLINE, at + 1)) {
    const before = bytes[at - 1] === 13 ? bytes[at - 2] : bytes[at - 1];
    if (before === 0x7d && bytes[at + 1] === 0x7b) return at + 1;
  }
  return null;
}
