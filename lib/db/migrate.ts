import { randomUUID } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { sha256 } from "@/lib/shared/digest";
import { errorSentence, SightlineError } from "@/lib/shared/errors";
import { checkServer } from "./check-server";
import { describeConnectionError } from "./describe-connection-error";
import { projectRoot } from "./project-root";

/** One folder of prisma/migrations. The checksum is Prisma's: SHA-256 of the file. */
export interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

// The lock that `prisma migrate` takes as well, so that the two exclude each other.
const LOCK = 72707369;
const PATIENCE_MS = 10_000;
const TABLE = `create table if not exists "_prisma_migrations" (
  "id" varchar(36) primary key not null,
  "checksum" varchar(64) not null,
  "finished_at" timestamptz,
  "migration_name" varchar(255) not null,
  "logs" text,
  "rolled_back_at" timestamptz,
  "started_at" timestamptz not null default now(),
  "applied_steps_count" integer not null default 0
)`;

/** The migrations of this program, in the order they apply. */
export function readMigrations(folder = join(projectRoot(), "prisma", "migrations")): Migration[] {
  return readdirSync(/*turbopackIgnore: true*/ folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, "migration.sql")))
    .map(({ name }) => {
      const sql = readFileSync(join(folder, name, "migration.sql"), "utf8");
      return { name, sql, checksum: sha256(sql) };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * Brings a database to the newest schema and records each step as `prisma migrate deploy` would. Each migration is one
 * transaction, its record included, so a crash leaves it applied or not.
 *
 * @returns the names applied now.
 * @throws SightlineError CONFLICT when the database was made by a newer program, or a migration was changed after it was
 *   applied or failed half way; nothing is changed then. UNAVAILABLE, with the reason in words, when the server cannot be used.
 */
export async function migrate(connection: pg.ClientConfig, migrations: readonly Migration[] = readMigrations()): Promise<string[]> {
  const client = await connect(connection);
  try {
    await checkServer(client);
    await client.query("select pg_advisory_lock($1)", [LOCK]);
    await makeTable(client);
    const pending = await pendingMigrations(client, migrations);
    for (const migration of pending) await apply(client, migration);
    return pending.map(({ name }) => name);
  } finally {
    await client.end();
  }
}

async function connect(connection: pg.ClientConfig): Promise<pg.Client> {
  try {
    const client = new pg.Client({ connectionTimeoutMillis: PATIENCE_MS, ...connection });
    client.on("error", () => {}); // a lost connection also fails the query in hand
    await client.connect();
    return client;
  } catch (error) {
    throw describeConnectionError(connection, error);
  }
}

// Since PostgreSQL 15 only the owner of a database may make tables in it unless others were allowed to.
async function makeTable(client: pg.Client): Promise<void> {
  try {
    await client.query(TABLE);
  } catch (error) {
    const why = `The database "${client.database ?? ""}" does not let the user "${client.user ?? ""}" make tables: ${errorSentence(error)}.`;
    throw new SightlineError("UNAVAILABLE", why, { remedy: `Make that user its owner: "alter database ... owner to ...".` }, { cause: error });
  }
}

async function pendingMigrations(client: pg.Client, migrations: readonly Migration[]): Promise<Migration[]> {
  const { rows } = await client.query<{ migration_name: string; checksum: string; finished_at: Date | null }>(
    'select migration_name, checksum, finished_at from "_prisma_migrations" where rolled_back_at is null order by started_at',
  );
  const own = new Map(migrations.map((migration) => [migration.name, migration]));
  for (const row of rows) {
    const migration = own.get(row.migration_name);
    const refuse = (why: string): never => {
      throw new SightlineError("CONFLICT", `The database does not fit this version of Sightline: ${why}.`);
    };
    if (migration === undefined) refuse(`it holds the step "${row.migration_name}", which is newer than this program`);
    else if (row.finished_at === null) refuse(`the step "${row.migration_name}" failed half way`);
    else if (migration.checksum !== row.checksum) refuse(`the step "${row.migration_name}" was another one when it was applied`);
  }
  const done = new Set(rows.map((row) => row.migration_name));
  return migrations.filter(({ name }) => !done.has(name));
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  await client.query("begin");
  try {
    await client.query(migration.sql);
    await client.query(
      'insert into "_prisma_migrations" (id, checksum, migration_name, started_at, finished_at, applied_steps_count) values ($1, $2, $3, now(), clock_timestamp(), 1)',
      [randomUUID(), migration.checksum, migration.name],
    );
    await client.query("commit");
  } catch (error) {
    await client.query("rollback");
    throw new SightlineError("CONFLICT", `The database step "${migration.name}" failed and was taken back: ${errorSentence(error)}.`, {}, { cause: error });
  }
}
