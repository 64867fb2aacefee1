// Prisma's schema engine as WebAssembly, driven directly: its native binary is a download from a vendor's host.
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from "@prisma/driver-adapter-utils";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import Result from "pg/lib/result.js";

// adapter-pg knows nothing of PostgreSQL's one-byte "char" (OID 18), which the engine reads from pg_catalog and expects as a
// character: such columns are labelled bpchar (1042), which the adapter maps to text, and their type is put right afterwards.
// Only this process, which does nothing but compare schemas, does so.
const CHAR = 18;
const BPCHAR = 1042;
const charColumns = new Set();
const addFields = Result.prototype.addFields;
Result.prototype.addFields = function (fields) {
  for (const field of fields) {
    if (field.dataTypeID !== CHAR) continue;
    field.dataTypeID = BPCHAR;
    charColumns.add(field.name);
  }
  return addFields.call(this, fields);
};

function readingChars(connected) {
  const queryRaw = connected.queryRaw.bind(connected);
  connected.queryRaw = async (query) => {
    const result = await queryRaw(query);
    return { ...result, columnTypes: result.columnTypes.map((type, i) => (charColumns.has(result.columnNames[i]) ? ColumnTypeEnum.Character : type)) };
  };
  return connected;
}

async function startEngine(connection) {
  const folder = dirname(fileURLToPath(import.meta.resolve("@prisma/schema-engine-wasm")));
  const bindings = await import("@prisma/schema-engine-wasm/schema_engine_bg");
  const wasm = readFileSync(join(folder, "schema_engine_bg.wasm"));
  const { instance } = await WebAssembly.instantiate(wasm, { "./schema_engine_bg.js": bindings });
  globalThis.PRISMA_WASM_PANIC_REGISTRY = { set_message: (message) => console.error(`schema engine: ${message}`) };
  bindings.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  const adapter = bindMigrationAwareSqlAdapterFactory(withShadow(connection));
  return bindings.SchemaEngine.new({ datamodels: undefined }, () => {}, adapter);
}

// The engine replays migrations in a database of its own. The adapter's own way of dropping it fails while its pool still
// holds a connection.
function withShadow(connection) {
  const main = new PrismaPg(connection);
  return {
    provider: main.provider,
    adapterName: main.adapterName,
    connect: async () => readingChars(await main.connect()),
    connectToShadowDb: async () => {
      const name = `shadow_${randomUUID()}`;
      await execute(connection, `create database "${name}"`);
      const shadow = readingChars(await new PrismaPg({ ...connection, database: name }).connect());
      shadow.executeScript = async (script) => void (await shadow.underlyingDriver().query(script)); // its own one cuts function bodies at semicolons
      const dispose = shadow.dispose.bind(shadow);
      shadow.dispose = async () => {
        await dispose();
        await execute(connection, `drop database "${name}" with (force)`);
      };
      return shadow;
    },
  };
}

async function execute(connection, text) {
  const client = new pg.Client(connection);
  await client.connect();
  await client.query(text).finally(() => client.end());
}

/**
 * SQL that turns one schema into another; only a comment when they are equal.
 *
 * @param {{ schemaFile: string, connection: import("pg").PoolConfig, migrations: { name: string, sql: string }[] }} options
 *   migrations: from what these yield, replayed in a database of their own; none: from an empty schema. The engine wants a
 *   server in any case.
 * @returns {Promise<string>}
 */
export async function diffSchema({ schemaFile, connection, migrations }) {
  const engine = await startEngine(connection);
  const file = { path: schemaFile, content: readFileSync(schemaFile, "utf8") };
  const list = {
    baseDir: "migrations",
    lockfile: { path: "migration_lock.toml", content: 'provider = "postgresql"\n' },
    shadowDbInitScript: "",
    migrationDirectories: migrations.map(({ name, sql }) => ({ path: name, migrationFile: { path: "migration.sql", content: { tag: "ok", value: sql } } })),
  };
  const result = await engine.diff({
    from: migrations.length === 0 ? { tag: "empty" } : { tag: "migrations", ...list },
    to: { tag: "schemaDatamodel", files: [file], configDir: dirname(schemaFile) },
    script: true,
    exitCode: null,
    filters: { externalTables: [], externalEnums: [] },
  });
  return result.stdout ?? "";
}
