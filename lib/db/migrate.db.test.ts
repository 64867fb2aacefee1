import { execFileSync } from "node:child_process";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sha256 } from "@/lib/shared/digest";
import { migrate, readMigrations, type Migration } from "./migrate";
import { projectRoot } from "./project-root";
import { startTemporaryCluster, type TemporaryCluster } from "./testing/temporary-cluster";

let cluster: TemporaryCluster;
let client: pg.Client;
beforeAll(async () => {
  cluster = await startTemporaryCluster();
  client = new pg.Client(cluster.connection);
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await cluster.stop();
});

const step = (name: string, sql: string): Migration => ({ name, sql, checksum: sha256(sql) });
const freshDatabase = async (name: string): Promise<pg.ClientConfig> => {
  await client.query(`create database ${name}`);
  return { ...cluster.connection, database: name };
};
async function rows(connection: pg.ClientConfig, text: string): Promise<unknown[]> {
  const other = new pg.Client(connection);
  await other.connect();
  return other.query(text).then((result) => result.rows).finally(() => other.end());
}

describe("migrations at boot", () => {
  test("apply once, in order, and are recorded as Prisma records them", async () => {
    expect(await migrate(cluster.connection)).toEqual(readMigrations().map(({ name }) => name));
    expect(await migrate(cluster.connection)).toEqual([]);
    const recorded = (await client.query('select migration_name, checksum, applied_steps_count, finished_at is not null as finished, length(id) as id from "_prisma_migrations" order by started_at')).rows;
    expect(recorded).toEqual(readMigrations().map(({ name, checksum }) => ({ migration_name: name, checksum, applied_steps_count: 1, finished: true, id: 36 })));
  });

  test("the migrations folder yields exactly prisma/schema.prisma (else: npm run migration)", async () => {
    const difference = execFileSync(process.execPath, ["--input-type=module", "-e", DIFF, join(projectRoot(), "scripts/schema-engine.mjs"), join(projectRoot(), "prisma/schema.prisma"), JSON.stringify({ connection: cluster.connection, migrations: readMigrations() })], { encoding: "utf8" });
    expect(difference.replaceAll(/^--.*$/gm, "").trim()).toBe("");
  });

  test("several processes at once apply each step once", async () => {
    const connection = await freshDatabase("at_once");
    const applied = await Promise.all(Array.from({ length: 5 }, () => migrate(connection)));
    expect(applied.flat()).toEqual(readMigrations().map(({ name }) => name));
  });

  test("a step that fails is taken back whole, and can be mended", async () => {
    const connection = await freshDatabase("fails");
    const first = step("0001_a", "create table a (n int)");
    await expect(migrate(connection, [first, step("0002_b", "create table b (n int); select 1/0;")])).rejects.toMatchObject({ code: "CONFLICT", message: expect.stringContaining("0002_b") });
    expect(await rows(connection, "select to_regclass('b') is null as gone")).toEqual([{ gone: true }]);
    expect(await migrate(connection, [first, step("0002_b", "create table b (n int)")])).toEqual(["0002_b"]);
  });

  test("a step that was changed after it was applied, or is newer than the program, is refused and nothing is done", async () => {
    const connection = await freshDatabase("differs");
    await migrate(connection, [step("0001_a", "create table a (n int)")]);
    await expect(migrate(connection, [step("0001_a", "create table a (n bigint)"), step("0002_b", "create table b (n int)")])).rejects.toThrow('"0001_a" was another one');
    await expect(migrate(connection, [])).rejects.toThrow('"0001_a", which is newer than this program');
    expect(await rows(connection, "select to_regclass('b') is null as gone")).toEqual([{ gone: true }]);
  });

  test("a server that does not answer is one sentence", async () => {
    await expect(migrate({ connectionString: "postgresql://nobody@127.0.0.1:1/none" })).rejects.toMatchObject({ code: "UNAVAILABLE" });
  });
});

const DIFF = `
const [engine, schemaFile, rest] = process.argv.slice(1);
const { diffSchema } = await import(engine);
process.stdout.write(await diffSchema({ schemaFile, ...JSON.parse(rest) }), () => process.exit(0));
`;
