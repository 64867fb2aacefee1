import { spawn, spawnSync } from "node:child_process";
import { chmodSync, chownSync, closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { SightlineError } from "@/lib/shared/errors";
import type { EmbeddedFolders } from "./choose-folders";
import { identifyProcess, isNumberTaken, processesWorkingIn } from "./process-identity";
import { identity } from "./server-user";

export const SUPERUSER = "sightline";
const MAJOR = "18";
const LOG_LIMIT = 10 * 1024 * 1024;
const START_PATIENCE_MS = 60_000;
const ENVIRONMENT: NodeJS.ProcessEnv = { NODE_ENV: process.env.NODE_ENV, PATH: "/usr/bin:/bin", LC_ALL: "C", TZ: "UTC" };

/** Settings of a start. durable false is for tests only: nothing is flushed, a power cut loses the cluster. */
export interface ServerSettings {
  readonly durable: boolean;
}

/**
 * Makes the cluster when there is none. A crash in the middle leaves only a folder with another name, which is cleared
 * away: `pg` appears whole or not at all. Sorting is by bytes ("builtin" provider), the same on every machine.
 *
 * @returns whether a cluster was made.
 */
export function ensureCluster(folders: EmbeddedFolders): boolean {
  const parent = join(folders.cluster, "..");
  for (const name of readdirSync(parent)) if (name.startsWith("pg-new-")) rmSync(join(parent, name), { recursive: true, force: true });
  const versionFile = join(folders.cluster, "PG_VERSION");
  if (existsSync(versionFile)) {
    const found = readFileSync(versionFile, "utf8").trim();
    if (found !== MAJOR) {
      throw new SightlineError("UNAVAILABLE", `The database in ${folders.cluster} was made by PostgreSQL ${found}; this program brings PostgreSQL ${MAJOR}.`);
    }
    return false;
  }
  const fresh = join(parent, `pg-new-${process.pid}`);
  mkdirSync(fresh, { mode: 0o700 });
  if (folders.user !== null) chownSync(fresh, folders.user.uid, folders.user.gid);
  chmodSync(fresh, 0o700);
  const made = spawnSync(
    folders.binaries.initdb,
    ["-D", fresh, "-U", SUPERUSER, "--auth=trust", "--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--no-instructions", "--no-sync"],
    { ...identity(folders.user), cwd: "/", env: ENVIRONMENT, encoding: "utf8" },
  );
  if (made.status !== 0) {
    rmSync(fresh, { recursive: true, force: true });
    throw new SightlineError("UNAVAILABLE", `The database could not be created in ${folders.cluster}: ${lastLine(made.stderr) || made.error?.message || "initdb failed"}.`);
  }
  spawnSync("sync", ["-f", fresh]); // --no-sync spares initdb's own pass; one flush before the name appears is enough
  renameSync(fresh, folders.cluster);
  return true;
}

/** The number of the running server of this cluster, once it accepts connections; null when none runs. */
export function runningServer(cluster: string): { pid: number; ready: boolean } | null {
  const lines = readPidFile(cluster);
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0 || !isPostgresOf(pid, cluster)) return null;
  return { pid, ready: (lines[7] ?? "").trim() === "ready" };
}

/** Starts the server and waits until it accepts connections. The caller holds the lock. */
export async function startServer(folders: EmbeddedFolders, settings: ServerSettings): Promise<void> {
  const deadline = Date.now() + START_PATIENCE_MS;
  const logFile = join(folders.run, "server.log");
  for (;;) {
    await clearRemains(folders, deadline);
    if (existsSync(logFile) && statSync(logFile).size > LOG_LIMIT) rmSync(logFile);
    const before = existsSync(logFile) ? statSync(logFile).size : 0;
    if (await launch(folders, settings, logFile, deadline)) return;
    const said = readFileSync(logFile).subarray(before).toString("utf8");
    // Processes of a server that was killed need a moment to notice; PostgreSQL says so by this message.
    if (/shared memory block .*still in use/.test(said) && Date.now() < deadline) {
      await sleep(200);
      continue;
    }
    const reason = said.split("\n").findLast((line) => /FATAL|PANIC|error while loading/.test(line)) ?? lastLine(said);
    throw new SightlineError("UNAVAILABLE", `The embedded database did not start: ${reason.replace(/^.*?(FATAL|PANIC):\s*/, "") || "see its log"}.`, { file: logFile });
  }
}

