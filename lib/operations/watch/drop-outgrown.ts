import { findDataset } from "@/lib/events/store";
import { fileSource } from "@/lib/files/byte-source";
import { startSha256 } from "@/lib/shared/digest";
import type { OperationContext } from "../context";
import { removeDataset } from "../remove-dataset";

/** What the ledger knows of an earlier file. */
export interface EarlierFile {
  readonly digest: string;
  readonly fileName: string;
  readonly size: number; // bytes
}

export interface GrownFile {
  readonly path: string;
  readonly name: string; // in the folder
  readonly size: number; // bytes
  readonly segmentId: string;
}

/**
 * Takes the sample of an earlier reading out when the file has only grown since: its records stand in the new reading too, and
 * would count twice. A file that begins otherwise is another one, and both count. Assessments that counted the earlier reading
 * keep it, as with every sample that is removed.
 *
 * @returns whether one was taken out
 */
export async function dropOutgrown(ctx: OperationContext, file: GrownFile, ledger: readonly EarlierFile[]): Promise<boolean> {
  const shorter = ledger.filter(({ fileName, size }) => fileName === file.name && size > 0 && size < file.size);
  let dropped = false;
  for (const { digest, size } of shorter) {
    const dataset = await findDataset(ctx.db, file.segmentId, digest);
    if (dataset === null || (await digestOfStart(file.path, size)) !== digest) continue;
    await removeDataset(ctx, dataset.id);
    dropped = true;
  }
  return dropped;
}

/** The digest of a file's first bytes. */
async function digestOfStart(path: string, bytes: number): Promise<string> {
  const hash = startSha256();
  let left = bytes;
  for await (const chunk of (await fileSource(path)).stream()) {
    hash.update(chunk.subarray(0, left));
    left -= chunk.length;
    if (left <= 0) break;
  }
  return hash.hex();
}
