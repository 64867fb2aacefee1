import { SightlineError } from "@/lib/shared/errors";
import { unpack } from "./archives";
import type { ByteSource } from "./byte-source";

/**
 * A whole file in memory: as it is, out of a gzip, or the only file of a zip. For documents that must be parsed in one piece.
 *
 * @throws SightlineError TOO_LARGE past maxBytes, INVALID for damaged archives and for zips with more than one file.
 */
export async function readSingleFile(source: ByteSource, name: string, maxBytes: number): Promise<Uint8Array> {
  let only: Uint8Array | undefined;
  for await (const file of unpack(source, name, { entryBytes: maxBytes, totalBytes: maxBytes })) {
    if (only !== undefined) throw new SightlineError("INVALID", "the archive holds more than one file.", { file: name, remedy: "Unpack it and give the files one by one." });
    const chunks: Uint8Array[] = [];
    for await (const chunk of file.content) chunks.push(chunk);
    only = Buffer.concat(chunks);
  }
  if (only === undefined) throw new SightlineError("INVALID", "the archive holds no file.", { file: name });
  return only;
}

/** Bytes in memory as a source, e.g. of a download. */
export function bytesSource(bytes: Uint8Array): ByteSource {
  return {
    size: bytes.length,
    stream: async function* () {
      yield bytes;
    },
    readAt: async (offset, length) => bytes.subarray(offset, offset + length),
  };
}
