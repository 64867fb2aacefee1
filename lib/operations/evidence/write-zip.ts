import { Readable } from "node:stream";
import yazl from "yazl";
import type { PackageEntry, WrittenEntry } from "@/lib/evidence/package-entry";
import { startSha256 } from "@/lib/shared/digest";

const CHUNK_BYTES = 64 * 1024;

/**
 * Streams entries as a zip, one after another, holding none of them. Same entries and time, same bytes: fixed order, DOS
 * times in UTC, no extra fields.
 *
 * @param written receives each entry once its last byte was read, before the next entry's content is asked for
 */
export async function* writeZip(entries: readonly PackageEntry[], at: Date, written: WrittenEntry[]): AsyncGenerator<Uint8Array> {
  const zip = new yazl.ZipFile();
  // DOS times have no zone and yazl writes local ones: a date whose local fields are the UTC ones makes them UTC.
  const mtime = new Date(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate(), at.getUTCHours(), at.getUTCMinutes(), at.getUTCSeconds());
  const output = Readable.from(zip.outputStream);
  let current: Readable | undefined;
  const fail = (error: Error): void => void output.destroy(error);
  zip.on("error", fail);
  for (const entry of entries) {
    zip.addReadStreamLazy(entry.path, { mtime, mode: 0o100644, compress: true, forceDosTimestamp: true }, (give) => {
      current = Readable.from(hashed(entry, written), { objectMode: false }).on("error", fail); // yazl does not listen
      give(null, current);
    });
  }
  zip.end();
  try {
    for await (const chunk of output) yield Buffer.from(chunk);
  } finally {
    current?.destroy(); // a reader who leaves early closes the files behind it
  }
}

async function* hashed({ path, content }: PackageEntry, written: WrittenEntry[]): AsyncGenerator<Uint8Array> {
  const hash = startSha256();
  let bytes = 0;
  for await (const chunk of inChunks(content())) {
    hash.update(chunk);
    bytes += chunk.length;
    yield chunk;
  }
  written.push({ path, sha256: hash.hex(), bytes });
}

/** Many short texts as few buffers. */
async function* inChunks(content: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>): AsyncGenerator<Uint8Array> {
  let parts: string[] = [];
  let length = 0;
  for await (const part of content) {
    if (typeof part === "string") {
      parts.push(part);
      length += part.length;
      if (length < CHUNK_BYTES) continue;
    }
    if (length > 0) yield Buffer.from(parts.join(""));
    parts = [];
    length = 0;
    if (typeof part !== "string") yield part;
  }
  if (length > 0) yield Buffer.from(parts.join(""));
}
