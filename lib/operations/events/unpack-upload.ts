import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { fromRandomAccessReader, RandomAccessReader, type Entry, type ZipFile } from "yauzl";
import type { FileStore } from "@/lib/files/file-store";
import { SightlineError } from "@/lib/shared/errors";

/** A file of events by the digest of its unpacked content, which is kept. */
export interface UnpackedFile {
  readonly name: string;
  readonly digest: string;
  readonly bytes: number;
}

export interface UnpackLimits {
  readonly maxBytes: number; // unpacked, all files of an archive together
  readonly maxRatio: number; // unpacked to packed, once more than freeBytes are unpacked
  readonly freeBytes: number;
  readonly maxFiles: number;
}

export const UNPACK_LIMITS: UnpackLimits = { maxBytes: 64 * 1024 ** 3, maxRatio: 400, freeBytes: 64 * 1024 ** 2, maxFiles: 10_000 };

/**
 * The files in a kept upload: itself, or what gzip or zip holds, each kept by its own digest so that offsets refer to
 * unpacked content. Archives inside archives are not opened.
 *
 * @throws SightlineError INVALID for a damaged archive, TOO_LARGE for one that unpacks beyond the limits
 */
export async function* unpackUpload(files: FileStore, upload: { digest: string; bytes: number; name: string }, limits: UnpackLimits = UNPACK_LIMITS): AsyncGenerator<UnpackedFile> {
  const magic = await files.openAt(upload.digest, 0, 4);
  if (magic[0] === 0x1f && magic[1] === 0x8b) yield await unpackGzip(files, upload, limits);
  else if (magic[0] === 0x50 && magic[1] === 0x4b && (magic[2] === 3 || magic[2] === 5)) yield* unpackZip(files, upload, limits);
  else yield { name: upload.name, digest: upload.digest, bytes: upload.bytes };
}

async function unpackGzip(files: FileStore, upload: { digest: string; bytes: number; name: string }, limits: UnpackLimits): Promise<UnpackedFile> {
  const source = Readable.from(files.open(upload.digest));
  const gunzip = source.pipe(createGunzip());
  source.on("error", (error) => gunzip.destroy(error));
  try {
    const kept = await files.put(limited(gunzip, upload.name, upload.bytes, { bytes: 0 }, limits));
    return { name: upload.name.replace(/\.gz$/i, ""), ...kept };
  } catch (error) {
    throw damaged(error, upload.name, "gzip");
  }
}

async function* unpackZip(files: FileStore, upload: { digest: string; bytes: number; name: string }, limits: UnpackLimits): AsyncGenerator<UnpackedFile> {
  const used = { bytes: 0 };
  let count = 0;
  try {
    const zip = await openZip(files, upload);
    for await (const entry of entriesOf(zip)) {
      if (entry.fileName.endsWith("/") || /(^|\/)(__MACOSX\/|\.)/.test(entry.fileName)) continue;
      count += 1;
      if (count > limits.maxFiles) throw new SightlineError("TOO_LARGE", `The archive holds more than ${limits.maxFiles} files.`, { file: upload.name });
      const name = `${upload.name}/${entry.fileName}`;
      if (entry.isEncrypted()) throw new SightlineError("UNSUPPORTED", "The archive is protected by a password.", { file: name, remedy: "Unpack it first." });
      const kept = await files.put(limited(await openEntry(zip, entry), name, upload.bytes, used, limits));
      yield { name, ...kept };
    }
  } catch (error) {
    throw damaged(error, upload.name, "zip");
  }
}

/** The chunks, until they are more than a sane archive of this size would hold. */
async function* limited(chunks: AsyncIterable<Uint8Array>, file: string, packed: number, used: { bytes: number }, limits: UnpackLimits): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    used.bytes += chunk.length;
    if (used.bytes > limits.maxBytes) throw new SightlineError("TOO_LARGE", `The archive unpacks to more than ${limits.maxBytes} bytes.`, { file, remedy: "Split it." });
    if (used.bytes > limits.freeBytes && used.bytes > packed * limits.maxRatio) {
      throw new SightlineError("TOO_LARGE", `The archive unpacks to more than ${limits.maxRatio} times its size, as archives do that are made to fill a disk.`, { file, remedy: "Unpack it yourself and import the files if it is genuine." });
    }
    yield chunk;
  }
}

function damaged(error: unknown, file: string, kind: string): unknown {
  if (error instanceof SightlineError) return error;
  const text = error instanceof Error ? error.message : String(error);
  return new SightlineError("INVALID", `The ${kind} archive is damaged or cut off (${text}); nothing was imported.`, { file, remedy: "Copy it again." }, { cause: error });
}

/** yauzl over the file store: a zip is read from its end. */
class KeptReader extends RandomAccessReader {
  constructor(
    private readonly files: FileStore,
    private readonly digest: string,
  ) {
    super();
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(rangeOf(this.files, this.digest, start, end));
  }
}

async function* rangeOf(files: FileStore, digest: string, start: number, end: number): AsyncGenerator<Uint8Array> {
  const step = 1024 * 1024;
  for (let at = start; at < end; at += step) yield Buffer.from(await files.openAt(digest, at, Math.min(step, end - at)));
}

function openZip(files: FileStore, upload: { digest: string; bytes: number }): Promise<ZipFile> {
  return new Promise((resolve, reject) =>
    fromRandomAccessReader(new KeptReader(files, upload.digest), upload.bytes, { lazyEntries: true, autoClose: false }, (error, zip) => (error ? reject(error) : resolve(zip))),
  );
}

function openEntry(zip: ZipFile, entry: Entry): Promise<Readable> {
  return new Promise((resolve, reject) => zip.openReadStream(entry, (error, stream) => (error ? reject(error) : resolve(stream))));
}

async function* entriesOf(zip: ZipFile): AsyncGenerator<Entry> {
  for (;;) {
    const entry = await new Promise<Entry | null>((resolve, reject) => {
      zip.once("entry", resolve);
      zip.once("end", () => resolve(null));
      zip.once("error", reject);
      zip.readEntry();
    });
    zip.removeAllListeners();
    if (entry === null) return;
    yield entry;
  }
}
