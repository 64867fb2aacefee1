import type { PoolConfig } from "pg";

export function diffSchema(options: { schemaFile: string; connection: PoolConfig; migrations: readonly { name: string; sql: string }[] }): Promise<string>;
