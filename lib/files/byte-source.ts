import { createReadStream } from "node:fs";
import { open, stat } from "node:fs/promises";
import { errorSentence, SightlineError } from "@/lib/shared/errors";
import type { FileStore } from "./file-store";

/** Bytes that can be streamed from the start and read anywhere: a file on disk or a kept one. */
export interface ByteSource {
  readonly size: number;
  stream(): AsyncIterable<Uint8Array>;
  readAt(offset: number, length: number): Promise<Uint8Array>;
}

/** A file that a person named. @throws SightlineError NOT_FOUND when it cannot be read. */
export async function fileSource(path: string): Promise<ByteSource> {
  const found = await stat(path).catch((error: unknown) => {
    throw new SightlineError("NOT_FOUND", `The file cannot be read: ${errorSentence(error)}.`, { file: path });
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

/** A kept file; `bytes` is its length as KeptFile records it. */
export function keptSource(files: FileStore, digest: string, bytes: number): ByteSource {
  return { size: bytes, stream: () => files.open(digest), readAt: (offset, length) => files.openAt(digest, offset, length) };
}
