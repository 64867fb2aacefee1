import { existsSync } from "node:fs";
import { type FileHandle, mkdir, open as openFile, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { SightlineError } from "@/lib/shared/errors";
import { startSha256 } from "@/lib/shared/digest";
import { systemReason } from "@/lib/shared/system-error";
import { BLOCK_BYTES, HEADER_BYTES, packBlock, readBlockHeader, unpackBlock } from "./gzip-blocks";

/** What was kept: the SHA-256 of the content in hex, and its length. */
export interface KeptContent {
  readonly digest: string;
  readonly bytes: number;
}

/**
 * Files by the SHA-256 of their content. On disk each is a series of gzip members of one MiB of content (gzip-blocks.ts):
 * log files shrink ten times or more, `gunzip` reads them, and any range is found by walking the members' headers.
 */
export interface FileStore {
  /** Keeps content: written to a temporary file, flushed, then renamed. The caller writes the KeptFile row afterwards. Keeping the same content again changes nothing. @throws SightlineError UNAVAILABLE in words when the disk refuses. */
  put(source: Source): Promise<KeptContent>;
  /** The content, in chunks of up to one MiB. @throws SightlineError NOT_FOUND, or CONFLICT when the file was damaged since. */
  open(digest: string): AsyncIterable<Uint8Array>;
  has(digest: string): Promise<boolean>;
  /** `length` bytes from `offset` (fewer at the end of the file), without reading what is before. */
  openAt(digest: string, offset: number, length: number): Promise<Uint8Array>;
}

/** Content, as a whole or in pieces. */
type Source = AsyncIterable<Uint8Array> | Iterable<Uint8Array> | Uint8Array;

let serial = 0;

/** The store in a folder (`$SIGHTLINE_DATA/files`), which is made when the first file is kept. */
export function createFileStore(folder: string): FileStore {
  const pathOf = (digest: string): string => {
    if (!/^[0-9a-f]{64}$/.test(digest)) throw new SightlineError("INVALID", `"${digest}" is not the SHA-256 of a kept file.`);
    return join(folder, digest.slice(0, 2), `${digest.slice(2)}.gz`);
  };
  return {
    put: (source) => put(folder, pathOf, source),
    open: (digest) => readAll(pathOf(digest), digest),
    has: async (digest) => existsSync(pathOf(digest)),
    openAt: (digest, offset, length) => readRange(pathOf(digest), digest, offset, length),
  };
}

async function put(folder: string, pathOf: (digest: string) => string, source: Source): Promise<KeptContent> {
  try {
    return await write(folder, pathOf, source);
  } catch (error) {
    const reason = systemReason(error);
    if (reason === null) throw error;
    throw new SightlineError("UNAVAILABLE", `The file could not be kept: ${reason.words}.`, { file: reason.path ?? folder, remedy: reason.remedy }, { cause: error });
  }
}

async function write(folder: string, pathOf: (digest: string) => string, source: Source): Promise<KeptContent> {
  const incoming = join(folder, "incoming");
  await mkdir(incoming, { recursive: true, mode: 0o700 });
  await removeAbandoned(incoming);
  const temporary = join(incoming, `${process.pid}-${Date.now()}-${serial++}`);
  const handle = await openFile(temporary, "wx", 0o600);
  try {
    const kept = await writeBlocks(handle, source instanceof Uint8Array ? [source] : source);
    await handle.sync();
    await handle.close();
    const path = pathOf(kept.digest);
    if (existsSync(path)) await rm(temporary);
    else await moveDurably(temporary, path);
    return kept;
  } catch (error) {
    await handle.close().catch(() => {});
    await rm(temporary, { force: true });
    throw error;
  }
}

const ABANDONED_MS = 24 * 3600 * 1000;

// What a killed process was writing: nothing else removes it. A file that is being written changes all the time.
async function removeAbandoned(incoming: string): Promise<void> {
  for (const name of await readdir(incoming)) {
    const path = join(incoming, name);
    const found = await stat(path).catch(() => null); // another process has finished with it
    if (found !== null && Date.now() - found.mtimeMs > ABANDONED_MS) await rm(path, { force: true });
  }
}

async function writeBlocks(handle: FileHandle, source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<KeptContent> {
  const hash = startSha256();
  const block = Buffer.allocUnsafe(BLOCK_BYTES);
  let filled = 0;
  let bytes = 0;
  // One block is compressed and written by other threads while the next is filled: at most two are in memory.
  let writing: Promise<unknown> = Promise.resolve();
  const flush = async (): Promise<void> => {
    const content = Buffer.from(block.subarray(0, filled));
    filled = 0;
    await writing;
    writing = packBlock(content).then((packed) => handle.write(packed));
    writing.catch(() => {}); // awaited before the next block and at the end
  };
  for await (const chunk of source) {
    hash.update(chunk);
    bytes += chunk.length;
    for (let at = 0; at < chunk.length; ) {
      const part = chunk.subarray(at, at + BLOCK_BYTES - filled);
      block.set(part, filled);
      filled += part.length;
      at += part.length;
      if (filled === BLOCK_BYTES) await flush();
    }
  }
  if (filled > 0 || bytes === 0) await flush();
  await writing;
  return { digest: hash.hex(), bytes };
}

async function moveDurably(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 });
  await rename(from, to);
  const folder = await openFile(dirname(to), "r");
  await folder.sync().finally(() => folder.close());
}