/** Stops the server in an orderly way: open connections are ended, everything is written. */
export async function stopServer(cluster: string): Promise<void> {
  const server = runningServer(cluster);
  if (server === null) return;
  process.kill(server.pid, "SIGINT");
  for (const deadline = Date.now() + START_PATIENCE_MS; identifyProcess(server.pid) !== null; ) {
    if (Date.now() > deadline) throw new SightlineError("UNAVAILABLE", `The database in ${cluster} does not stop.`);
    await sleep(10);
  }
}

async function launch(folders: EmbeddedFolders, settings: ServerSettings, logFile: string, deadline: number): Promise<boolean> {
  const log = openSync(logFile, "a", 0o600);
  const options = {
    listen_addresses: "",
    unix_socket_directories: `"${folders.socket}"`,
    unix_socket_permissions: "0700",
    port: "5432",
    max_connections: "100",
    timezone: "UTC",
    log_timezone: "UTC",
    max_wal_size: "512MB",
    ...(settings.durable ? {} : { fsync: "off", synchronous_commit: "off", full_page_writes: "off", shared_buffers: "32MB", autovacuum: "off" }),
  };
  // A session of its own, so that Ctrl-C in a terminal reaches its users and not the server.
  const server = spawn(folders.binaries.postgres, ["-D", folders.cluster, ...Object.entries(options).flatMap(([name, value]) => ["-c", `${name}=${value}`])], {
    ...identity(folders.user),
    cwd: "/",
    env: ENVIRONMENT,
    detached: true,
    stdio: ["ignore", log, log],
  });
  closeSync(log);
  let ended = false;
  server.on("exit", () => (ended = true));
  server.on("error", () => (ended = true));
  server.unref();
  while (Date.now() < deadline && !ended) {
    if (runningServer(folders.cluster)?.ready) return true;
    await sleep(10);
  }
  if (!ended) server.kill("SIGINT");
  return false;
}

// What a killed server leaves. Its pid file also guards against its surviving children (shared memory), so it is removed
// only where PostgreSQL would take it for a running server (the number belongs to another program by now, or to a dead process
// that nobody collected, as in containers), and then only once no process works in the data folder any more.
async function clearRemains(folders: EmbeddedFolders, deadline: number): Promise<void> {
  const pid = Number(readPidFile(folders.cluster)[0]);
  if (Number.isInteger(pid) && pid > 0 && isNumberTaken(pid)) {
    while (processesWorkingIn(folders.cluster).length > 0 && Date.now() < deadline) await sleep(50);
    rmSync(join(folders.cluster, "postmaster.pid"), { force: true });
  }
  for (const name of [".s.PGSQL.5432", ".s.PGSQL.5432.lock"]) rmSync(join(/*turbopackIgnore: true*/ folders.socket, name), { force: true });
}

function readPidFile(cluster: string): string[] {
  try {
    return readFileSync(join(cluster, "postmaster.pid"), "utf8").split("\n");
  } catch {
    return [];
  }
}

// A number in a stale file may belong to any program by now: on Linux a server works in its own data folder.
function isPostgresOf(pid: number, cluster: string): boolean {
  if (identifyProcess(pid) === null) return false;
  return process.platform !== "linux" || processesWorkingIn(cluster).includes(pid);
}

function lastLine(text: string | null): string {
  return (text ?? "").trim().split("\n").at(-1)?.trim() ?? "";
}
