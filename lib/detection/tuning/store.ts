import { z } from "zod";
import type { Db, Tx } from "@/lib/db/client";
import { tuningEffectSchema, type TuningVersion } from "./rule-tuning";

/** Writes and reads RuleTuning: nothing else does. Rows are only ever added. */

/** Every version of every value, oldest first within (segment, scope, name). */
export async function listTuningVersions(db: Db | Tx, segmentIds: "all" | readonly string[] = "all"): Promise<TuningVersion[]> {
  const rows = await db.ruleTuning.findMany({
    where: segmentIds === "all" ? {} : { segmentId: { in: [...segmentIds] } },
    orderBy: [{ segmentId: "asc" }, { scope: "asc" }, { name: "asc" }, { version: "asc" }],
  });
  return rows.map(
    (row): TuningVersion => ({
      id: row.id,
      segmentId: row.segmentId,
      scope: row.scope,
      name: row.name,
      version: row.version,
      state: row.state === "set" ? "set" : "withdrawn",
      values: row.values,
      unit: row.unit,
      owner: row.owner,
      reason: row.reason,
      expires: row.expires === null ? null : row.expires.toISOString().slice(0, 10),
      effect: tuningEffectSchema.parse(row.effect),
      at: row.createdAt.toISOString(),
      by: row.createdBy,
    }),
  );
}

export type TuningWrite = Pick<TuningVersion, "segmentId" | "scope" | "name" | "state" | "values" | "unit" | "owner" | "reason" | "expires" | "effect">;

const newestSchema = z.object({ version: z.number().int(), state: z.string() });

/** The newest version of a value, set or withdrawn; null when nobody ever wrote one. */
export async function findNewestTuning(db: Db | Tx, { segmentId, scope, name }: Pick<TuningWrite, "segmentId" | "scope" | "name">): Promise<z.infer<typeof newestSchema> | null> {
  const row = await db.ruleTuning.findFirst({ where: { segmentId, scope, name }, orderBy: { version: "desc" }, select: { version: true, state: true } });
  return row === null ? null : newestSchema.parse(row);
}

/** Adds the next version of a value. @returns its number */
export async function insertTuning(tx: Tx, write: TuningWrite, by: { readonly at: Date; readonly actor: string }): Promise<number> {
  const { segmentId, scope, name, state, values, unit, owner, reason, expires, effect } = write;
  // Two engineers at once: the second waits, and writes the next version.
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtext(${`tuning ${segmentId} ${scope} ${name}`}))`;
  const version = ((await findNewestTuning(tx, write))?.version ?? 0) + 1;
  await tx.ruleTuning.create({
    data: { segmentId, scope, name, version, state, values: [...values], unit, owner, reason, expires: expires === null ? null : new Date(`${expires}T00:00:00.000Z`), effect, createdAt: by.at, createdBy: by.actor },
  });
  return version;
}
