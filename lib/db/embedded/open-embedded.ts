import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import pg from "pg";
import { chooseFolders, type EmbeddedFolders } from "./choose-folders";
import { withLock } from "./generation-lock";
import { locateBinaries } from "./locate-binaries";
import { isAlive, ownIdentity, parseIdentity } from "./process-identity";
import { ensureCluster, runningServer, startServer, stopServer, SUPERUSER, type ServerSettings } from "./run-server";

export const DATABASE = "sightline";

/** A share in the embedded server of a data folder. */
export interface EmbeddedServer {
  readonly connection: { readonly host: string; readonly port: number; readonly user: string; readonly database: string };
  readonly note: string | null; // where the data went when it could not go into the data folder
  /** Starts the server again when it died (it was killed): long-running processes call this now and then. */
  revive(): Promise<boolean>;
  /** Gives the share back; the last living user stops the server. */
  close(): Promise<void>;
}

/**
 * Joins the embedded PostgreSQL of a data folder, making and starting it when needed. Several processes may do so at once.
 * Each leaves a file with its identity in `pg-run/users`; one that crashed is told by its dead identity and not counted.
 */
export async function openEmbedded(dataDir: string, settings: ServerSettings = { durable: true }): Promise<EmbeddedServer> {
  const folders = chooseFolders(resolve(dataDir), locateBinaries());
  const users = join(folders.run, "users");
  mkdirSync(users, { recursive: true, mode: 0o700 });
  const mine = join(users, `${process.pid}-${serial++}`);
  await withLock(folders.run, async () => {
    await ensureRunning(folders, settings);
    writeFileSync(mine, JSON.stringify(ownIdentity()));
  });
  return {
    connection: { host: folders.socket, port: 5432, user: SUPERUSER, database: DATABASE },
    note: folders.note,
    revive: async () => {
      if (runningServer(folders.cluster) !== null) return false;
      return withLock(folders.run, () => ensureRunning(folders, settings));
    },
    close: () =>
      withLock(folders.run, async () => {
        rmSync(mine, { force: true });
        if (!hasLivingUser(users)) await stopServer(folders.cluster);
      }),
  };
}

let serial = 0;

async function ensureRunning(folders: EmbeddedFolders, settings: ServerSettings): Promise<boolean> {
  if (runningServer(folders.cluster)?.ready) return false;
  ensureCluster(folders);
  await startServer(folders, settings);
  await ensureDatabase(folders.socket);
  return true;
}

// The server may have crashed between its first start and this step: every start looks.
async function ensureDatabase(host: string): Promise<void> {
  const client = new pg.Client({ host, port: 5432, user: SUPERUSER, database: "postgres" });
  await client.connect();
  try {
    const found = await client.query("select 1 from pg_database where datname = $1", [DATABASE]);
    if (found.rowCount === 0) await client.query(`create database ${DATABASE}`);
  } finally {
    await client.end();
  }
}

function hasLivingUser(users: string): boolean {
  let living = false;
  for (const name of readdirSync(users)) {
    const file = join(users, name);
    if (isAlive(parseIdentity(readFileSync(file, "utf8")))) living = true;
    else rmSync(file, { force: true });
  }
  return living;
}
