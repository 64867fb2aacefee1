import { z } from "zod";
import type { Db, Tx } from "@/lib/db/client";
import { mappingDocSchema, scopeOf, type FieldMappingRow, type MappingDoc } from "./field-mapping";

/** Writes and reads FieldMapping: nothing else does. Rows are only ever added. */

const rowSchema = z.object({ scope: z.string(), version: z.number(), state: z.enum(["set", "withdrawn"]), doc: mappingDocSchema, reason: z.string(), fileName: z.string(), createdAt: z.date(), createdBy: z.string() });

/** Every version of every scope, newest first. */
export async function listFieldMappings(db: Db | Tx): Promise<FieldMappingRow[]> {
  const rows = z.array(rowSchema).parse(await db.fieldMapping.findMany({ orderBy: [{ createdAt: "desc" }, { scope: "asc" }, { version: "desc" }] }));
  return rows.map(({ scope, doc, createdAt, createdBy, ...row }) => ({ ...row, scopeKey: scope, scope: scopeOf(scope), fields: doc, at: createdAt.toISOString(), by: createdBy }));
}

/** Adds the next version of a scope. @returns its number */
export async function insertFieldMapping(tx: Tx, draft: { readonly scope: string; readonly state: "set" | "withdrawn"; readonly doc: MappingDoc; readonly reason: string; readonly fileName: string }, by: { readonly at: Date; readonly actor: string }): Promise<number> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtext(${`mapping ${draft.scope}`}))`;
  const newest = await tx.fieldMapping.findFirst({ where: { scope: draft.scope }, orderBy: { version: "desc" }, select: { version: true } });
  const version = (newest?.version ?? 0) + 1;
  await tx.fieldMapping.create({ data: { ...draft, version, createdAt: by.at, createdBy: by.actor } });
  return version;
}
