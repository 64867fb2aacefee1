import { detectArchive, unpack } from "@/lib/files/archives";
import { keptSource, type ByteSource } from "@/lib/files/byte-source";
import type { FileStore } from "@/lib/files/file-store";
import { formatBytes } from "@/lib/shared/format-number";
import type { JobRun } from "../job-handlers";

/** A file of events by the digest of its unpacked content, which is kept. */
export interface UnpackedFile {
  readonly name: string;
  readonly digest: string;
  readonly bytes: number;
}

/** What an upload holds, and how many bytes were unpacked to know it (0: it is no archive). */
export interface UnpackedUpload {
  readonly contents: readonly UnpackedFile[];
  readonly unpackedBytes: number;
}

/**
 * The files in a kept upload: itself, or what gzip or zip holds, each kept by its own digest so that offsets refer to
 * unpacked content. While an archive is unpacked its whole size is not known: progress tells the bytes so far, without a total.
 *
 * @throws SightlineError for a damaged archive, a bomb, or an archive inside an archive; what the signal says, within a chunk
 */
export async function unpackUpload(run: Pick<JobRun, "signal" | "progress">, files: FileStore, upload: UnpackedFile): Promise<UnpackedUpload> {
  const kind = detectArchive(await files.openAt(upload.digest, 0, 4));
  if (kind === null) return { contents: [upload], unpackedBytes: 0 };
  let unpackedBytes = 0;
  let packedBytes = 0;
  const watched = async function* (content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of content) {
      run.signal.throwIfAborted();
      unpackedBytes += chunk.length;
      run.progress(unpackedBytes, null, `Unpacking ${upload.name}: ${formatBytes(Math.min(packedBytes, upload.bytes))} of ${formatBytes(upload.bytes)} packed`);
      yield chunk;
    }
  };
  const source = countReads(keptSource(files, upload.digest, upload.bytes), (bytes) => (packedBytes += bytes));
  const contents: UnpackedFile[] = [];
  for await (const entry of unpack(source, upload.name)) {
    const kept = await files.put(watched(entry.content));
    contents.push({ name: kind === "zip" ? `${upload.name}/${entry.name}` : entry.name, ...kept });
  }
  return { contents, unpackedBytes };
}

function countReads(source: ByteSource, onRead: (bytes: number) => void): ByteSource {
  return {
    size: source.size,
    stream: async function* () {
      for await (const chunk of source.stream()) {
        onRead(chunk.length);
        yield chunk;
      }
    },
    readAt: async (offset, length) => {
      const bytes = await source.readAt(offset, length);
      onRead(bytes.length);
      return bytes;
    },
  };
}
