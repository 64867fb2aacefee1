import { readdir, stat } from "node:fs/promises";
import { basename, join, relative } from "node:path";
import { SightlineError } from "@/lib/shared/errors";

export interface EventFile {
  readonly path: string;
  readonly name: string; // as given, or from the folder that was given: what --host-from reads
}

/** The files to import: those given, and all in the folders given, in the order of their names. Hidden files and links are left out. */
export async function listEventFiles(paths: readonly string[]): Promise<EventFile[]> {
  const found: EventFile[] = [];
  for (const path of paths) {
    const kind = await stat(path).catch(() => null);
    if (kind === null) throw new SightlineError("NOT_FOUND", "There is no such file or folder.", { file: path });
    if (!kind.isDirectory()) {
      found.push({ path, name: basename(path) });
      continue;
    }
    for await (const file of filesIn(path)) found.push({ path: file, name: join(basename(path), relative(path, file)) });
  }
  if (found.length === 0) throw new SightlineError("INVALID", "The folder holds no files.", { file: paths.join(", ") });
  return found;
}

async function* filesIn(folder: string): AsyncGenerator<string> {
  const entries = await readdir(folder, { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith(".")) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesIn(path);
    else if (entry.isFile()) yield path;
  }
}