async function* readAll(path: string, digest: string): AsyncGenerator<Uint8Array> {
  const handle = await openKept(path, digest);
  try {
    const hash = startSha256();
    for (let at = 0; ; ) {
      const head = await readHeader(handle, at, digest);
      if (head === null) break;
      const content = await readContent(handle, at, head.stored, digest);
      hash.update(content);
      yield content;
      at += head.stored;
    }
    if (hash.hex() !== digest) throw damaged(digest);
  } finally {
    await handle.close();
  }
}

async function readRange(path: string, digest: string, offset: number, length: number): Promise<Uint8Array> {
  const handle = await openKept(path, digest);
  const end = offset + length;
  const parts: Buffer[] = [];
  try {
    const blocks = await blockTable(handle, path, digest);
    for (let i = Math.floor(offset / BLOCK_BYTES); i < blocks.length && i * BLOCK_BYTES < end; i += 1) {
      const block = blocks[i];
      if (block === undefined) break;
      const content = await readContent(handle, block.at, block.stored, digest);
      const start = i * BLOCK_BYTES;
      parts.push(content.subarray(Math.max(0, offset - start), Math.min(content.length, end - start)));
    }
    return Buffer.concat(parts);
  } finally {
    await handle.close();
  }
}

interface StoredBlock {
  readonly at: number;
  readonly stored: number;
}

// Where each block begins, found once by walking the headers (every block but the last holds BLOCK_BYTES). A kept file never
// changes, so the tables of those read last are remembered.
const TABLES = new Map<string, StoredBlock[]>();
const REMEMBERED = 32;

async function blockTable(handle: FileHandle, path: string, digest: string): Promise<StoredBlock[]> {
  const known = TABLES.get(path);
  if (known !== undefined) return known;
  const blocks: StoredBlock[] = [];
  for (let at = 0; ; ) {
    const head = await readHeader(handle, at, digest);
    if (head === null) break;
    blocks.push({ at, stored: head.stored });
    at += head.stored;
  }
  TABLES.set(path, blocks);
  const oldest = TABLES.keys().next().value;
  if (TABLES.size > REMEMBERED && oldest !== undefined) TABLES.delete(oldest);
  return blocks;
}

async function openKept(path: string, digest: string): Promise<FileHandle> {
  try {
    return await openFile(path, "r");
  } catch (error) {
    throw new SightlineError("NOT_FOUND", `The kept file ${digest} is missing from the data folder.`, {}, { cause: error });
  }
}

async function readHeader(handle: FileHandle, at: number, digest: string): Promise<{ stored: number; content: number } | null> {
  const { bytesRead, buffer } = await handle.read(Buffer.alloc(HEADER_BYTES), 0, HEADER_BYTES, at);
  if (bytesRead === 0) return null;
  const head = readBlockHeader(buffer.subarray(0, bytesRead));
  if (head === null || head.content > BLOCK_BYTES || head.stored > 2 * BLOCK_BYTES || head.stored <= HEADER_BYTES) throw damaged(digest);
  return head;
}

async function readContent(handle: FileHandle, at: number, stored: number, digest: string): Promise<Buffer> {
  const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(stored), 0, stored, at);
  const content = bytesRead === stored ? await unpackBlock(buffer) : null;
  if (content === null) throw damaged(digest);
  return content;
}

function damaged(digest: string): SightlineError {
  return new SightlineError("CONFLICT", `The kept file ${digest} was damaged on disk: its content no longer has this SHA-256.`);
}
