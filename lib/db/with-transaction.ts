import type { Db, Tx } from "./client";

/**
 * Runs `work` in one transaction; when given a transaction, inside that one. Everything is rolled back when it throws.
 * Transactions are short: no file is read and nothing is computed inside (design: "no transaction stays open").
 *
 * @param timeoutMs after this the transaction is rolled back and the call throws.
 */
export function withTransaction<T>(db: Db | Tx, work: (tx: Tx) => Promise<T>, timeoutMs = 60_000): Promise<T> {
  return isClient(db) ? db.$transaction(work, { timeout: timeoutMs, maxWait: 20_000 }) : work(db);
}

function isClient(db: Db | Tx): db is Db {
  return "$transaction" in db && typeof db.$transaction === "function";
}
