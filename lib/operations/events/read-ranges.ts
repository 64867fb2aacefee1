import { rawText } from "@/lib/events/open-reader";
import type { FileStore } from "@/lib/files/file-store";

/** Longest part of a record that an example shows; the whole record stays in the kept file. */
export const MOST_RAW_BYTES = 64 * 1024;

export interface ByteRange {
  readonly offset: number;
  readonly length: number;
}

/** The bytes of many ranges of one kept file in a single pass, as text; in the order given. */
export async function readRanges(files: FileStore, digest: string, ranges: readonly ByteRange[]): Promise<string[]> {
  const wanted = ranges.map((range, position) => ({ start: range.offset, end: range.offset + Math.min(range.length, MOST_RAW_BYTES), position, parts: [] as Uint8Array[] }));
  const queue = [...wanted].sort((a, b) => a.start - b.start);
  let open: typeof wanted = [];
  let at = 0;
  let next = 0;
  if (queue.length > 0) {
    for await (const chunk of files.open(digest)) {
      const end = at + chunk.length;
      while (next < queue.length) {
        const range = queue[next];
        if (range === undefined || range.start >= end) break;
        open.push(range);
        next += 1;
      }
      for (const range of open) range.parts.push(Buffer.from(chunk.subarray(Math.max(0, range.start - at), Math.min(chunk.length, range.end - at))));
      open = open.filter((range) => range.end > end);
      at = end;
      if (open.length === 0 && next >= queue.length) break;
    }
  }
  const head = await files.openAt(digest, 0, 2);
  return wanted.map(({ parts }) => rawText(Buffer.concat(parts), head));
}
