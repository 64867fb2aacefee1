import { PassThrough, Readable } from "node:stream";
import yauzl from "yauzl";
import { errorSentence, SightlineError } from "@/lib/shared/errors";
import { type ArchiveLimits, checkSizes, limitBytes } from "./archive-limits";
import type { ByteSource } from "./byte-source";

const READ_BYTES = 1024 * 1024;
const SYMLINK = 0o120000;
const FILE_TYPE = 0o170000;

interface ZipEntryContent {
  readonly name: string;
  readonly content: AsyncIterable<Uint8Array>;
}

/**
 * The files of a zip in the order of its directory. The whole directory is checked first: number, declared sizes (overlapping
 * entries show as a ratio to the whole file), encryption, links, names that leave the folder or come twice. What macOS adds
 * beside each file (`__MACOSX/`) is passed over.
 */
export async function* zipEntries(source: ByteSource, name: string, limits: ArchiveLimits): AsyncGenerator<ZipEntryContent> {
  const refuse = (why: string, cause?: unknown): never => {
    throw new SightlineError("INVALID", why, { file: name }, { cause });
  };
  const zip = await openZip(source).catch((error: unknown) => refuse(`The zip file is damaged: ${reasonOf(error)}.`, error));
  try {
    if (zip.entryCount > limits.entries) throw new SightlineError("TOO_LARGE", `It holds ${zip.entryCount} files; at most ${limits.entries} are read.`, { file: name });
    const entries = await readDirectory(zip).catch((error: unknown) => refuse(`The zip file is damaged or holds a name that is refused: ${reasonOf(error)}.`, error));
    const files = entries.filter((entry) => !entry.fileName.endsWith("/") && !entry.fileName.startsWith("__MACOSX/"));
    checkDirectory(files, source.size, name, limits);
    for (const entry of files) yield { name: entry.fileName, content: readEntry(zip, entry, `${name}: ${entry.fileName}`, limits) };
  } finally {
    zip.close();
  }
}

function checkDirectory(files: readonly yauzl.Entry[], packed: number, name: string, limits: ArchiveLimits): void {
  const names = new Set<string>();
  let total = 0;
  for (const entry of files) {
    const place = { file: `${name}: ${entry.fileName}` };
    if ((entry.generalPurposeBitFlag & 1) !== 0) throw new SightlineError("UNSUPPORTED", "It is encrypted.", { ...place, remedy: "Unpack it with its password first." });
    if (((entry.externalFileAttributes >>> 16) & FILE_TYPE) === SYMLINK) throw new SightlineError("INVALID", "It is a symbolic link, which is not followed.", place);
    if (names.has(entry.fileName)) throw new SightlineError("INVALID", "The zip file holds this name twice.", place);
    names.add(entry.fileName);
    checkSizes(entry.uncompressedSize, entry.compressedSize, place.file, limits);
    total += entry.uncompressedSize;
  }
  if (total > limits.totalBytes) throw new SightlineError("TOO_LARGE", "Its files together unpack to more than is read from one archive.", { file: name, remedy: "Split it." });
  checkSizes(Math.min(total, limits.entryBytes), packed, name, limits);
}

async function* readEntry(zip: yauzl.ZipFile, entry: yauzl.Entry, name: string, limits: ArchiveLimits): AsyncGenerator<Uint8Array> {
  try {
    const stream = await new Promise<Readable>((resolve, reject) => zip.openReadStream(entry, (error, opened) => (error ? reject(error) : resolve(opened))));
    try {
      yield* limitBytes(stream, name, limits, () => entry.compressedSize);
    } finally {
      stream.destroy();
    }
  } catch (error) {
    if (error instanceof SightlineError) throw error;
    throw new SightlineError("INVALID", `The zip file is damaged here: ${reasonOf(error)}.`, { file: name }, { cause: error });
  }
}

function openZip(source: ByteSource): Promise<yauzl.ZipFile> {
  return new Promise((resolve, reject) => {
    yauzl.fromRandomAccessReader(new SourceReader(source), source.size, { lazyEntries: true, autoClose: false }, (error, zip) => (error ? reject(error) : resolve(zip)));
  });
}

function readDirectory(zip: yauzl.ZipFile): Promise<yauzl.Entry[]> {
  return new Promise((resolve, reject) => {
    const entries: yauzl.Entry[] = [];
    zip.on("entry", (entry: yauzl.Entry) => {
      entries.push(entry);
      zip.readEntry();
    });
    zip.on("end", () => resolve(entries));
    zip.on("error", reject);
    zip.readEntry();
  });
}

class SourceReader extends yauzl.RandomAccessReader {
  constructor(private readonly source: ByteSource) {
    super();
  }

  override _readStreamForRange(start: number, end: number): Readable {
    const { source } = this;
    const range = async function* (): AsyncGenerator<Uint8Array> {
      for (let at = start; at < end; at += READ_BYTES) yield await source.readAt(at, Math.min(READ_BYTES, end - at));
    };
    const through = new PassThrough();
    Readable.from(range(), { objectMode: false })
      .on("error", (error) => through.destroy(error))
      .pipe(through);
    return through;
  }
}

/** The library's words without their full stop: some of its sentences have one or two. */
function reasonOf(error: unknown): string {
  return errorSentence(error).replace(/\.+$/, "");
}
