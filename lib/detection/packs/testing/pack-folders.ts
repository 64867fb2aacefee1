import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Where the packs that come with Sightline are. */
export const PACKS = join(import.meta.dirname, "../../../../prisma/packs");

/** Names of the pack folders, sorted. */
export function packFolders(): string[] {
  return readdirSync(PACKS, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name).sort();
}

/** The files of one pack by path in its folder. */
export function packFiles(name: string): Map<string, Uint8Array> {
  const folder = join(PACKS, name);
  const files = new Map<string, Uint8Array>();
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isFile()) files.set(join(entry.parentPath, entry.name).slice(folder.length + 1).replaceAll("\\", "/"), readFileSync(join(entry.parentPath, entry.name)));
  }
  return files;
}
