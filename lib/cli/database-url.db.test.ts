import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { connect, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { reportJsonSchema } from "@/lib/assessment/report-json";
import { readMigrations } from "@/lib/db/migrate";
import { startTcpServer, TCP_PASSWORD, TCP_USER, type TcpServer } from "@/lib/db/testing/tcp-server";
import { segmentsListJson } from "./inventory-json";
import { runProcess, type Ended } from "./testing/run-process";
import { writeSmallFleet, type SmallFleet } from "./testing/small-fleet";

/*
 * A team's PostgreSQL server in place of the embedded one: TCP, a password, dictionary order, another time zone. The same
 * verbs as separate processes must give the same answers there. Debian's own PostgreSQL 15, the oldest supported, takes part
 * where it is installed; the 18 of the npm package always does.
 */
const DEBIAN_15 = "/usr/lib/postgresql/15/bin";
const SERVERS = [
  { name: "PostgreSQL 18 from npm", bin: undefined, absent: false },
  { name: "PostgreSQL 15 from Debian", bin: DEBIAN_15, absent: !existsSync(join(DEBIAN_15, "postgres")) },
];

let folder: string;
let fleet: SmallFleet;
const data = (name: string): string => join(folder, `data-${name}`);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "sightline-url-"));
  fleet = writeSmallFleet(folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function done(words: readonly string[], env: Record<string, string>): Promise<unknown> {
  const ended = await runProcess(words, env);
  expect(ended, words.join(" ")).toMatchObject({ code: 0 });
  return JSON.parse(ended.out);
}

/** Walks the main job, each verb a process of its own. @returns what must be the same on every server */
async function walk(env: Record<string, string>) {
  await done(["catalog", "import", fleet.bundle, "--release", "19.1", "--json"], env);
  // Two processes at once: both apply, the second finds everything there or waits for the first.
  const [segments] = await Promise.all([done(["segments", "import", fleet.segments, "--json"], env), done(["segments", "list", "--json"], env)]);
  expect(segments).toMatchObject({ understood: 5, created: expect.arrayContaining(["Zoo", "zebra"]) });
  await done(["inventory", "import", fleet.inventory, "--json"], env);
  const [events] = await Promise.all([
    done(["events", "import", fleet.events, "--segment", "zebra", "--host", "mac-1", "--json"], env),
    done(["events", "import", fleet.events, "--segment", "äpfel", "--host", "mac-2", "--json"], env),
  ]);
  expect(events).toMatchObject({ files: [{ outcome: "imported", records: 3, refused: { count: 0 }, first: "2026-02-03T10:00:00.000Z" }] });
  expect(await done(["assess", "--at", "2026-02-04T00:00:00Z", "--json"], env)).toMatchObject({ at: "2026-02-04T00:00:00.000Z", cells: 10 });
  expect((await runProcess(["audit", "verify"], env)).code).toBe(0);
  const { fleet: total, segments: numbers } = reportJsonSchema.parse(await done(["report", "--json"], env));
  const names = segmentsListJson.parse(await done(["segments", "list", "--json"], env)).map(({ name }) => name);
  return { total, numbers, names, cells: await done(["cells", "--json"], env) };
}

let walkedHere: ReturnType<typeof walk> | undefined;
/** The same on the embedded database, walked once for all servers. */
const embedded = (): ReturnType<typeof walk> => (walkedHere ??= walk({ DATABASE_URL: "", SIGHTLINE_DATA: data("embedded") }));

describe.each(SERVERS)("$name as the database", ({ name, bin, absent }) => {
  let server: TcpServer;
  beforeAll(async () => {
    if (!absent) server = await startTcpServer({ bin });
  });
  afterAll(() => server?.stop());

  test.skipIf(absent)("the main job gives what it gives with the embedded database", async () => {
    await server.query("postgres", "create database fleet");
    const there = await walk({ DATABASE_URL: server.url("fleet"), SIGHTLINE_DATA: data(`server-${name.replaceAll(" ", "-")}`) });
    expect(there).toEqual(await embedded());
    expect(there.names).toEqual(["A-b", "ab", "zebra", "Zoo", "äpfel"]);
    expect(there.cells).toEqual(expect.arrayContaining([expect.objectContaining({ analytic: "AN2", segment: "äpfel", status: "observed" }), expect.objectContaining({ analytic: "AN2", segment: "Zoo", status: "declared" })]));
    expect(await server.query("fleet", 'select migration_name from "_prisma_migrations" where finished_at is not null order by 1')).toHaveLength(readMigrations().length);
    expect(existsSync(join(data(`server-${name.replaceAll(" ", "-")}`), "pg"))).toBe(false); // no embedded database beside it
  });

  test.skipIf(absent)("two processes that meet an empty database both find it migrated once", async () => {
    await server.query("postgres", "create database twice");
    const env = { DATABASE_URL: server.url("twice"), SIGHTLINE_DATA: data("twice") };
    const both = await Promise.all([runProcess(["segments", "list", "--json"], env), runProcess(["catalog", "list", "--json"], env)]);
    expect(both.map(({ code, out }) => [code, out.trim()])).toEqual([[0, "[]"], [0, "[]"]]);
    expect(await server.query("twice", 'select count(*)::int as n from "_prisma_migrations"')).toEqual([{ n: readMigrations().length }]);
  });

  test.skipIf(absent)("a user who may not make tables is told so", async () => {
    await server.query("postgres", "create database other");
    await server.query("postgres", `create role stranger login password '${TCP_PASSWORD}'`);
    const url = server.url("other").replace(TCP_USER, "stranger");
    refusedInOneSentence(await list(url), /does not let the user "stranger" make tables: permission denied for schema public\. Make that user its owner/);
  });
});

describe("a server that cannot be used gives one sentence with its remedy", () => {
  let server: TcpServer;
  let old: Server;
  let oldPort: number;
  beforeAll(async () => {
    server = await startTcpServer();
    await server.query("postgres", "create database latin encoding 'LATIN1' locale_provider libc locale 'C' template template0");
    [old, oldPort] = await pretendOlder(server.port);
  });
  afterAll(async () => {
    old?.close();
    await server?.stop();
  });

  test("a wrong password, which is not repeated", async () => {
    const ended = await list(server.url("postgres").replace(encodeURIComponent(TCP_PASSWORD), "guess"));
    refusedInOneSentence(ended, new RegExp(`The PostgreSQL server at 127\\.0\\.0\\.1:${server.port} refuses the password of the user "${TCP_USER}"\\. Check DATABASE_URL`));
    expect(ended.err).not.toContain("guess");
  });

  test("a database that is not there", async () => refusedInOneSentence(await list(server.url("nowhere")), /has no database "nowhere"\. Create it \("createdb nowhere"\)/));
  test("a database in another encoding", async () => refusedInOneSentence(await list(server.url("latin")), /keeps text as LATIN1; Sightline needs UTF8/));
  test("an address that is none", async () => refusedInOneSentence(await list("postgresql://a b:c@:x/"), /DATABASE_URL is not a PostgreSQL address\. Write it as/));
  test("a host that nobody knows", async () => refusedInOneSentence(await list("postgresql://u:p@nobody.invalid/x"), /nobody\.invalid:5432, cannot be found/));
  test("a server older than the oldest supported", async () => {
    refusedInOneSentence(await list(server.url("postgres").replace(String(server.port), String(oldPort))), /The server is PostgreSQL \S+; Sightline needs PostgreSQL 15 or newer\. Use a newer server/);
    expect(await server.query("postgres", "select 1 from pg_tables where tablename = '_prisma_migrations'")).toEqual([]); // nothing was written
  });

  test("a server that was stopped, and the same address once it runs again", async () => {
    await server.query("postgres", "create database again");
    await server.halt();
    refusedInOneSentence(await list(server.url("again")), new RegExp(`No PostgreSQL server answers at 127\\.0\\.0\\.1:${server.port}\\. Start it, or correct DATABASE_URL`));
    await server.start();
    expect(await list(server.url("again"))).toMatchObject({ code: 0, err: "" });
  });
});

function list(url: string): Promise<Ended> {
  return runProcess(["segments", "list", "--json"], { DATABASE_URL: url, SIGHTLINE_DATA: data("refused") });
}

function refusedInOneSentence(ended: Ended, words: RegExp): void {
  expect(ended).toMatchObject({ code: 1, out: "" });
  expect(ended.err).toMatch(words);
  expect(ended.err.trim().split("\n")).toHaveLength(1);
}

/** The real server behind a door that gives its version number as 14's: no program as old as that installs from npm. */
async function pretendOlder(port: number): Promise<[Server, number]> {
  const door = createServer((client) => {
    const behind = connect(port, "127.0.0.1");
    client.pipe(behind);
    behind.on("data", (part) => client.write(Buffer.from(part.toString("latin1").replace(/18(\d{4})/, "14$1"), "latin1")));
    for (const [one, other] of [[client, behind], [behind, client]] as const) one.on("close", () => other.destroy()).on("error", () => other.destroy());
  });
  await new Promise<void>((resolve) => door.listen(0, "127.0.0.1", resolve));
  const address = door.address();
  if (typeof address !== "object" || address === null) throw new Error("no port");
  return [door, address.port];
}
