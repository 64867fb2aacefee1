import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** One SHA-256 over names and contents of files and folders below root, in a fixed order: changes when any of them does. */
export function digestFiles(root, paths, skip = () => false) {
  const hash = createHash("sha256");
  const visit = (path) => {
    const full = join(root, path);
    if (!existsSync(full) || skip(path)) return;
    if (statSync(full).isDirectory()) {
      for (const name of readdirSync(full).sort()) visit(join(path, name));
      return;
    }
    hash.update(`${path}\0`).update(readFileSync(full));
  };
  for (const path of paths) visit(path);
  return hash.digest("hex");
}
