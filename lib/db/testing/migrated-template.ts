import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { withLock } from "@/lib/db/embedded/generation-lock";
import { locateBinaries } from "@/lib/db/embedded/locate-binaries";
import { openEmbedded } from "@/lib/db/embedded/open-embedded";
import { migrate, readMigrations } from "@/lib/db/migrate";
import { digestOf } from "@/lib/shared/digest";

/**
 * A stopped cluster with all migrations applied, made once per set of migrations, PostgreSQL version and user, and kept in
 * the system's temporary folder: copying it is much faster than initdb and migrating for each test file.
 *
 * @returns its data folder, to be copied by copyCluster.
 */
export async function migratedTemplate(): Promise<string> {
  const migrations = readMigrations();
  const key = digestOf({ version: locateBinaries().version, uid: process.getuid?.() ?? 0, checksums: migrations.map(({ checksum }) => checksum) });
  const folder = join(tmpdir(), `sightline-template-${key.slice(0, 16)}`);
  const ready = join(folder, "ready");
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o711);
  if (existsSync(ready)) return folder;
  await withLock(folder, async () => {
    if (existsSync(ready)) return;
    rmSync(join(folder, "pg"), { recursive: true, force: true });
    const server = await openEmbedded(folder, { durable: false });
    await migrate(server.connection, migrations);
    await server.close();
    writeFileSync(ready, "");
  });
  return folder;
}

/** Copies the template's cluster with its owners and modes. */
export function copyCluster(template: string, dataDir: string): void {
  const copied = spawnSync("cp", ["-a", join(template, "pg"), join(dataDir, "pg")], { encoding: "utf8" });
  if (copied.status !== 0) throw new Error(`the test cluster could not be copied: ${copied.stderr}`);
}
