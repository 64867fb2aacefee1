import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { chooseFolders } from "@/lib/db/embedded/choose-folders";
import { locateBinaries } from "@/lib/db/embedded/locate-binaries";
import { identity } from "@/lib/db/embedded/server-user";

export const TCP_USER = "fleet_owner";
export const TCP_PASSWORD = "p@ss/word:1"; // must be percent-encoded in an address

/** A PostgreSQL server as a team runs one: TCP, passwords, its own language and time zone. */
export interface TcpServer {
  readonly port: number;
  /** An address with user and password for one of its databases. */
  url(database: string): string;
  /** Runs statements in one of its databases, as its superuser. */
  query(database: string, text: string): Promise<unknown[]>;
  /** Ends it in an orderly way; start() brings it back on the same port with its data. */
  halt(): Promise<void>;
  start(): Promise<void>;
  /** Ends it for good and removes its folder. */
  stop(): Promise<void>;
}

/** The programs of a server: of the npm package, or of another version when a folder is named. */
export interface ServerPrograms {
  readonly bin?: string;
}

const SETTINGS = ["listen_addresses=127.0.0.1", "unix_socket_directories=", "fsync=off", "shared_buffers=32MB", "timezone=Asia/Kolkata", "log_min_messages=fatal"];

/** Makes a cluster with password logins and English dictionary order, and starts it on a free port. */
export async function startTcpServer({ bin }: ServerPrograms = {}): Promise<TcpServer> {
  const folder = mkdtempSync(join(tmpdir(), "sightline-tcp-"));
  chmodSync(folder, 0o711);
  const { user, binaries } = chooseFolders(folder, locateBinaries());
  const programs = bin === undefined ? binaries : { initdb: join(bin, "initdb"), postgres: join(bin, "postgres") };
  const [cluster, passwords] = [join(folder, "cluster"), join(folder, "password")];
  mkdirSync(cluster, { mode: 0o700 });
  writeFileSync(passwords, TCP_PASSWORD, { mode: 0o600 });
  if (user !== null) for (const path of [cluster, passwords]) chownSync(path, user.uid, user.gid);
  const run = { ...identity(user), cwd: "/", env: { NODE_ENV: process.env.NODE_ENV, PATH: "/usr/bin:/bin", LC_ALL: "C" } };
  const made = spawnSync(programs.initdb, ["-D", cluster, "-U", TCP_USER, "--auth=scram-sha-256", `--pwfile=${passwords}`, "--encoding=UTF8", "--locale-provider=icu", "--icu-locale=en-US", "--locale=C", "--no-sync"], { ...run, encoding: "utf8" });
  if (made.status !== 0) throw new Error(`initdb: ${made.stderr}`);
  const port = await freePort();
  const config = (database: string) => ({ host: "127.0.0.1", port, user: TCP_USER, password: TCP_PASSWORD, database });
  let running: ReturnType<typeof launch> | null = null;
  const launch = () => spawn(programs.postgres, ["-D", cluster, "-p", String(port), ...SETTINGS.flatMap((setting) => ["-c", setting])], { ...run, stdio: "ignore" });
  const server: TcpServer = {
    port,
    url: (database) => `postgresql://${TCP_USER}:${encodeURIComponent(TCP_PASSWORD)}@127.0.0.1:${port}/${database}`,
    query: async (database, text) => {
      const client = new pg.Client(config(database));
      await client.connect();
      return client.query(text).then(({ rows }) => rows).finally(() => client.end());
    },
    start: async () => {
      running = launch();
      for (const until = performance.now() + 30_000; ; await sleep(50)) {
        const answer = await server.query("postgres", "select 1").catch((error: unknown) => error);
        if (Array.isArray(answer)) return;
        if (performance.now() > until || running.exitCode !== null) throw new Error("the test server did not start", { cause: answer });
      }
    },
    halt: async () => {
      const ending = running;
      running = null;
      if (ending === null || ending.exitCode !== null) return;
      ending.kill("SIGINT");
      await once(ending, "exit");
    },
    stop: async () => {
      await server.halt();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await server.start();
  return server;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => (typeof address === "object" && address !== null ? resolve(address.port) : reject(new Error("no port"))));
    });
  });
}
