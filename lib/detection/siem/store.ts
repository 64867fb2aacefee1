import { z } from "zod";
import { randomUUID } from "node:crypto";
import { bulkInsert, type BulkColumn } from "@/lib/db/bulk-insert";
import type { Db, Tx } from "@/lib/db/client";
import { MATCHED_BY, type SiemAlertDraft, type SiemRuleDraft, type SiemRuleRow } from "./stored-siem";

/** Writes and reads SiemRule and SiemAlert: nothing else writes them. */

const ms = z.date().transform((at) => at.getTime());
const ruleRow = z.object({
  id: z.string(),
  system: z.string(),
  externalId: z.string(),
  name: z.string(),
  ruleId: z.string().nullable(),
  matchedBy: z.enum(MATCHED_BY),
  enabled: z.boolean().nullable(),
  schedule: z.string(),
  lastRun: ms.nullable(),
  lastAlert: ms.nullable(),
  query: z.string(),
  tags: z.array(z.string()),
  asOf: ms,
  fileName: z.string(),
});

/** Rules of one system, or of all, by system and name. */
export async function listSiemRules(db: Db | Tx, where: { readonly system?: string; readonly ruleIds?: readonly string[] } = {}): Promise<SiemRuleRow[]> {
  const rows = await db.siemRule.findMany({
    where: { ...(where.system === undefined ? {} : { system: where.system }), ...(where.ruleIds === undefined ? {} : { ruleId: { in: [...where.ruleIds] } }) },
    orderBy: [{ system: "asc" }, { name: "asc" }, { externalId: "asc" }],
  });
  return z.array(ruleRow).parse(rows);
}

/** How many alerts each of our rules has, and the newest of each in ms. */
export async function countAlerts(db: Db | Tx): Promise<Map<string, { readonly alerts: number; readonly last: number }>> {
  const rows = await db.siemAlert.groupBy({ by: ["ruleId"], where: { ruleId: { not: null } }, _count: { _all: true }, _max: { at: true } });
  return new Map(rows.flatMap(({ ruleId, _count, _max }) => (ruleId === null || _max.at === null ? [] : [[ruleId, { alerts: _count._all, last: _max.at.getTime() }] as const])));
}

/** Until the transaction ends no other import writes this system. */
export async function lockSystem(tx: Tx, system: string): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtext(${`siem ${system}`}))`;
}

/** The spelling under which a system is stored; as given when nothing of it is. */
export async function systemName(db: Db | Tx, given: string): Promise<string> {
  const found = await db.siemRule.findFirst({ where: { system: { equals: given, mode: "insensitive" } }, select: { system: true } });
  const alert = found ?? (await db.siemAlert.findFirst({ where: { system: { equals: given, mode: "insensitive" } }, select: { system: true } }));
  return alert?.system ?? given;
}

const TEXT = (name: string): BulkColumn => ({ name, type: "text" });
const WHEN = (name: string): BulkColumn => ({ name, type: "timestamp(3)" });
const RULE_COLUMNS = [...["id", "system", "externalId", "name", "ruleId", "matchedBy", "schedule", "query", "importId", "fileName"].map(TEXT), { name: "enabled", type: "boolean" }, WHEN("lastRun"), WHEN("lastAlert"), WHEN("asOf"), { name: "tags", type: "text[]" }];
const ALERT_COLUMNS = [...["id", "system", "alertId", "ruleName", "ruleId", "host", "hostKey", "importId", "fileName"].map(TEXT), WHEN("at")];

export interface SiemImportHead {
  readonly importId: string;
  readonly fileName: string;
  readonly at: Date;
}

/** Puts rules in place of what stood under their ids. */
export async function writeSiemRules(tx: Tx, drafts: readonly SiemRuleDraft[], { importId, fileName, at }: SiemImportHead): Promise<void> {
  const rows = drafts.map((draft) => ({ ...draft, id: randomUUID(), lastRun: dated(draft.lastRun), lastAlert: dated(draft.lastAlert), asOf: at, importId, fileName }));
  const set = RULE_COLUMNS.map(({ name }) => name).filter((name) => !["id", "system", "externalId"].includes(name));
  await bulkInsert(tx, "SiemRule", RULE_COLUMNS, rows, { onConflict: { target: ["system", "externalId"], set } });
}

/** Says which of our rules listed ones are. */
export async function setMatches(tx: Tx, matches: readonly { readonly id: string; readonly ruleId: string | null; readonly matchedBy: (typeof MATCHED_BY)[number] }[]): Promise<void> {
  for (const { id, ruleId, matchedBy } of matches) await tx.siemRule.update({ where: { id }, data: { ruleId, matchedBy } });
}

/** Alerts are of our rule that the listed rule of their name is; where none is listed, or that is none of ours, they stay as they were. */
export async function followMatches(tx: Tx): Promise<void> {
  await tx.$executeRaw`
    update "SiemAlert" a set "ruleId" = r."ruleId" from "SiemRule" r
    where r.system = a.system and r.name = a."ruleName" and r."ruleId" is not null and a."ruleId" is distinct from r."ruleId"`;
}

/** Alerts of a listed rule are nobody's, until followMatches says whose. */
export async function releaseAlerts(tx: Tx, { system, name }: Pick<SiemRuleRow, "system" | "name">): Promise<void> {
  await tx.siemAlert.updateMany({ where: { system, ruleName: name }, data: { ruleId: null } });
}

/** Takes rules away that a system no longer lists; alerts of theirs stay. */
export async function removeSiemRules(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx.siemRule.deleteMany({ where: { id: { in: [...ids] } } });
}

/** Removes a system with its rules and alerts. */
export async function deleteSystem(tx: Tx, system: string): Promise<void> {
  await tx.siemRule.deleteMany({ where: { system } });
  await tx.siemAlert.deleteMany({ where: { system } });
}

/** Adds alerts; one that is there under its id stays. @returns how many are new */
export async function writeSiemAlerts(tx: Tx, drafts: readonly SiemAlertDraft[], { importId, fileName }: SiemImportHead): Promise<number> {
  return bulkInsert(tx, "SiemAlert", ALERT_COLUMNS, drafts.map((draft) => ({ ...draft, id: randomUUID(), at: dated(draft.at), importId, fileName })), { onConflict: "nothing" });
}

function dated(at: number | null): Date | null {
  return at === null ? null : new Date(at);
}
