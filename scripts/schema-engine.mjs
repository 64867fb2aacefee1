// Prisma's schema engine as WebAssembly, driven directly: its native binary is a download from a vendor's host.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import { PrismaPg } from "@prisma/adapter-pg";
import Result from "pg/lib/result.js";

// adapter-pg has no mapping for PostgreSQL's one-byte "char" (OID 18), which the engine reads from pg_catalog: it is
// labelled bpchar (1042), which the adapter maps. Only this process, which does nothing but compare schemas, does so.
const addFields = Result.prototype.addFields;
Result.prototype.addFields = function (fields) {
  for (const field of fields) if (field.dataTypeID === 18) field.dataTypeID = 1042;
  return addFields.call(this, fields);
};

async function startEngine(connection) {
  const folder = dirname(fileURLToPath(import.meta.resolve("@prisma/schema-engine-wasm")));
  const bindings = await import("@prisma/schema-engine-wasm/schema_engine_bg");
  const wasm = readFileSync(join(folder, "schema_engine_bg.wasm"));
  const { instance } = await WebAssembly.instantiate(wasm, { "./schema_engine_bg.js": bindings });
  bindings.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaPg(connection));
  return bindings.SchemaEngine.new({ datamodels: undefined }, () => {}, adapter);
}

/**
 * SQL that turns one schema into another; only a comment when they are equal.
 *
 * @param {{ schemaFile: string, connection: import("pg").PoolConfig, from: "empty" | "database" }} options the engine wants
 *   a server even to compare with an empty schema; "database": from what the connected database holds now.
 * @returns {Promise<string>}
 */
export async function diffSchema({ schemaFile, connection, from }) {
  const engine = await startEngine(connection);
  const file = { path: schemaFile, content: readFileSync(schemaFile, "utf8") };
  const result = await engine.diff({
    from: from === "empty" ? { tag: "empty" } : { tag: "schemaDatasource", files: [file], configDir: dirname(schemaFile) },
    to: { tag: "schemaDatamodel", files: [file], configDir: dirname(schemaFile) },
    script: true,
    exitCode: null,
    filters: { externalTables: [], externalEnums: [] },
  });
  return result.stdout ?? "";
}
