import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openEmbedded } from "@/lib/db/embedded/open-embedded";
import { isAlive, ownIdentity, parseIdentity } from "@/lib/db/embedded/process-identity";
import { stopServer } from "@/lib/db/embedded/run-server";

const PREFIX = "sightline-test-";
const OWNER = "owner.json";

/** An empty PostgreSQL of its own in a temporary folder, not durable, gone at stop(). */
export interface TemporaryCluster {
  readonly dataDir: string;
  readonly connection: { readonly host: string; readonly port: number; readonly user: string; readonly database: string };
  stop(): Promise<void>;
}

/** Starts one; `prepare` may fill its data folder first (from a template). Clusters whose test process was killed are cleared away. */
export async function startTemporaryCluster(prepare: (dataDir: string) => void = () => {}): Promise<TemporaryCluster> {
  await sweep();
  const dataDir = mkdtempSync(join(tmpdir(), PREFIX));
  writeFileSync(join(dataDir, OWNER), JSON.stringify(ownIdentity()));
  chmodSync(dataDir, 0o711); // as root the server runs as another user
  prepare(dataDir);
  const server = await openEmbedded(dataDir, { durable: false });
  return {
    dataDir,
    connection: server.connection,
    stop: async () => {
      await server.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function sweep(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    const folder = join(tmpdir(), name);
    const owner = join(folder, OWNER);
    if (!name.startsWith(PREFIX) || !existsSync(owner)) continue;
    try {
      if (isAlive(parseIdentity(readFileSync(owner, "utf8")))) continue;
      await stopServer(join(folder, "pg"));
      rmSync(folder, { recursive: true, force: true });
    } catch {
      // another process sweeps it at the same time, or it is somebody else's
    }
  }
}
