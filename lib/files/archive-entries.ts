import { unpack } from "./archives";
import type { ByteSource } from "./byte-source";
import { isTar, readTar } from "./read-tar";
import { SightlineError } from "@/lib/shared/errors";

export interface ArchiveEntry {
  readonly path: string; // inside the archive; the file's own name where it is none
  readonly bytes: Uint8Array;
}

/** Whether the file held others, and those that were asked for. */
export interface ArchiveContent {
  readonly archive: boolean;
  readonly entries: readonly ArchiveEntry[];
}

/**
 * The small files of a zip, tar or tar.gz that are wanted, in memory; the file itself (unpacked where it is a .gz) when it is
 * no archive, wanted or not.
 *
 * @param mostBytes of all of them together
 * @throws SightlineError for a damaged archive or a bomb, TOO_LARGE beyond mostBytes
 */
export async function readArchiveEntries(source: ByteSource, name: string, wanted: (path: string) => boolean, mostBytes: number): Promise<ArchiveContent> {
  const entries: ArchiveEntry[] = [];
  let left = mostBytes;
  let archive = false;
  for await (const entry of unpack(await inMemory(source, name, mostBytes), name, { totalBytes: mostBytes, entryBytes: mostBytes, entries: 100_000 })) {
    const whole = entry.name === name || `${entry.name}.gz`.toLowerCase() === name.toLowerCase();
    if (!whole) archive = true;
    if (!whole && !wanted(entry.name)) continue;
    const bytes = await collect(entry.content, left, name);
    if (!whole || !isTar(bytes)) entries.push({ path: entry.name, bytes });
    else {
      archive = true;
      for (const { name: path, content } of readTar(bytes, name)) if (wanted(path)) entries.push({ path: path.replace(/^(?:\.\/)+/, ""), bytes: content });
    }
    left -= bytes.length;
  }
  return { archive, entries };
}

/** A kept file is stored in blocks of which each is unpacked as a whole: thousands of entries are not read one by one from there. */
async function inMemory(source: ByteSource, name: string, mostBytes: number): Promise<ByteSource> {
  const whole = await collect(source.stream(), mostBytes, name);
  return {
    size: whole.length,
    stream: async function* () {
      yield whole;
    },
    readAt: (offset, length) => Promise.resolve(whole.subarray(offset, offset + length)),
  };
}

async function collect(content: AsyncIterable<Uint8Array>, mostBytes: number, name: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of content) {
    bytes += chunk.length;
    if (bytes > mostBytes) throw new SightlineError("TOO_LARGE", "Its files together are too large.", { file: name, remedy: "Split it." });
    chunks.push(chunk);
  }
  return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
}
