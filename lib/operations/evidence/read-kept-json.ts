import type { FileStore } from "@/lib/files/file-store";

/** A kept JSON document by its digest. @throws SightlineError NOT_FOUND when it is not kept, CONFLICT when it was damaged */
export async function readKeptJson(files: FileStore, digest: string): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of files.open(digest)) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString("utf8"));
}
