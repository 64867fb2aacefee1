import { spawnSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { SightlineError } from "@/lib/shared/errors";

/** As whom PostgreSQL runs. null: as ourselves. It refuses to run as root, so root needs somebody else. */
export type ServerUser = { readonly uid: number; readonly gid: number; readonly name: string } | null;

/**
 * The user for a data folder: ourselves, unless we are root; then the owner of an existing cluster, else `postgres`,
 * which is made when absent.
 *
 * @throws SightlineError UNAVAILABLE when an ordinary user meets a cluster of somebody else, or no user can be made.
 */
export function chooseServerUser(clusterFolder: string): ServerUser {
  const owner = ownerOf(clusterFolder);
  const self = process.getuid?.() ?? -1;
  if (self !== 0) {
    if (owner !== null && owner.uid !== self) {
      throw new SightlineError("UNAVAILABLE", `The database in ${clusterFolder} belongs to another user of this machine.`, {
        remedy: "Run Sightline as that user, or set SIGHTLINE_DATA to a folder of your own.",
      });
    }
    return null;
  }
  if (owner !== null && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid, name: nameOf(owner.uid) };
  return findUser("postgres") ?? makeUser("postgres");
}

/** True when that user may enter the folder and, if asked, write there. The system decides, so that ACLs count too. */
export function mayEnter(user: ServerUser, folder: string, write = false): boolean {
  const test = spawnSync("/bin/sh", ["-c", `cd -- "$1" ${write ? "&& test -w ." : ""}`, "sh", folder], { ...identity(user), cwd: "/", stdio: "ignore" });
  return test.status === 0;
}

/** uid and gid for spawn; nothing when the server runs as ourselves. */
export function identity(user: ServerUser): { uid: number; gid: number } | Record<string, never> {
  return user === null ? {} : { uid: user.uid, gid: user.gid };
}

function ownerOf(folder: string): { uid: number; gid: number } | null {
  try {
    const { uid, gid } = statSync(folder);
    return { uid, gid };
  } catch {
    return null;
  }
}

function findUser(name: string): ServerUser {
  const line = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .find((entry) => entry.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(":") ?? [];
  return uid === undefined || gid === undefined ? null : { uid: Number(uid), gid: Number(gid), name };
}

function nameOf(uid: number): string {
  const line = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .find((entry) => entry.split(":")[2] === String(uid));
  return line?.split(":")[0] ?? `number ${uid}`;
}

function makeUser(name: string): ServerUser {
  const made = spawnSync("useradd", ["--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", name], { encoding: "utf8" });
  const user = made.status === 0 ? findUser(name) : null;
  if (user === null) {
    throw new SightlineError("UNAVAILABLE", `PostgreSQL does not run as root, and the user "${name}" could not be made.`, {
      remedy: "Run Sightline as an ordinary user, or set DATABASE_URL to a PostgreSQL server.",
    });
  }
  return user;
}
