import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { projectRoot } from "@/lib/db/project-root";

const FOLDER = "prisma/packs";

/** The packs that ship with Sightline, each as its files by path; their folders are named for their analytics. */
export async function readBuiltInPacks(): Promise<{ readonly analytic: string; readonly files: ReadonlyMap<string, Uint8Array> }[]> {
  const root = join(projectRoot(), FOLDER);
  const folders = (await readdir(root, { withFileTypes: true })).filter((entry) => entry.isDirectory()).map(({ name }) => name).sort();
  return Promise.all(folders.map(async (analytic) => ({ analytic, files: await readPackFolder(join(root, analytic)) })));
}

/** All files below a folder, by path with "/" between names. */
export async function readPackFolder(folder: string): Promise<Map<string, Uint8Array>> {
  const entries = (await readdir(folder, { withFileTypes: true, recursive: true })).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => join(entry.parentPath, entry.name)).sort();
  return new Map(await Promise.all(paths.map(async (path): Promise<[string, Uint8Array]> => [path.slice(folder.length + 1).replaceAll("\\", "/"), await readFile(path)])));
}
