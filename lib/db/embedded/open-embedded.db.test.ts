import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterEach, describe, expect, test } from "vitest";
import { projectRoot } from "@/lib/db/project-root";
import { chooseFolders } from "./choose-folders";
import { locateBinaries } from "./locate-binaries";
import { openEmbedded } from "./open-embedded";
import { identifyProcess, processesWorkingIn } from "./process-identity";
import { runningServer, stopServer } from "./run-server";

const isRoot = process.getuid?.() === 0;
const ORDINARY = 65_534; // nobody
const made: string[] = [];

function newFolder(mode = 0o711): string {
  const folder = mkdtempSync(join(tmpdir(), "sightline-embedded-"));
  chmodSync(folder, mode);
  made.push(folder);
  return folder;
}

afterEach(async () => {
  for (const folder of made.splice(0)) {
    const location = join(folder, "data", "pg-location");
    const cluster = existsSync(location) ? readFileSync(location, "utf8").trim() : join(folder, "data", "pg");
    await stopServer(cluster);
    if (existsSync(location)) rmSync(join(cluster, ".."), { recursive: true, force: true });
    rmSync(folder, { recursive: true, force: true });
  }
});

function startUser(args: readonly string[], uid?: number): ChildProcess & { output: () => string; ended: Promise<number | null> } {
  const child = spawn(process.execPath, ["--import", "tsx", "lib/db/testing/database-user.ts", ...args], {
    cwd: projectRoot(),
    stdio: ["pipe", "pipe", "pipe"],
    ...(uid === undefined ? {} : { uid, gid: uid, env: { PATH: process.env.PATH, HOME: "/nonexistent", NODE_ENV: "test" } }),
  });
  let text = "";
  child.stdout.on("data", (part: Buffer) => (text += part.toString()));
  child.stderr.on("data", (part: Buffer) => (text += part.toString()));
  const ended = new Promise<number | null>((resolve) => child.once("close", (code) => resolve(code)));
  return Object.assign(child, { output: () => text, ended });
}

