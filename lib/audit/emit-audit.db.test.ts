import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestDatabase, type TestDatabase } from "@/lib/db/testing/test-database";
import { withTransaction } from "@/lib/db/with-transaction";
import { emitAudit } from "./emit-audit";
import { readAuditLog } from "./read-audit-log";
import { verifyChain } from "./verify-chain";
import type { AuditRow } from "./audit-entry";

let database: TestDatabase;
beforeAll(async () => {
  database = await startTestDatabase();
});
afterAll(() => database.stop());

const entry = (n: number) => ({ action: "segment.create", target: `segment ${n}`, detail: { n, name: "EU \u00b7 servers", tags: ["a", "b"], none: null } });
const append = (n: number, fail = false): Promise<void> =>
  withTransaction(database.db, async (tx) => {
    await emitAudit(tx, database.ctx, entry(n));
    if (fail) throw new Error("the write failed");
  });

async function rows(): Promise<AuditRow[]> {
  const all: AuditRow[] = [];
  for await (const row of readAuditLog(database.db)) all.push(row);
  return all;
}

describe("the audit log", () => {
  test("many writers at once leave a chain without a gap; what was rolled back leaves no entry", async () => {
    await Promise.all(Array.from({ length: 30 }, (_, n) => append(n, n % 5 === 4).catch(() => {})));
    expect(await verifyChain(readAuditLog(database.db))).toMatchObject({ entries: 24, broken: null });
    expect((await rows()).map(({ seq }) => Number(seq))).toEqual(Array.from({ length: 24 }, (_, i) => i + 1));
  });

  test("entries say that the actor is not authenticated", async () => {
    expect((await rows()).every((row) => row.actor === "local:test" && !row.authenticated)).toBe(true);
  });

  test.each([`update "AuditEntry" set actor = 'somebody'`, `delete from "AuditEntry" where seq = 3`, `truncate "AuditEntry"`])("the database refuses: %s", async (text) => {
    await expect(database.db.$executeRawUnsafe(text)).rejects.toThrow("append-only");
  });

  test("every way to change it without the triggers is found by the chain", async () => {
    const whole = await rows();
    const at = 10;
    const forged = (change: Partial<AuditRow>): AuditRow[] => whole.map((row, i) => (i === at ? { ...row, ...change } : row));
    const changes: AuditRow[][] = [
      forged({ actor: "local:other" }),
      forged({ at: new Date(0) }),
      forged({ authenticated: true }),
      forged({ action: "segment.retire" }),
      forged({ target: "another" }),
      forged({ detail: { n: 99 } }),
      forged({ hash: "f".repeat(64) }),
      whole.filter((_, i) => i !== at),
      [...whole.slice(0, at), whole[at + 1] ?? whole[0]!, whole[at] ?? whole[0]!, ...whole.slice(at + 2)],
    ];
    for (const log of changes) expect((await verifyChain(log)).broken).not.toBeNull();
    expect((await verifyChain(whole)).broken).toBeNull();
  });

  test("a change behind the triggers' back is named by its number", async () => {
    await database.db.$executeRawUnsafe(`alter table "AuditEntry" disable trigger all`);
    await database.db.$executeRawUnsafe(`update "AuditEntry" set target = 'segment 999' where seq = 7`);
    expect((await verifyChain(readAuditLog(database.db))).broken).toEqual({ seq: "7", why: "its content was changed" });
  });
});
