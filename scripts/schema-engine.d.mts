import type { PoolConfig } from "pg";

export function diffSchema(options: { schemaFile: string; connection: PoolConfig; from: "empty" | "database" }): Promise<string>;
