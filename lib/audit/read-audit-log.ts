import { z } from "zod";
import type { Db, Tx } from "@/lib/db/client";
import type { AuditRow } from "./audit-entry";

const PAGE = 2_000;
const Detail = z.json();

/** The whole log in order, a page at a time. */
export async function* readAuditLog(db: Db | Tx): AsyncGenerator<AuditRow> {
  for (let after = 0n; ; ) {
    const rows = await db.auditEntry.findMany({ where: { seq: { gt: after } }, orderBy: { seq: "asc" }, take: PAGE });
    for (const row of rows) yield { ...row, detail: Detail.parse(row.detail) };
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.seq;
  }
}

/** The newest entries first, at most `limit`. */
export async function readNewestEntries(db: Db | Tx, limit: number): Promise<AuditRow[]> {
  const rows = await db.auditEntry.findMany({ orderBy: { seq: "desc" }, take: limit });
  return rows.map((row) => ({ ...row, detail: Detail.parse(row.detail) }));
}

/** The entries of some actions about one thing, oldest first. */
export async function readEntriesAbout(db: Db | Tx, target: string, actions: readonly string[]): Promise<AuditRow[]> {
  const rows = await db.auditEntry.findMany({ where: { target, action: { in: [...actions] } }, orderBy: { seq: "asc" } });
  return rows.map((row) => ({ ...row, detail: Detail.parse(row.detail) }));
}
