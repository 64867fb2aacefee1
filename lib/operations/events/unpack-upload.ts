import { detectArchive, unpack } from "@/lib/files/archives";
import { keptSource } from "@/lib/files/byte-source";
import type { FileStore } from "@/lib/files/file-store";

/** A file of events by the digest of its unpacked content, which is kept. */
export interface UnpackedFile {
  readonly name: string;
  readonly digest: string;
  readonly bytes: number;
}

/**
 * The files in a kept upload: itself, or what gzip or zip holds, each kept by its own digest so that offsets refer to
 * unpacked content.
 *
 * @throws SightlineError for a damaged archive, a bomb, or an archive inside an archive
 */
export async function* unpackUpload(files: FileStore, upload: UnpackedFile): AsyncGenerator<UnpackedFile> {
  const kind = detectArchive(await files.openAt(upload.digest, 0, 4));
  if (kind === null) {
    yield upload;
    return;
  }
  for await (const entry of unpack(keptSource(files, upload.digest, upload.bytes), upload.name)) {
    const kept = await files.put(entry.content);
    yield { name: kind === "zip" ? `${upload.name}/${entry.name}` : entry.name, ...kept };
  }
}
