import { PrismaPg } from "@prisma/adapter-pg";
import type { PoolConfig } from "pg";
import { Prisma, PrismaClient } from "./generated/client";

/** The database as operations hold it. */
export type Db = PrismaClient;
/** The database inside a transaction. Stores take `Db | Tx`. */
export type Tx = Prisma.TransactionClient;

/** What a nullable Json column takes to hold SQL's NULL, and raw SQL fragments, without another file importing the generated client. */
export const DbNull = Prisma.DbNull;
export const sql = Prisma.sql;
export const join = Prisma.join;

const CONNECTIONS = 10; // per process; the embedded server allows 100

/** A Prisma client over its own pool. The pool replaces connections that broke, so a restarted server is met again by itself. */
export function createDb(connection: PoolConfig): Db {
  const adapter = new PrismaPg({ max: CONNECTIONS, connectionTimeoutMillis: 10_000, options: "-c timezone=UTC", ...connection }, { onPoolError: () => {}, onConnectionError: () => {} });
  return new PrismaClient({ adapter });
}
