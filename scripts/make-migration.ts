/**
 * Writes a migration: what turns the database of prisma/migrations into prisma/schema.prisma, followed by prisma/sql/*.sql
 * when it is the first. Starts a PostgreSQL of its own in a temporary folder. Until the first release there is one
 * migration, 0001_init, which is written anew:
 *
 *   npm run migration                      0001_init again, from an empty database
 *   npm run migration -- --name add-rules  <n>_add-rules, from the migrations before it
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readMigrations } from "@/lib/db/migrate";
import { projectRoot } from "@/lib/db/project-root";
import { startTemporaryCluster } from "@/lib/db/testing/temporary-cluster";
import { diffSchema } from "./schema-engine.mjs";

const root = projectRoot();
const schemaFile = join(root, "prisma", "schema.prisma");
const position = process.argv.indexOf("--name");
const name = position < 0 ? null : process.argv[position + 1];
const cluster = await startTemporaryCluster();
try {
  const earlier = name === null ? [] : readMigrations();
  const difference = await diffSchema({ schemaFile, connection: cluster.connection, migrations: earlier });
  const extra = name === null ? extraSql(join(root, "prisma", "sql")) : "";
  const folder = join(root, "prisma", "migrations", name === null ? "0001_init" : `${String(earlier.length + 1).padStart(4, "0")}_${name}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "migration.sql"), difference.trimEnd() + "\n" + extra);
  console.log(`wrote ${folder}`);
} finally {
  await cluster.stop();
}
process.exit(0); // the schema engine keeps its connections

// What a Prisma schema cannot say: triggers. Each file becomes part of the first migration.
function extraSql(folder: string): string {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".sql"))
    .sort()
    .map((file) => `\n-- prisma/sql/${file}\n${readFileSync(join(folder, file), "utf8").trimEnd()}\n`)
    .join("");
}
