import { createGunzip } from "node:zlib";
import { Readable } from "node:stream";
import { SightlineError } from "@/lib/shared/errors";
import { ARCHIVE_LIMITS, type ArchiveLimits, limitBytes } from "./archive-limits";
import type { ByteSource } from "./byte-source";
import { zipEntries } from "./zip-entries";

export type ArchiveKind = "gzip" | "zip";

/** One file of an archive, or the file itself when it is none. content may be read once, before the next entry is asked for. */
export interface UnpackedFile {
  readonly name: string; // path inside a zip; the file's own name (without .gz) otherwise
  readonly content: AsyncIterable<Uint8Array>;
}

/** Tells by the first bytes, never by the name. A zip without entries counts as one. */
export function detectArchive(head: Uint8Array): ArchiveKind | null {
  if (head[0] === 0x1f && head[1] === 0x8b && head[2] === 8) return "gzip";
  const isZip = head[0] === 0x50 && head[1] === 0x4b && ((head[2] === 3 && head[3] === 4) || (head[2] === 5 && head[3] === 6));
  return isZip ? "zip" : null;
}

/**
 * The files in a gzip or zip, one after another, or the file itself. Names are checked before anything is unpacked.
 *
 * @throws SightlineError at once for a zip that is damaged, too large, encrypted or holds names that would leave its folder;
 *   while a content is read for a truncated file (INVALID), a bomb (TOO_LARGE) or an archive inside an archive (UNSUPPORTED). A
 *   zip of gzip files, as clouds give their logs, is none: each of them is unpacked, and keeps its name.
 */
export async function* unpack(source: ByteSource, name: string, limits: Partial<ArchiveLimits> = {}): AsyncGenerator<UnpackedFile> {
  const all = { ...ARCHIVE_LIMITS, ...limits };
  const kind = detectArchive(await source.readAt(0, 4));
  if (kind === null) yield { name, content: limitBytes(source.stream(), name, { ...all, ratio: Infinity }, () => 0) };
  else if (kind === "gzip") yield { name: name.replace(/\.gz$/i, ""), content: notNested(gunzip(source.stream(), name, all), name) };
  else {
    const unfolded = { bytes: 0 }; // of all its gzip files: the zip's own directory cannot say
    for await (const entry of zipEntries(source, name, all)) yield { name: entry.name, content: entryContent(entry.content, `${name}: ${entry.name}`, all, unfolded) };
  }
}

/** What a file of a zip holds; one that is gzip itself is unpacked within the same limits. */
async function* entryContent(content: AsyncIterable<Uint8Array>, name: string, limits: ArchiveLimits, unfolded: { bytes: number }): AsyncGenerator<Uint8Array> {
  const chunks = content[Symbol.asyncIterator]();
  const first = await chunks.next();
  const again = { [Symbol.asyncIterator]: () => startingWith(first, chunks) };
  if (first.done === true || detectArchive(first.value) !== "gzip") return yield* notNested(again, name);
  for await (const chunk of notNested(gunzip(again, name, limits), name)) {
    unfolded.bytes += chunk.length;
    if (unfolded.bytes > limits.totalBytes) throw new SightlineError("TOO_LARGE", "Its files together unpack to more than is read from one archive.", { file: name, remedy: "Split it." });
    yield chunk;
  }
}

async function* startingWith(first: IteratorResult<Uint8Array>, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    for (let next = first; next.done !== true; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.(); // the zip's stream is closed, however the reading ends
  }
}

async function* gunzip(content: AsyncIterable<Uint8Array>, name: string, limits: ArchiveLimits): AsyncGenerator<Uint8Array> {
  const packed = Readable.from(content, { objectMode: false, highWaterMark: 64 * 1024 });
  const inflating = createGunzip({ chunkSize: 256 * 1024 });
  packed.on("error", (error) => inflating.destroy(error));
  packed.pipe(inflating);
  try {
    yield* limitBytes(inflating, name, limits, () => inflating.bytesWritten);
  } catch (error) {
    if (error instanceof SightlineError) throw error;
    const truncated = error instanceof Error && "code" in error && error.code === "Z_BUF_ERROR";
    throw new SightlineError("INVALID", truncated ? "The gzip file ends in the middle." : "The gzip file is damaged.", { file: name, remedy: "Copy or download it again." }, { cause: error });
  } finally {
    packed.destroy();
    inflating.destroy();
  }
}

async function* notNested(content: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<Uint8Array> {
  let first = true;
  for await (const chunk of content) {
    const nested = first ? detectArchive(chunk) : null;
    first = false;
    if (nested !== null) throw new SightlineError("UNSUPPORTED", `It holds another ${nested} archive.`, { file: name, remedy: "Unpack one of them first." });
    yield chunk;
  }
}