async function until(condition: () => boolean, what: string): Promise<void> {
  for (let i = 0; i < 1500; i += 1) {
    if (condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`waited in vain for ${what}`);
}

async function query(connection: pg.ClientConfig, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

describe("the embedded database", () => {
  test("is made, joined by a second user, and stopped by the last to leave", async () => {
    const data = join(newFolder(), "data");
    const first = await openEmbedded(data);
    const second = await openEmbedded(data);
    await first.close();
    expect(runningServer(join(data, "pg"))?.ready).toBe(true);
    expect(await query(second.connection, "select 1 as one")).toEqual([{ one: 1 }]);
    await second.close();
    expect(runningServer(join(data, "pg"))).toBeNull();
  });

  test("listens on a Unix socket in a closed folder only, sorts by bytes and keeps UTC", async () => {
    const data = join(newFolder(), "data");
    const server = await openEmbedded(data);
    const settings = await query(server.connection, "select current_setting('listen_addresses') as tcp, current_setting('timezone') as zone, 'Z' < 'a' as bytes, current_setting('fsync') as fsync");
    expect(settings).toEqual([{ tcp: "", zone: "UTC", bytes: true, fsync: "on" }]);
    expect(statSync(server.connection.host).mode & 0o777).toBe(0o700);
    expect(statSync(join(data, "pg")).mode & 0o777).toBe(0o700);
    await server.close();
  });

  test("six processes that open a new data folder at once share one database, and the last one stops it", async () => {
    const data = join(newFolder(), "data");
    const users = Array.from({ length: 6 }, () => startUser([data, "count", "20"]));
    expect(await Promise.all(users.map((user) => user.ended)), users.map((user) => user.output()).join("\n")).toEqual([0, 0, 0, 0, 0, 0]);
    expect(runningServer(join(data, "pg"))).toBeNull();
    const server = await openEmbedded(data);
    expect(await query(server.connection, "select count(*)::int as n, count(distinct writer)::int as writers from line")).toEqual([{ n: 120, writers: 6 }]);
    await server.close();
  });

  test("kill -9 of the server: everything committed is there after the next start, nothing else", async () => {
    const data = join(newFolder(), "data");
    const writer = startUser([data, "write-for-ever"]);
    await until(() => writer.output().split("\n").length > 100, "a hundred rows");
    const server = runningServer(join(data, "pg"));
    process.kill(server?.pid ?? 0, "SIGKILL");
    await writer.ended; // its connection broke
    const acknowledged = writer.output().split("\n").filter((line) => /^\d+$/.test(line)).map(Number);
    const again = await openEmbedded(data);
    const rows = (await query(again.connection, "select n from line order by n")).map((row) => Number(row.n));
    expect(rows.slice(0, acknowledged.length)).toEqual(acknowledged);
    expect(rows.length - acknowledged.length).toBeLessThanOrEqual(1); // committed, but its number did not get out
    await again.close();
    expect(runningServer(join(data, "pg"))).toBeNull();
  });

  test("kill -9 of a user: the others go on, and the dead one does not keep the server running", async () => {
    const data = join(newFolder(), "data");
    const survivor = await openEmbedded(data);
    const victim = startUser([data, "write-for-ever"]);
    await until(() => victim.output().split("\n").length > 20, "rows");
    victim.kill("SIGKILL");
    await victim.ended;
    expect(readdirSync(join(data, "pg-run", "users"))).toHaveLength(2);
    expect((await query(survivor.connection, "select count(*)::int as n from line"))[0]?.n).toBeGreaterThanOrEqual(20);
    await survivor.close();
    expect(runningServer(join(data, "pg"))).toBeNull();
  });

  test("kill -9 of the only user and of the server at once: the next start recovers", async () => {
    const data = join(newFolder(), "data");
    const user = startUser([data, "write-for-ever"]);
    await until(() => user.output().split("\n").length > 20, "rows");
    user.kill("SIGKILL");
    process.kill(runningServer(join(data, "pg"))?.pid ?? 0, "SIGKILL");
    const again = startUser([data, "count", "1"]);
    expect(await again.ended, again.output()).toBe(0);
  });

  test("a long-running user brings a killed server back", async () => {
    const data = join(newFolder(), "data");
    const server = await openEmbedded(data);
    expect(await server.revive()).toBe(false);
    process.kill(runningServer(join(data, "pg"))?.pid ?? 0, "SIGKILL");
    await until(() => runningServer(join(data, "pg")) === null, "its end");
    expect(await server.revive()).toBe(true);
    expect(await query(server.connection, "select 1 as one")).toEqual([{ one: 1 }]);
    await server.close();
  });

  test("a pid file whose number belongs to another program by now does not stop the start", async () => {
    const data = join(newFolder(), "data");
    await (await openEmbedded(data)).close();
    writeFileSync(join(data, "pg", "postmaster.pid"), `${process.pid}\n${join(data, "pg")}\n1700000000\n5432\n${data}\n\n 1 1\nready   \n`);
    if (isRoot) chownSync(join(data, "pg", "postmaster.pid"), statSync(join(data, "pg")).uid, statSync(join(data, "pg")).gid);
    const server = await openEmbedded(data);
    expect(await query(server.connection, "select 1 as one")).toEqual([{ one: 1 }]);
    expect(identifyProcess(process.pid)).not.toBeNull();
    await server.close();
  });

  test("what a crash during creation left is cleared away", async () => {
    const data = join(newFolder(), "data");
    mkdirSync(join(data, "pg-new-1"), { recursive: true });
    const server = await openEmbedded(data);
    expect(readdirSync(data)).not.toContain("pg-new-1");
    await server.close();
  });

  test("a data path too long for a socket uses a short, closed folder", async () => {
    const data = join(newFolder(), "a-rather-long-name-".repeat(6), "data");
    mkdirSync(data, { recursive: true });
    const server = await openEmbedded(data);
    expect(server.connection.host.length).toBeLessThan(60);
    expect(statSync(server.connection.host).mode & 0o777).toBe(0o700);
    expect(await query(server.connection, "select 1 as one")).toEqual([{ one: 1 }]);
    await server.close();
    rmSync(server.connection.host, { recursive: true });
  });

  test("a cluster of another PostgreSQL version is left alone, in one sentence", async () => {
    const data = join(newFolder(), "data");
    await (await openEmbedded(data)).close();
    writeFileSync(join(data, "pg", "PG_VERSION"), "15\n");
    await expect(openEmbedded(data)).rejects.toMatchObject({ code: "UNAVAILABLE", message: expect.stringContaining("PostgreSQL 15") });
    writeFileSync(join(data, "pg", "PG_VERSION"), "18\n");
  });

  test("runs as an ordinary user as well", async () => {
    const folder = newFolder(0o755);
    if (isRoot) chownSync(folder, ORDINARY, ORDINARY);
    const user = startUser([join(folder, "data"), "count", "3"], isRoot ? ORDINARY : undefined);
    expect(await user.ended, user.output()).toBe(0);
    expect(user.output()).toContain("rows 3");
    expect(statSync(join(folder, "data", "pg")).uid).toBe(isRoot ? ORDINARY : process.getuid?.());
  });

  test.skipIf(!isRoot)("as root it runs as the unprivileged user, also after an ordinary user made the data", async () => {
    const folder = newFolder(0o755);
    const server = await openEmbedded(join(folder, "data"));
    const pid = runningServer(join(folder, "data", "pg"))?.pid ?? 0;
    expect(readFileSync(`/proc/${pid}/status`, "utf8")).toMatch(/^Uid:\s+(?!0\b)\d+/m);
    await server.close();
    const theirs = newFolder(0o755);
    chownSync(theirs, ORDINARY, ORDINARY);
    await startUser([join(theirs, "data"), "count", "3"], ORDINARY).ended;
    const joined = await openEmbedded(join(theirs, "data"));
    expect(await query(joined.connection, "select count(*)::int as n from line")).toEqual([{ n: 3 }]);
    await joined.close();
  });

  test.skipIf(!isRoot)("as root, a parent folder that the server's user may not enter is named, and another place is used and remembered", async () => {
    const data = join(newFolder(0o700), "data");
    const first = startUser([data, "count", "3"]);
    expect(await first.ended, first.output()).toBe(0);
    expect(first.output()).toMatch(/note: The database is kept in \/var\/lib\/sightline\/.* may not enter/);
    const second = startUser([data, "count", "2"]);
    expect(await second.ended).toBe(0);
    expect(second.output()).toContain("rows 5");
    expect(existsSync(join(data, "pg"))).toBe(false);
  });

  test.skipIf(!isRoot)("as root, programs in a folder that the server's user may not enter are copied to where it may", () => {
    const installed = locateBinaries();
    const native = join(newFolder(0o700), "native");
    cpSync(installed.native, native, { recursive: true, verbatimSymlinks: true });
    const hidden = { ...installed, native, version: `test-${process.pid}` };
    const { binaries } = chooseFolders(join(newFolder(), "data"), hidden);
    expect(binaries.native).toBe(`/var/lib/sightline/postgresql-test-${process.pid}`);
    const user = statSync(join(projectRoot(), "package.json")).uid === ORDINARY ? 1 : ORDINARY;
    expect(execFileSync(binaries.postgres, ["--version"], { uid: user, gid: user, encoding: "utf8" })).toContain("PostgreSQL) 18");
    rmSync(binaries.native, { recursive: true });
  });

  test.skipIf(!isRoot)("a data folder that cannot be written, or belongs to another user, is one clear sentence", async () => {
    const closed = newFolder(0o755);
    const refused = startUser([join(closed, "data"), "count", "1"], ORDINARY);
    expect(await refused.ended).toBe(1);
    expect(refused.output().trim()).toBe(`The data folder ${join(closed, "data")} cannot be written: this user may not do that there. Set SIGHTLINE_DATA to a folder that you may write.`);
    const foreign = newFolder(0o755);
    mkdirSync(join(foreign, "data", "pg"), { recursive: true });
    for (const path of [foreign, join(foreign, "data")]) chownSync(path, ORDINARY, ORDINARY);
    const stranger = startUser([join(foreign, "data"), "count", "1"], ORDINARY);
    expect(await stranger.ended).toBe(1);
    expect(stranger.output()).toMatch(/belongs to another user of this machine\. Run Sightline as that user/);
  });

  test("no process of a stopped server is left", async () => {
    const data = join(newFolder(), "data");
    await (await openEmbedded(data)).close();
    expect(processesWorkingIn(join(data, "pg"))).toEqual([]);
    expect(execFileSync("ps", ["-eo", "args"], { encoding: "utf8" })).not.toContain(join(data, "pg"));
  });
});
