import { createReadStream, type Stats } from "node:fs";
import { open } from "node:fs/promises";
import { errorSentence, SightlineError } from "@/lib/shared/errors";
import { systemReason } from "@/lib/shared/system-error";
import type { FileStore } from "./file-store";

/** Bytes that can be streamed from the start and read anywhere: a file on disk or a kept one. */
export interface ByteSource {
  readonly size: number;
  stream(): AsyncIterable<Uint8Array>;
  readAt(offset: number, length: number): Promise<Uint8Array>;
}

/** A file that a person named. @throws SightlineError NOT_FOUND when it cannot be read. */
export async function fileSource(path: string): Promise<ByteSource> {
  const found = await look(path).catch((error: unknown) => {
    throw new SightlineError("NOT_FOUND", `The file cannot be read: ${errorSentence(error)}.`, { file: path, remedy: systemReason(error)?.remedy }, { cause: error });
  });
  if (!found.isFile()) throw new SightlineError("INVALID", "This is not a file.", { file: path });
  return {
    size: found.size,
    stream: () => createReadStream(path, { highWaterMark: 1 << 20 }),
    readAt: async (offset, length) => {
      const handle = await open(path, "r");
      try {
        const { buffer, bytesRead } = await handle.read(Buffer.allocUnsafe(length), 0, length, offset);
        return buffer.subarray(0, bytesRead);
      } finally {
        await handle.close();
      }
    },
  };
}

// Opened, not only looked at: a file that this user may not read is refused before anything else is done.
async function look(path: string): Promise<Stats> {
  const handle = await open(path, "r");
  return handle.stat().finally(() => handle.close());
}

/** A kept file; `bytes` is its length as KeptFile records it. */
export function keptSource(files: FileStore, digest: string, bytes: number): ByteSource {
  return { size: bytes, stream: () => files.open(digest), readAt: (offset, length) => files.openAt(digest, offset, length) };
}
