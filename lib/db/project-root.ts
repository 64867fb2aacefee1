import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";

let found: string | undefined;

/** The folder of this project: where prisma/migrations and node_modules stand, whatever the working directory is and wherever a bundler moved this file. */
export function projectRoot(): string {
  found ??= walkUp(dirname(fileURLToPath(import.meta.url))) ?? walkUp(process.cwd()) ?? process.cwd();
  return found;
}

function walkUp(start: string): string | null {
  for (let folder = start; ; folder = dirname(folder)) {
    const manifest = join(folder, "package.json");
    if (existsSync(manifest) && nameOf(manifest) === "sightline") return folder;
    if (folder === dirname(folder)) return null;
  }
}

function nameOf(manifest: string): string | undefined {
  return z.object({ name: z.string().optional() }).parse(JSON.parse(readFileSync(manifest, "utf8"))).name;
}
