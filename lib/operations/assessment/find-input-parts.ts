import type { InputParts } from "@/lib/assessment/input-parts";
import { scanInputParts } from "@/lib/assessment/scan-input-parts";
import type { FileStore } from "@/lib/files/file-store";

// The places are a few MB for a large fleet, the file hundreds: only the places of the last few are remembered.
const REMEMBERED = 4;
const found = new Map<string, Promise<InputParts>>();

/**
 * Where the parts of a kept input lie, of an assessment that an earlier version stored without noting them: the file is read once,
 * chunk by chunk, and not held.
 *
 * @throws SightlineError NOT_FOUND when it is not kept, CONFLICT when it was damaged
 */
export async function findInputParts(files: FileStore, digest: string): Promise<InputParts> {
  let parts = found.get(digest);
  if (parts === undefined) {
    parts = scanFile(files, digest);
    found.set(digest, parts);
    parts.catch(() => found.delete(digest)); // a broken read is tried again
    const oldest = found.keys().next().value;
    if (found.size > REMEMBERED && oldest !== undefined) found.delete(oldest);
  }
  return parts;
}

async function scanFile(files: FileStore, digest: string): Promise<InputParts> {
  const scan = scanInputParts();
  for await (const chunk of files.open(digest)) scan.push(chunk);
  return scan.end();
}
