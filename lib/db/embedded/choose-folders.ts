import { chmodSync, chownSync, cpSync, existsSync, lstatSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SightlineError } from "@/lib/shared/errors";
import { sha256 } from "@/lib/shared/digest";
import { ensureDataFolder, makeEnterable } from "../data-folder";
import type { PostgresBinaries } from "./locate-binaries";
import { chooseServerUser, mayEnter, type ServerUser } from "./server-user";

/** Where the parts of the embedded database stand. */
export interface EmbeddedFolders {
  readonly cluster: string; // PostgreSQL's data folder, 0700, owned by the server's user
  readonly run: string; // locks, users and the server's log; ours
  readonly socket: string; // 0700, owned by the server's user
  readonly user: ServerUser;
  readonly binaries: PostgresBinaries;
  readonly note: string | null; // one sentence when another place than the data folder had to be used
}

const SHARED_HOME = "/var/lib/sightline";
const LOCATION = "pg-location";
const SOCKET_PATH_LIMIT = 107; // bytes in sockaddr_un on Linux, less its final zero
const SOCKET_NAME = "/.s.PGSQL.5432";

/**
 * Decides and makes the folders. As root the server runs as another user, who must be able to enter every parent folder of
 * the cluster and of the binaries; where that fails (a repository under /root), /var/lib/sightline is used, and the data
 * folder remembers it.
 *
 * @throws SightlineError UNAVAILABLE when the data folder cannot be made or written.
 */
export function chooseFolders(dataDir: string, installed: PostgresBinaries): EmbeddedFolders {
  ensureDataFolder(dataDir);
  const run = join(dataDir, "pg-run");
  mkdirSync(run, { recursive: true, mode: 0o700 });
  const remembered = readLocation(dataDir);
  const user = chooseServerUser(remembered ?? join(dataDir, "pg"));
  const inside = mayEnter(user, dataDir);
  const cluster = remembered ?? (inside ? join(dataDir, "pg") : join(SHARED_HOME, sha256(dataDir).slice(0, 16), "pg"));
  if (remembered === null && !inside) {
    makeEnterable(SHARED_HOME);
    makeEnterable(join(cluster, ".."));
    writeFileSync(join(dataDir, LOCATION), `${cluster}\n`);
  }
  const note = cluster === join(dataDir, "pg") ? null : `The database is kept in ${cluster}, because the user ${user?.name ?? "of the server"} may not enter ${dataDir}.`;
  return { cluster, run, socket: chooseSocketFolder(cluster, user), user, binaries: reachableBinaries(installed, user), note };
}

function readLocation(dataDir: string): string | null {
  const file = join(dataDir, LOCATION);
  return existsSync(file) ? readFileSync(file, "utf8").trim() : null;
}

// A socket path is at most 107 bytes long. A long data path gets a short folder whose name follows from it; since anyone
// may make a folder in /tmp, one that is not ours and closed to others is refused.
function chooseSocketFolder(cluster: string, user: ServerUser): string {
  const beside = join(cluster, "..", "pg-socket");
  const short = Buffer.byteLength(beside + SOCKET_NAME) <= SOCKET_PATH_LIMIT;
  const folder = short ? beside : join("/tmp", `sightline-${sha256(cluster).slice(0, 24)}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const before = lstatSync(folder);
  const owner = user?.uid ?? process.getuid?.() ?? before.uid;
  if (!before.isDirectory() || (before.uid !== owner && before.uid !== process.getuid?.())) {
    throw new SightlineError("UNAVAILABLE", `The folder ${folder} for the database's socket belongs to somebody else.`);
  }
  if (user !== null) chownSync(folder, user.uid, user.gid);
  chmodSync(folder, 0o700);
  return folder;
}

function reachableBinaries(installed: PostgresBinaries, user: ServerUser): PostgresBinaries {
  if (mayEnter(user, join(installed.native, "bin"))) return installed;
  const native = join(SHARED_HOME, `postgresql-${installed.version}`);
  if (!existsSync(native)) {
    const temporary = `${native}.${process.pid}`;
    makeEnterable(SHARED_HOME);
    cpSync(installed.native, temporary, { recursive: true, verbatimSymlinks: true });
    try {
      renameSync(temporary, native);
    } catch {
      rmSync(temporary, { recursive: true, force: true }); // another process was first
    }
  }
  return { ...installed, native, initdb: join(native, "bin", "initdb"), postgres: join(native, "bin", "postgres") };
}
