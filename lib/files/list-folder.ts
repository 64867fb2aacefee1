import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { SightlineError } from "@/lib/shared/errors";
import { systemReason } from "@/lib/shared/system-error";

const MOST_FILES = 20_000;
const DEEPEST = 6;

/**
 * The files in a folder and below it, by name, with size and time of change. Links are not followed. A file that goes away
 * while the folder is read is left out.
 *
 * @throws SightlineError UNAVAILABLE when the folder cannot be read, TOO_LARGE when it holds too many files
 */
export async function listFolder(folder: string): Promise<{ readonly name: string; readonly size: number; readonly mtimeMs: number }[]> {
  const found: { name: string; size: number; mtimeMs: number }[] = [];
  const read = async (inside: string, depth: number): Promise<void> => {
    const entries = await readdir(join(folder, inside), { withFileTypes: true }).catch((error: unknown) => {
      const reason = systemReason(error);
      if (inside !== "" && reason !== null) return []; // a folder that went away meanwhile
      throw new SightlineError("UNAVAILABLE", `The folder cannot be read${reason === null ? "" : `: ${reason.words}`}.`, { file: folder, ...(reason === null ? {} : { remedy: reason.remedy }) }, { cause: error });
    });
    for (const entry of entries) {
      const name = inside === "" ? entry.name : `${inside}/${entry.name}`;
      if (entry.isDirectory() && depth < DEEPEST) await read(name, depth + 1);
      if (!entry.isFile()) continue;
      const seen = await stat(join(folder, name)).catch(() => null);
      if (seen !== null) found.push({ name, size: seen.size, mtimeMs: seen.mtimeMs });
      if (found.length > MOST_FILES) throw new SightlineError("TOO_LARGE", `The folder holds more than ${MOST_FILES} files.`, { file: folder, remedy: "Move files that were imported elsewhere." });
    }
  };
  await read("", 0);
  return found.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}
